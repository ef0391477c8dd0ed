"""Deciding over HTTP: the decision that was seen, the words to the author, and taking it back."""

from typing import Any

import httpx
import pytest

from discuss.domain.accounts import Role
from tests.e2e.asking import ALL_HELD, UNKNOWN, problem
from tests.stack import Person, SiteInUse, Stack, wait_for


@pytest.fixture(scope="module")
def site(stack: Stack) -> SiteInUse:
    made = stack.site("deciding", thresholds=ALL_HELD)
    made.article("one")
    return made


@pytest.fixture(scope="module")
def anna(site: SiteInUse) -> Person:
    return site.person(Role.MODERATOR, "Anna")


@pytest.fixture
def held(site: SiteInUse) -> dict[str, Any]:
    reader = site.person()
    return site.decided(reader, site.comment(reader, site.articles["one"], "This one waits.")["id"])


def decisions(site: SiteInUse, revision: object, person: Person) -> list[dict[str, Any]]:
    path = f"{site.path}/revisions/{revision}/decisions"
    found: list[dict[str, Any]] = site.stack.client.get(path, headers=person.headers).json()
    return found


def decide(
    site: SiteInUse, person: Person, revision: object, headers: dict[str, str] | None = None, **body: object
) -> httpx.Response:
    path = f"{site.path}/revisions/{revision}/decisions"
    return site.stack.client.post(path, json=body, headers=person.headers | (headers or {}))


def undo(site: SiteInUse, person: Person, decision: object) -> httpx.Response:
    return site.stack.client.post(f"{site.path}/decisions/{decision}/undo", headers=person.headers)


def test_the_words_to_the_author_are_kept_apart_from_the_note_to_colleagues(site, anna, held):
    body = {
        "state": "rejected",
        "reason": "insult",
        "note": "the third time",
        "words": " Please stay polite. ",
    }
    made = decide(site, anna, held["revision_id"], **body).json()
    assert (made["note"], made["words"], made["undoes"]) == ("the third time", "Please stay polite.", None)
    assert decisions(site, held["revision_id"], anna)[-1] == made


def test_if_match_names_the_decision_that_was_seen(site, anna, held):
    (first,) = decisions(site, held["revision_id"], anna)
    seen = {"if-match": f'"{first["id"]}"'}
    made = decide(site, anna, held["revision_id"], seen, state="published")
    assert made.status_code == 201
    told = problem(
        decide(site, anna, held["revision_id"], seen, state="rejected", reason="spam"), 409, "decision-stale"
    )
    assert (told["current"], told["moderator"], told["decided_by"]) == ("published", "Anna", "person")
    assert told["decision_id"] == made.json()["id"]
    assert told["detail"] == "Anna decided this in the meantime: published."


def test_a_decision_about_what_the_machine_decided_meanwhile_says_so(site, anna, held):
    told = problem(
        decide(site, anna, held["revision_id"], state="published", seen=UNKNOWN), 409, "decision-stale"
    )
    assert (told["current"], told["moderator"], told["decided_by"]) == ("held", None, "policy")


@pytest.fixture(scope="module")
def boris(site: SiteInUse) -> Person:
    return site.person(Role.MODERATOR, "Boris")


@pytest.fixture
def replaced(site, anna, boris) -> dict[str, Any]:
    """A published text with the decision on it, and the later text that readers see, which Boris published."""
    reader = site.person()
    old = site.decided(reader, site.comment(reader, site.articles["one"], "As it was.")["id"])
    made = decide(site, anna, old["revision_id"], state="published").json()
    path = f"{site.path}/comments/{old['id']}"
    assert site.stack.client.patch(path, json={"text": "As it is."}, headers=reader.headers).is_success
    new = site.decided(reader, old["id"])
    now = decide(site, boris, new["revision_id"], state="published").json()
    return {"comment": old["id"], "old": old["revision_id"], "seen": made["id"], "now": now}


def test_who_saw_a_text_that_its_author_has_replaced_is_told_so_and_shown_the_new_one(site, anna, replaced):
    body = {"state": "rejected", "reason": "spam", "seen": replaced["seen"]}
    told = problem(decide(site, anna, replaced["old"], **body), 409, "decision-stale")
    assert told["detail"] == "The author has changed this comment since; readers see the new text."
    now = replaced["now"]
    assert (told["revision_id"], told["decision_id"]) == (now["revision_id"], now["id"])
    assert (told["current"], told["moderator"], told["decided_by"]) == ("published", "Boris", "person")
    assert decisions(site, replaced["old"], anna)[-1]["id"] == replaced["seen"]
    body.pop("seen")
    assert decide(site, anna, replaced["old"], **body).status_code == 201


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "The author has changed this comment; readers see the new text."),
        ("ru", "Автор изменил этот комментарий; читатели видят новый текст."),
    ],
)
def test_the_pages_say_that_the_author_changed_the_comment_and_not_that_somebody_decided(
    site, anna, replaced, language, said
):
    form = {"comment": replaced["comment"], "reason": "spam", "seen": replaced["seen"]}
    headers = anna.headers | {"accept-language": language}
    path = f"/console/{site.slug}/revisions/{replaced['old']}"
    piece = site.stack.client.post(path, data=form, headers=headers | {"x-piece": "1"})
    assert piece.status_code == 409
    assert said in piece.text
    assert "Boris" not in piece.text
    led = site.stack.client.post(path, data=form, headers=headers)
    assert "told=changed" in led.headers["location"]
    page = site.stack.client.get(led.headers["location"], headers=headers)
    assert said.partition(";")[2] in page.text
    assert "told wrong" in page.text


