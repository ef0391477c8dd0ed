"""What moderators are told about why a comment is held, and that nobody else is told."""

from typing import Any

import pytest

from discuss.domain.accounts import Role
from discuss.domain.policy import Threshold
from tests.e2e.asking import ALL_PUBLISHED
from tests.stack import Person, SiteInUse, Stack

RUDE = "🎉🎉🎉🎉🎉🎉🎉🎉 Only an idiot could have written such a stupid article, shut up, moron"
INSIDE = ("signals", "spans", "scores", "probability", "weight", "toxic")


@pytest.fixture(scope="module")
def site(stack: Stack) -> SiteInUse:
    return stack.site("explained", thresholds=ALL_PUBLISHED | {"toxic": Threshold(hold=0.5)})


@pytest.fixture(scope="module")
def anna(site: SiteInUse) -> Person:
    return site.person()


@pytest.fixture(scope="module")
def moderator(site: SiteInUse) -> Person:
    return site.person(Role.MODERATOR)


@pytest.fixture(scope="module")
def held(site: SiteInUse, anna: Person) -> dict[str, Any]:
    comment = site.decided(anna, site.comment(anna, site.article("held"), RUDE)["id"])
    assert comment["state"] == "held"
    return comment


def queue(site: SiteInUse, moderator: Person, state: str = "held") -> list[dict[str, Any]]:
    answer = site.stack.client.get(
        f"{site.path}/queue", params={"queue": "all", "state": state}, headers=moderator.headers
    )
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def in_javascript(text: str, start: int, end: int) -> str:
    """`text.slice(start, end)` of JavaScript, where strings are UTF-16."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def test_a_held_comment_shows_the_parts_that_raised_its_score_as_javascript_counts(site, held, moderator):
    (item,) = queue(site, moderator)
    assert {heard["label"]: heard["probability"] for heard in item["signals"]} == item["scores"]
    probabilities = [heard["probability"] for heard in item["signals"]]
    assert probabilities == sorted(probabilities, reverse=True)
    spans = {heard["label"]: heard["spans"] for heard in item["signals"]}
    shown = [in_javascript(item["text"], span["start"], span["end"]) for span in spans["toxic"]]
    assert any(word in part for part in shown for word in ("idiot", "stupid", "moron")), shown
    assert not any("🎉" in part or "article" in part for part in shown), shown
    assert 1 <= len(shown) <= 8
    weights = [span["weight"] for span in spans["toxic"]]
    assert weights == sorted(weights, reverse=True)
    assert min(weights) > 0
    assert not any(spans[label] for label in spans if label != "toxic"), (
        "the others speak against nothing here"
    )


def test_a_published_comment_keeps_no_parts(site, anna, moderator):
    article = site.article("fine")
    fine = site.decided(
        anna, site.comment(anna, article, "🎉 The new bridge is open to traffic again.")["id"]
    )
    (item,) = [i for i in queue(site, moderator, "published") if i["comment_id"] == fine["id"]]
    assert item["signals"]
    assert [heard["spans"] for heard in item["signals"] if heard["spans"]] == []


def test_readers_are_told_nothing_of_what_the_classifier_said_and_the_author_only_the_reason(stack, anna):
    site = stack.site("untold", thresholds=ALL_PUBLISHED | {"toxic": Threshold(hold=0.5)})
    article, author, judge = site.article("one"), site.person(), site.person(Role.MODERATOR)
    comment = site.decided(author, site.comment(author, article, RUDE)["id"])
    (item,) = queue(site, judge)
    assert any(heard["spans"] for heard in item["signals"])
    path = f"{site.path}/revisions/{item['revision_id']}/decisions"
    made = stack.client.post(path, json={"state": "published"}, headers=judge.headers)
    assert made.status_code == 201, made.text
    assert site.renamed("one")["comment_count"] == 1
    public = [f"{site.path}/articles/{article}/comments", f"{site.path}/comments/{comment['id']}"]
    asked = [(path, {}, INSIDE) for path in [*public, f"{site.path}/feed"]] + [
        (path, author.headers, [word for word in INSIDE if word != "toxic"]) for path in public
    ]
    for path, headers, inside in asked:
        answer = stack.client.get(path, headers=headers)
        assert answer.status_code == 200, answer.text
        assert [word for word in inside if word in answer.text] == [], path
    for person in (author, anna):
        assert stack.client.get(f"{site.path}/queue", headers=person.headers).status_code == 403
