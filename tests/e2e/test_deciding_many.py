"""Deciding many at once: each has its own result, nobody's decision is overruled unseen, and all of it can be taken back."""

import re
from collections import Counter
from typing import Any

import httpx
import pytest

from discuss.domain.accounts import Role
from discuss.domain.policy import Threshold
from tests.e2e.asking import LABELS, UNKNOWN, problem
from tests.stack import Person, SiteInUse, Stack

HELD = {label: Threshold(hold=0.0) for label in LABELS}
ADVERT = "Buy cheap watches today, the best prices in town https://shop.example/"


@pytest.fixture(scope="module")
def site(stack: Stack) -> SiteInUse:
    made = stack.site("many", thresholds=HELD)
    for name in ("one", "two", "three"):
        made.article(name)
    return made


@pytest.fixture(scope="module")
def anna(site: SiteInUse) -> Person:
    return site.person(Role.MODERATOR, "Anna of many")


def held(site: SiteInUse, author: Person, *texts: str) -> list[dict[str, Any]]:
    """Comments under two articles, which wait for a moderator."""
    articles = list(site.articles.values())
    made = [site.comment(author, articles[n % 3], text) for n, text in enumerate(texts)]
    return [site.decided(author, comment["id"]) for comment in made]


def decide_many(site: SiteInUse, person: Person, **body: object) -> httpx.Response:
    return site.stack.client.post(f"{site.path}/decisions", json=body, headers=person.headers)


def undo(site: SiteInUse, person: Person, batch: object) -> httpx.Response:
    return site.stack.client.post(f"{site.path}/batches/{batch}/undo", headers=person.headers)


def decisions(site: SiteInUse, comment: dict[str, Any], person: Person) -> list[dict[str, Any]]:
    path = f"{site.path}/revisions/{comment['revision_id']}/decisions"
    found: list[dict[str, Any]] = site.stack.client.get(path, headers=person.headers).json()
    return found


def seen(site: SiteInUse, comment: dict[str, Any], person: Person) -> dict[str, object]:
    return {
        "revision_id": comment["revision_id"],
        "seen": decisions(site, comment, person)[-1]["id"],
    }


def outcomes(answer: httpx.Response) -> Counter[str]:
    assert answer.status_code == 200, answer.text
    return Counter(result["outcome"] for result in answer.json()["results"])


def test_each_of_a_selection_is_told_what_became_of_it(site, anna):
    first, second, third = held(site, site.person(), "First of many.", "Second of many.", "Third of many.")
    items = [seen(site, comment, anna) for comment in (first, second, third)]
    colleague = site.person(Role.MODERATOR)
    path = f"{site.path}/revisions/{second['revision_id']}/decisions"
    made = site.stack.client.post(path, json={"state": "published"}, headers=colleague.headers).json()
    path = f"{site.path}/revisions/{third['revision_id']}/decisions"
    other = site.stack.client.post(path, json={"state": "rejected", "reason": "spam"}, headers=anna.headers)
    items[2]["seen"] = other.json()["id"]
    answer = decide_many(
        site, anna, state="rejected", reason="spam", items=[*items, {"revision_id": UNKNOWN, "seen": UNKNOWN}]
    )
    told = {result["revision_id"]: result for result in answer.json()["results"]}
    assert [told[item["revision_id"]]["outcome"] for item in items] == ["decided", "stale", "pointless"]
    assert told[UNKNOWN] == {
        "revision_id": UNKNOWN, "outcome": "not-found", "state": None, "decision_id": None,
    }  # fmt: skip
    assert told[second["revision_id"]]["state"] == "published"
    assert told[second["revision_id"]]["decision_id"] == made["id"]
    assert decisions(site, first, anna)[-1]["batch_id"] == answer.json()["batch_id"]
    assert len(decisions(site, second, anna)) == 2


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "1 was left alone: a person had already made the same decision."),
        ("ru", "1 комментарий не тронут: человек уже принял такое же решение."),
    ],
)
def test_the_pages_say_how_many_had_been_decided_like_that_already(site, anna, language, said):
    (comment,) = held(site, site.person(), f"Decided already, says a page in {language}.")
    path = f"{site.path}/revisions/{comment['revision_id']}/decisions"
    site.stack.client.post(path, json={"state": "published"}, headers=anna.headers)
    form = {"act": "publish", "pick": " ".join(map(str, seen(site, comment, anna).values()))}
    headers = anna.headers | {"accept-language": language, "x-piece": "1"}
    piece = site.stack.client.post(f"/console/{site.slug}/decisions", data=form, headers=headers)
    assert said in piece.text


def test_a_revision_of_another_site_is_not_found_and_stays_as_it_is(site, anna, stack):
    other = stack.site("far", thresholds=HELD)
    other.article("one")
    reader, judge = other.person(), other.person(Role.MODERATOR)
    foreign = other.decided(reader, other.comment(reader, other.articles["one"], "Said elsewhere.")["id"])
    answer = decide_many(site, anna, state="published", items=[seen(other, foreign, judge)])
    assert outcomes(answer) == {"not-found": 1}
    assert len(decisions(other, foreign, judge)) == 1