def test_header_and_body_must_name_the_same_decision(site, anna, held):
    (first,) = decisions(site, held["revision_id"], anna)
    differ = decide(
        site, anna, held["revision_id"], {"if-match": f'"{UNKNOWN}"'}, state="published", seen=first["id"]
    )
    problem(differ, 422, "invalid-input")
    both = decide(
        site, anna, held["revision_id"], {"if-match": f'"{first["id"]}"'}, state="published", seen=first["id"]
    )
    assert both.status_code == 201


@pytest.mark.parametrize("value", ["*", UNKNOWN, f'W/"{UNKNOWN}"', '"1"', f'"{UNKNOWN}", "{UNKNOWN}"', '""'])
def test_an_if_match_that_names_no_decision_is_refused(site, anna, held, value):
    told = problem(
        decide(site, anna, held["revision_id"], {"if-match": value}, state="published"), 422, "invalid-input"
    )
    assert told["errors"][0]["pointer"] == "#/header/If-Match"


def test_an_undone_decision_leaves_both_on_record(site, anna, held):
    made = decide(site, anna, held["revision_id"], state="published").json()
    back = undo(site, anna, made["id"])
    assert back.status_code == 201
    assert (back.json()["state"], back.json()["undoes"]) == ("held", made["id"])
    kept = decisions(site, held["revision_id"], anna)
    assert [entry["state"] for entry in kept] == ["held", "published", "held"]
    problem(undo(site, anna, made["id"]), 409, "decision-stale")


def test_what_the_machine_decided_cannot_be_undone(site, anna, held):
    (first,) = decisions(site, held["revision_id"], anna)
    problem(undo(site, anna, first["id"]), 409, "undo-impossible")


def test_a_person_confirms_what_the_machine_decided_and_nobody_has_to_do_it_twice(site, anna, held):
    confirmed = decide(site, anna, held["revision_id"], state="held")
    assert confirmed.status_code == 201
    assert [entry["source"] for entry in decisions(site, held["revision_id"], anna)] == ["policy", "person"]
    problem(decide(site, anna, held["revision_id"], state="held"), 409, "decision-pointless")


def test_a_comment_can_be_held_for_a_reason_that_a_person_may_give_and_for_no_other(site, anna, held):
    refused = decide(site, anna, held["revision_id"], state="held", reason="shadowed")
    problem(refused, 422, "invalid-input")
    form = {"comment": held["id"], "act": "hold", "reason": "shadowed"}
    path = f"/console/{site.slug}/revisions/{held['revision_id']}"
    assert site.stack.client.post(path, data=form, headers=anna.headers).status_code == 422
    made = decide(site, anna, held["revision_id"], state="held", reason="threat")
    assert (made.status_code, made.json()["reasons"]) == (201, ["threat"])
    assert [entry["source"] for entry in decisions(site, held["revision_id"], anna)] == ["policy", "person"]


def own(site: SiteInUse, author: Person) -> dict[str, dict[str, Any]]:
    """One's own comments on the article, by id."""
    path = f"{site.path}/articles/{site.articles['one']}/comments/own"
    answer = site.stack.client.get(path, headers=author.headers)
    assert answer.status_code == 200, answer.text
    return {comment["id"]: comment for comment in answer.json()}


def test_the_author_is_told_reason_and_words_once_the_decision_can_no_longer_be_undone_unnoticed(site, anna):
    author = site.person()
    kept, undone = (
        site.decided(author, site.comment(author, site.articles["one"], text)["id"])
        for text in ("To be rejected.", "To be rejected and taken back.")
    )
    words = {"state": "rejected", "reason": "insult", "words": "Please stay polite.", "note": "between us"}
    assert decide(site, anna, kept["revision_id"], **words).status_code == 201
    made = decide(site, anna, undone["revision_id"], **words).json()
    assert undo(site, anna, made["id"]).status_code == 201
    before = own(site, author)
    assert {(comment["state"], comment["words"]) for comment in before.values()} == {("held", None)}
    told = wait_for("the author to be told", lambda: own(site, author)[kept["id"]]["words"])
    assert told == "Please stay polite."
    after = own(site, author)
    assert (after[kept["id"]]["state"], after[kept["id"]]["reason"]) == ("rejected", "insult")
    assert (after[undone["id"]]["state"], after[undone["id"]]["words"]) == ("held", None)
    assert "between us" not in str(after)
    path = f"{site.path}/comments/{kept['id']}"
    assert site.stack.client.get(path, headers=author.headers).json() == after[kept["id"]]


def test_nobody_lists_anybody_elses_comments(site, held):
    assert held["id"] not in own(site, site.person())


def test_moderators_see_at_once_what_the_author_will_be_told(site, anna, held):
    decide(site, anna, held["revision_id"], state="rejected", reason="spam", words="No adverts.")
    seen = site.stack.client.get(f"{site.path}/comments/{held['id']}", headers=anna.headers).json()
    assert (seen["state"], seen["reason"], seen["words"]) == ("rejected", "spam", "No adverts.")
