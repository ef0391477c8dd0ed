"""Many at once: of each pair of requests that exclude each other, one wins, and nobody sees an error of ours."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from discuss.domain.accounts import Role
from tests.e2e.asking import ALL_PUBLISHED
from tests.stack import PASSWORD, SiteInUse, Stack, wait_for

MANY = 8


@pytest.fixture(scope="module")
def site(stack: Stack) -> SiteInUse:
    return stack.site("races", thresholds=ALL_PUBLISHED)


def at_once(ask) -> list[httpx.Response]:
    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(ask, range(MANY)))


def statuses(answers: list[httpx.Response]) -> Counter[int]:
    return Counter(answer.status_code for answer in answers)


def test_of_decisions_about_what_was_seen_only_one_counts(site):
    article, anna, judge = site.article("decide"), site.person(), site.person(Role.MODERATOR)
    shown = site.decided(anna, site.comment(anna, article, "To be decided by many.")["id"])
    path = f"{site.path}/revisions/{shown['revision_id']}/decisions"
    seen = site.stack.client.get(path, headers=judge.headers).json()[-1]["id"]
    body = {"state": "held", "seen": seen}
    answers = at_once(lambda _: site.stack.client.post(path, json=body, headers=judge.headers))
    assert statuses(answers) == {201: 1, 409: MANY - 1}
    assert len(site.stack.client.get(path, headers=judge.headers).json()) == 2


def test_edits_at_once_all_become_revisions_and_the_last_one_is_shown(site):
    article, anna = site.article("edit"), site.person()
    made = site.decided(anna, site.comment(anna, article, "Edited by many.")["id"])
    path = f"{site.path}/comments/{made['id']}"
    answers = at_once(
        lambda number: site.stack.client.patch(path, json={"text": f"Edit {number}."}, headers=anna.headers)
    )
    assert statuses(answers) == {202: MANY}
    assert len({answer.json()["revision_id"] for answer in answers}) == MANY
    newest = site.decided(anna, made["id"])
    wait_for("the newest to be shown", lambda: site.stack.client.get(path).json()["html"] == newest["html"])


def test_deletions_at_once_take_one_comment_away(site):
    article, anna = site.article("delete"), site.person()
    made = site.decided(anna, site.comment(anna, article, "Deleted by many.")["id"])
    path = f"{site.path}/comments/{made['id']}"
    answers = at_once(lambda _: site.stack.client.delete(path, headers=anna.headers))
    assert statuses(answers) == {204: 1, 404: MANY - 1}
    row = f"{site.path}/articles/{article}"
    wait_for("no comment to be left", lambda: site.stack.client.get(row).json()["comment_count"] == 0)


def test_a_name_is_given_to_one_of_those_who_want_it(site):
    def register(number: int) -> httpx.Response:
        body = {"name": "Wanted", "email": f"wanted{number}@example.org", "password": PASSWORD}
        return site.stack.client.post(f"{site.path}/accounts", json=body)

    assert statuses(at_once(register)) == {201: 1, 409: MANY - 1}


def test_an_article_registered_by_many_at_once_is_one_article(site):
    body = {
        "external_id": "many", "url": "https://news.example/many", "title": "Many", "language": "en",
        "published_at": "2026-01-01T00:00:00Z",
    }  # fmt: skip
    headers = {"authorization": f"Bearer {site.key}"}
    answers = at_once(lambda _: site.stack.client.put(f"{site.path}/articles", json=body, headers=headers))
    assert statuses(answers) == {201: 1, 200: MANY - 1}
    assert len({answer.json()["id"] for answer in answers}) == 1


def test_comments_written_at_once_are_all_counted(site):
    article, people = site.article("count"), [site.person() for _ in range(MANY)]
    with ThreadPoolExecutor(MANY) as pool:
        list(pool.map(lambda person: site.comment(person, article, f"{person.name} agrees."), people))
    row = f"{site.path}/articles/{article}"
    wait_for("all of them", lambda: site.stack.client.get(row).json()["comment_count"] == MANY)