def test_near_duplicates_by_anybody_are_listed_and_decided_with_the_comment(site, anna):
    copies = [f"{ADVERT}{number}" for number in range(3)]
    ours = held(site, site.person(), *copies)
    theirs = held(site, site.person(), ADVERT.upper(), "A word about the weather of this May.")
    listed = site.stack.client.get(f"{site.path}/comments/{ours[0]['id']}/alike", headers=anna.headers).json()
    expected = {comment["id"] for comment in (*ours[1:], theirs[0])}
    assert {item["comment_id"] for item in listed["items"]} == expected
    assert (listed["more"], {item["state"] for item in listed["items"]}) == (False, {"held"})
    answer = decide_many(site, anna, state="rejected", reason="spam", alike=seen(site, ours[0], anna))
    assert outcomes(answer) == {"decided": 4}
    assert decisions(site, theirs[1], anna)[-1]["state"] == "held"


def test_what_a_person_decided_is_left_alone_by_deciding_all_that_is_alike(site, anna):
    text = "The council wants to sell the old tram depot on the hill"
    first, second = held(site, site.person(), text, text)
    path = f"{site.path}/revisions/{second['revision_id']}/decisions"
    site.stack.client.post(path, json={"state": "published"}, headers=anna.headers)
    answer = decide_many(site, anna, state="rejected", reason="off-topic", alike=seen(site, first, anna))
    assert [result["revision_id"] for result in answer.json()["results"]] == [first["revision_id"]]
    assert decisions(site, second, anna)[-1]["state"] == "published"


def test_the_pages_name_the_text_and_the_decision_that_they_showed(site, anna):
    text = "The new timetable of the ferries is a joke, and an expensive one"
    first, second = held(site, site.person(), text, text)
    colleague = site.person(Role.MODERATOR, "Clara of many")
    page = f"/console/{site.slug}/items/{first['id']}"
    shown = site.stack.client.get(page, headers=anna.headers).text
    fields = {
        name: re.search(f'name="{name}" value="([^"]+)"', shown).group(1) for name in ("alike", "comment")
    }
    assert fields["alike"] == " ".join(map(str, seen(site, first, anna).values()))
    path = f"{site.path}/revisions/{first['revision_id']}/decisions"
    site.stack.client.post(path, json={"state": "published"}, headers=colleague.headers)
    act, headers = f"/console/{site.slug}/decisions", anna.headers | {"accept-language": "en"}
    piece = site.stack.client.post(act, data=fields | {"reason": "spam"}, headers=headers | {"x-piece": "1"})
    assert (piece.status_code, "Clara of many" in piece.text) == (409, True)
    led = site.stack.client.post(act, data=fields | {"reason": "spam"}, headers=headers)
    assert led.headers["location"] == f"{page}?told=stale&open={first['id']}"
    assert decisions(site, second, anna)[-1]["state"] == "held"
    fields["alike"] = " ".join(map(str, seen(site, first, anna).values()))
    done = site.stack.client.post(act, data=fields | {"reason": "spam"}, headers=headers | {"x-piece": "1"})
    assert (done.status_code, decisions(site, second, anna)[-1]["state"]) == (200, "rejected")


def test_all_that_waits_of_one_author_is_decided_and_nobody_elses(site, anna):
    author = site.person()
    ours = held(site, author, "One opinion.", "Another opinion.", "A third one, quite different.")
    (other,) = held(site, site.person(), "Somebody else's opinion.")
    answer = decide_many(site, anna, state="published", held_by=str(author.id))
    assert outcomes(answer) == {"decided": 3}
    assert [decisions(site, comment, anna)[-1]["state"] for comment in ours] == ["published"] * 3
    assert decisions(site, other, anna)[-1]["state"] == "held"
    assert outcomes(decide_many(site, anna, state="published", held_by=str(author.id))) == {}


def test_a_batch_is_taken_back_as_far_as_it_still_stands(site, anna):
    author = site.person()
    ours = held(site, author, "To be undone.", "To be undone as well.", "To be decided anew meanwhile.")
    made = decide_many(site, anna, state="published", held_by=str(author.id)).json()
    path = f"{site.path}/revisions/{ours[2]['revision_id']}/decisions"
    site.stack.client.post(path, json={"state": "rejected", "reason": "spam"}, headers=anna.headers)
    back = undo(site, anna, made["batch_id"])
    assert outcomes(back) == {"decided": 2, "stale": 1}
    assert [decisions(site, comment, anna)[-1]["state"] for comment in ours] == ["held", "held", "rejected"]
    assert outcomes(undo(site, anna, made["batch_id"])) == {"stale": 3}
    assert outcomes(undo(site, anna, back.json()["batch_id"])) == {"decided": 2}


def test_a_batch_of_another_site_cannot_be_taken_back(site, anna, stack):
    author = site.person()
    held(site, author, "Decided here.")
    made = decide_many(site, anna, state="published", held_by=str(author.id)).json()
    other = stack.site("elsewhere")
    foreigner = other.person(Role.MODERATOR)
    problem(undo(other, foreigner, made["batch_id"]), 404, "decision-not-found")
    problem(undo(site, foreigner, made["batch_id"]), 403, "forbidden")
