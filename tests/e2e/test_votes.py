"""Voting over HTTP: with a bearer token, and with a cookie and its proof."""

import pytest

from tests.e2e.asking import Browser, problem
from tests.stack import Person, SiteInUse, Stack, wait_for


@pytest.fixture(scope="module")
def site(stack: Stack) -> SiteInUse:
    return stack.site("voting")


def said(vote: str | None, up: int, down: int) -> dict[str, object]:
    return {"vote": vote, "rating": {"up": up, "down": down}}


def test_readers_vote_change_their_minds_and_take_it_back(stack: Stack, site: SiteInUse):
    path = f"{site.path}/articles/{site.article('one')}"
    anna, boris = site.person(), site.person()

    def put(person: Person, vote: str):
        return stack.client.put(f"{path}/vote", json={"vote": vote}, headers=person.headers).json()

    assert put(anna, "up") == said("up", 1, 0)
    assert put(boris, "up") == said("up", 2, 0)
    assert put(anna, "down") == put(anna, "down") == said("down", 1, 1)
    assert stack.client.get(path).json()["rating"] == {"up": 1, "down": 1}
    assert stack.client.get(f"{path}/vote", headers=boris.headers).json() == said("up", 1, 1)
    nobody = stack.client.get(f"{path}/vote")
    assert (nobody.json(), nobody.headers["cache-control"]) == (said(None, 1, 1), "no-store")
    taken_back = stack.client.delete(f"{path}/vote", headers=anna.headers)
    assert (taken_back.status_code, taken_back.json()) == (200, said(None, 1, 0))
    assert stack.client.delete(f"{path}/vote", headers=anna.headers).json() == said(None, 1, 0)


def test_a_cookie_votes_only_with_its_proof(stack: Stack, site: SiteInUse):
    path = f"{site.path}/articles/{site.article('two')}/vote"
    browser = Browser.log_in(stack, site, site.person())
    problem(browser.client.put(path, json={"vote": "up"}), 403, "csrf-failed")
    problem(browser.client.delete(path), 403, "csrf-failed")
    answer = browser.client.put(path, json={"vote": "up"}, headers=dict(browser.csrf))
    assert answer.json() == said("up", 1, 0)
    assert browser.client.get(path).json() == said("up", 1, 0)


def test_the_feed_shows_the_rating(stack: Stack, site: SiteInUse):
    article = site.article("shown")
    path = f"{site.path}/articles/{article}/vote"

    def row() -> dict[str, object]:
        return next((row for row in site.feed() if row["id"] == article), {})

    for vote, rating in (("up", {"up": 1, "down": 0}), ("down", {"up": 1, "down": 1})):
        stack.client.put(path, json={"vote": vote}, headers=site.person().headers)
        wait_for(f"{vote} to be in the feed", lambda expected=rating: row().get("rating") == expected)


def test_comments_may_be_closed_and_votes_go_on(stack: Stack, site: SiteInUse):
    closed = site.article("closed", commenting="closed")
    answer = stack.client.put(
        f"{site.path}/articles/{closed}/vote", json={"vote": "down"}, headers=site.person().headers
    )
    assert answer.json() == said("down", 0, 1)
