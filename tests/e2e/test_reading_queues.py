"""The queues, their counts, one comment in full, and claims, over HTTP."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from discuss.domain.accounts import Role
from tests.e2e.asking import ALL_HELD
from tests.stack import PASSWORD, Person, SiteInUse, Stack

MORE_THAN_A_PAGE = 53


@pytest.fixture(scope="module")
def site(stack: Stack) -> SiteInUse:
    made = stack.site("reading", thresholds=ALL_HELD)
    made.article("one", title="Bridges")
    return made


@pytest.fixture(scope="module")
def anna(site: SiteInUse) -> Person:
    return site.person(Role.MODERATOR, "Anna")


@pytest.fixture(scope="module")
def boris(site: SiteInUse) -> Person:
    return site.person(Role.MODERATOR, "Boris")


@pytest.fixture(scope="module")
def reader(site: SiteInUse) -> Person:
    return site.person(name="Vera")


def write(site: SiteInUse, reader: Person, text: str, **fields: object) -> dict[str, Any]:
    return site.decided(reader, site.comment(reader, site.articles["one"], text, **fields)["id"])


def ask(site: SiteInUse, person: Person, path: str, **query: object) -> dict[str, Any]:
    answer = site.stack.client.get(f"{site.path}/{path}", params=query, headers=person.headers)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def decide(site: SiteInUse, person: Person, comment: dict[str, Any], **body: object) -> None:
    path = f"{site.path}/revisions/{comment['revision_id']}/decisions"
    site.stack.client.post(path, json=body, headers=person.headers).raise_for_status()


def ids(page: dict[str, Any]) -> list[str]:
    return [item["comment_id"] for item in page["items"]]


def test_a_row_says_all_that_a_moderator_decides_by(site, anna, reader):
    comment = write(site, reader, "Nobody *reads* this bridge report.")
    (row,) = ask(site, anna, "queue", q="nobody bridge")["items"]
    assert (row["comment_id"], row["revision_id"], row["revision"]) == (
        comment["id"],
        comment["revision_id"],
        1,
    )
    assert (row["text"], row["html"]) == (
        "Nobody *reads* this bridge report.",
        "<p>Nobody <em>reads</em> this bridge report.</p>",
    )
    assert (row["language"], row["state"], row["decided_by"]) == ("en", "held", "policy")
    assert row["author"] == {"id": str(reader.id), "name": "Vera"}
    assert row["article"] == {
        "id": site.articles["one"],
        "title": "Bridges",
        "url": f"https://{site.slug}.example/one",
    }
    assert row["scores"] == {signal["label"]: signal["probability"] for signal in row["signals"]}
    assert set(row["reasons"]) >= {"toxic", "spam"}
    assert 0 <= row["risk"] <= 1
    assert 0 <= row["uncertainty"] <= 1
    assert (row["reports"], row["report_weight"], row["claim"], row["hits"]) == (0, 0, None, [])
    assert datetime.fromisoformat(row["created_at"]) <= datetime.fromisoformat(row["waiting_since"])


def test_counts_follow_what_is_decided(site, anna, reader):
    before = ask(site, anna, "queue/counts")
    comment = write(site, reader, "One more that waits.")
    waiting = ask(site, anna, "queue/counts")
    decide(site, anna, comment, state="rejected", reason="other")
    after = ask(site, anna, "queue/counts")

    def counts(told: dict[str, Any]) -> list[int]:
        return [told["queues"][queue]["count"] for queue in ("held", "rejected", "all")]

    held, rejected, everything = counts(before)
    assert counts(waiting) == [held + 1, rejected, everything + 1]
    assert counts(after) == [held, rejected + 1, everything + 1]
    assert not any(told["more"] for told in after["queues"].values())
    assert datetime.fromisoformat(waiting["held_since"]) <= datetime.now(UTC)
    assert (waiting["late"], waiting["reported_since"]) == (False, None)


def test_a_comment_in_full_has_its_parent_texts_reports_decisions_and_notes(site, anna, boris, reader):
    parent = write(site, reader, "What holds the bridge up?")
    decide(site, anna, parent, state="published")
    comment = write(site, reader, "Ropes hold it up, I think.", parent_id=parent["id"])
    decide(site, anna, comment, state="published", note="fine")
    path = f"{site.path}/comments/{comment['id']}"
    tell = site.stack.client
    report = {"reason": "off-topic", "words": "It is about ropes."}
    tell.put(f"{path}/report", json=report, headers=boris.headers).raise_for_status()
    tell.post(f"{path}/notes", json={"text": "Look at the ropes."}, headers=boris.headers).raise_for_status()

    told = ask(site, anna, f"queue/items/{comment['id']}")
    assert (told["item"]["comment_id"], told["item"]["state"], told["item"]["reports"]) == (
        comment["id"],
        "published",
        1,
    )
    assert told["parent"] == {
        "comment_id": parent["id"], "author": {"id": str(reader.id), "name": "Vera"}, "text": "What holds the bridge up?",
        "state": "published", "deleted": False,
    }  # fmt: skip
    assert [(text["revision"], text["text"]) for text in told["texts"]] == [(1, "Ropes hold it up, I think.")]
    newest, first = told["decisions"]
    assert (newest["moderator"]["name"], newest["automated"], newest["decision"]["note"]) == (
        "Anna",
        False,
        "fine",
    )
    assert (first["moderator"], first["automated"], first["decision"]["state"]) == (None, True, "held")
    assert told["reports"]["reasons"] == {"off-topic": 1}
    assert (told["reports"]["latest"][0]["reporter"]["name"], told["reports"]["latest"][0]["words"]) == (
        "Boris",
        "It is about ropes.",
    )
    assert [note["text"] for note in told["notes"]] == ["Look at the ropes."]
    assert told["author"]["account"] == {"id": str(reader.id), "name": "Vera"}
    assert told["author"]["published"] >= 2
    assert ids(ask(site, anna, "queue", queue="reported")) == [comment["id"]]


def test_a_claim_is_seen_by_colleagues_and_ends_when_it_is_given_up(site, anna, boris, reader):
    comment = write(site, reader, "Who looks at this one?")
    claim = f"{site.path}/queue/items/{comment['id']}/claim"
    tell = site.stack.client
    taken = tell.put(claim, headers=anna.headers).json()
    assert taken["moderator"] == {"id": str(anna.id), "name": "Anna"}
    left = datetime.fromisoformat(taken["until"]) - datetime.now(UTC)
    assert timedelta(seconds=60) < left <= timedelta(seconds=125)
    assert tell.put(claim, headers=boris.headers).json()["moderator"]["name"] == "Anna"
    (seen,) = ask(site, boris, "queue", q="who looks")["items"]
    assert seen["claim"]["moderator"]["name"] == "Anna"
    assert ids(ask(site, boris, "queue", q="who looks", unclaimed=True)) == []
    assert tell.delete(claim, headers=boris.headers).status_code == 204
    assert ask(site, boris, f"queue/items/{comment['id']}")["item"]["claim"] is not None
    assert (
        tell.put(claim, params={"over": True}, headers=boris.headers).json()["moderator"]["name"] == "Boris"
    )
    assert tell.delete(claim, headers=boris.headers).status_code == 204
    assert ids(ask(site, anna, "queue", q="who looks", unclaimed=True)) == [comment["id"]]


def test_some_comments_alone_are_asked_for_and_only_those_that_are_in_the_queue_come(site, anna, reader):
    waits, gone = write(site, reader, "This one still waits."), write(site, reader, "This one is decided.")
    decide(site, anna, gone, state="published")
    asked = [waits["id"], gone["id"]]
    assert ids(ask(site, anna, "queue", comment=asked)) == [waits["id"]]
    assert ids(ask(site, anna, "queue", queue="all", comment=asked)) == [gone["id"], waits["id"]]


def test_a_row_far_down_the_list_of_the_console_is_not_taken_for_gone(stack):
    site = stack.site("long", thresholds=ALL_HELD)
    site.article("one")
    reader, anna = site.person(), site.person(Role.MODERATOR)
    written = [site.comment(reader, site.articles["one"], f"Number {n}.") for n in range(MORE_THAN_A_PAGE)]
    *others, decided, last = [site.decided(reader, comment["id"]) for comment in written]
    decide(site, anna, decided, state="published")
    with httpx.Client(base_url=stack.base_url) as console:
        form = {"email": anna.email, "password": PASSWORD, "site": site.slug}
        assert console.post("/console/log-in", data=form).status_code == 303
        query = {"queue": "held", "sort": "oldest", "id": [last["id"], decided["id"]]}
        some = console.get(f"/console/{site.slug}/queue/changes", params=query).text
        everything = console.get(f"/console/{site.slug}/queue/changes", params=query | {"all": "1"}).text
    for pieces in (some, everything):
        assert f'id="row-{last["id"]}"' in pieces
        assert f'data-gone="{decided["id"]}"' in pieces
        assert pieces.count("data-gone") == 1
    assert some.count('class="row"') == 1
    assert [f'id="row-{comment["id"]}"' in everything for comment in others[:50]] == [True] * 50
