"""The record of decisions, and the notes that moderators leave each other."""

from typing import Any

import pytest

from discuss.domain.accounts import Role
from discuss.domain.policy import Threshold
from tests.e2e.asking import LABELS, UNKNOWN, problem
from tests.stack import Person, SiteInUse, Stack

HELD = {label: Threshold(hold=0.0) for label in LABELS}


@pytest.fixture(scope="module")
def site(stack: Stack) -> SiteInUse:
    made = stack.site("record", thresholds=HELD)
    made.article("one")
    return made


@pytest.fixture(scope="module")
def anna(site: SiteInUse) -> Person:
    return site.person(Role.MODERATOR, "Anna of the record")


@pytest.fixture(scope="module")
def boris(site: SiteInUse) -> Person:
    return site.person(Role.MODERATOR, "Boris of the record")


def held(site: SiteInUse, author: Person) -> dict[str, Any]:
    return site.decided(author, site.comment(author, site.articles["one"], "For the record.")["id"])


def decide(site: SiteInUse, person: Person, comment: dict[str, Any], **body: object) -> dict[str, Any]:
    path = f"{site.path}/revisions/{comment['revision_id']}/decisions"
    answer = site.stack.client.post(path, json=body, headers=person.headers)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def record(site: SiteInUse, person: Person, **query: object) -> list[dict[str, Any]]:
    """Every entry that matches, read page by page."""
    found, cursor = [], {}
    while True:
        answer = site.stack.client.get(
            f"{site.path}/decisions", params={"limit": 2} | query | cursor, headers=person.headers
        )
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found += page["entries"]
        if page["next_cursor"] is None:
            return found
        cursor = {"cursor": page["next_cursor"]}


def test_the_record_says_who_or_what_decided_and_all_that_was_known(site, anna):
    author = site.person()
    comment = held(site, author)
    made = decide(site, anna, comment, state="rejected", reason="insult", note="again", words="Be polite.")
    by_person, by_machine = record(site, anna, comment=comment["id"])
    assert by_person["decision"] == made
    assert (by_person["automated"], by_person["moderator"]) == (
        False,
        {"id": str(anna.id), "name": anna.name},
    )
    assert (by_machine["automated"], by_machine["moderator"]) == (True, None)
    assert (by_machine["revision"], by_machine["author_id"]) == (1, str(author.id))
    assert by_machine["decision"]["model"] is not None
    assert {signal["version"] for signal in by_machine["signals"] if signal["source"] == "classifier"} == {
        by_machine["decision"]["model"]
    }


def test_the_record_is_filtered(site, anna, boris):
    author = site.person()
    first, second = held(site, author), held(site, author)
    spam = decide(site, anna, first, state="rejected", reason="spam")
    fine = decide(site, boris, second, state="published")
    by_this_author = {"author": str(author.id)}

    def found(**query: object) -> list[str]:
        return [entry["decision"]["id"] for entry in record(site, anna, **by_this_author | query)]

    assert found(source="person") == [fine["id"], spam["id"]]
    assert found(moderator=str(anna.id)) == [spam["id"]]
    assert found(state="published") == [fine["id"]]
    assert found(reason="spam", source="person") == [spam["id"]]
    assert found(since=fine["created_at"]) == [fine["id"]]
    assert fine["id"] not in found(until=fine["created_at"])
    assert len(found()) == len(found(source="policy")) + 2 == 4
    assert found(batch=UNKNOWN) == []


def test_no_site_reads_anothers_record(site, anna, stack):
    comment = held(site, site.person())
    other = stack.site("record-far")
    foreigner = other.person(Role.MODERATOR)
    assert record(other, foreigner, comment=comment["id"]) == []
    answer = stack.client.get(f"{site.path}/decisions", headers=foreigner.headers)
    problem(answer, 403, "forbidden")


def test_a_comment_is_left_for_a_colleague_with_a_note_that_its_author_never_sees(site, anna, boris):
    author = site.person()
    comment = held(site, author)
    path = f"{site.path}/comments/{comment['id']}"
    for person, text in ((anna, "I know the author. Please decide."), (boris, "Looks fine to me.")):
        answer = site.stack.client.post(f"{path}/notes", json={"text": text}, headers=person.headers)
        assert answer.status_code == 201, answer.text
    notes = site.stack.client.get(f"{path}/notes", headers=boris.headers).json()
    assert [(note["author"]["name"], note["text"]) for note in notes] == [
        (boris.name, "Looks fine to me."),
        (anna.name, "I know the author. Please decide."),
    ]
    assert "I know the author" not in site.stack.client.get(path, headers=author.headers).text
    assert [entry["automated"] for entry in record(site, anna, comment=comment["id"])] == [True]


def test_who_leaves_a_comment_for_a_colleague_lets_go_of_it(site, anna, boris):
    comment = held(site, site.person())
    claim = f"{site.path}/queue/items/{comment['id']}/claim"

    def holder(asked_by: Person) -> str:
        name: str = site.stack.client.put(claim, headers=asked_by.headers).json()["moderator"]["name"]
        return name

    assert (holder(anna), holder(boris)) == (anna.name, anna.name)
    notes = f"{site.path}/comments/{comment['id']}/notes"
    site.stack.client.post(notes, json={"text": "For somebody else."}, headers=anna.headers)
    assert holder(boris) == boris.name
