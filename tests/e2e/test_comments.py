"""Comments as readers, authors and moderators see them: threads, edits, deletions, and what stays hidden."""

from typing import Any

import pytest

from discuss.domain.accounts import Role
from tests.e2e.asking import ALL_HELD, ALL_PUBLISHED, problem
from tests.stack import Person, SiteInUse, Stack, wait_for


@pytest.fixture(scope="module")
def site(stack: Stack) -> SiteInUse:
    site = stack.site("comments", thresholds=ALL_PUBLISHED)
    site.article("premoderated", commenting="premoderated")
    return site


@pytest.fixture(scope="module")
def anna(site: SiteInUse) -> Person:
    return site.person()


@pytest.fixture(scope="module")
def moderator(site: SiteInUse) -> Person:
    return site.person(Role.MODERATOR)


def read(site: SiteInUse, comment: object, person: Person | None = None):
    headers = person.headers if person else {}
    return site.stack.client.get(f"{site.path}/comments/{comment}", headers=headers)


def thread(site: SiteInUse, article: str, **query: object) -> list[dict[str, Any]]:
    answer = site.stack.client.get(f"{site.path}/articles/{article}/comments", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()["comments"]


def published(site: SiteInUse, person: Person, article: str, text: str, **fields: object) -> dict[str, Any]:
    shown = site.decided(person, site.comment(person, article, text, **fields)["id"])
    assert shown["state"] == "published", shown
    return shown


def edit(site: SiteInUse, person: Person, comment: object, text: str) -> dict[str, Any]:
    path = f"{site.path}/comments/{comment}"
    answer = site.stack.client.patch(path, json={"text": text}, headers=person.headers)
    assert answer.status_code == 202, answer.text
    return answer.json()


def delete(site: SiteInUse, person: Person, comment: object) -> None:
    path = f"{site.path}/comments/{comment}"
    assert site.stack.client.delete(path, headers=person.headers).status_code == 204


def decide(site: SiteInUse, person: Person, revision: object, state: str, **fields: object) -> None:
    path = f"{site.path}/revisions/{revision}/decisions"
    answer = site.stack.client.post(path, json={"state": state} | fields, headers=person.headers)
    assert answer.status_code == 201, answer.text


def decisions(site: SiteInUse, person: Person, revision: object) -> list[dict[str, Any]]:
    path = f"{site.path}/revisions/{revision}/decisions"
    found: list[dict[str, Any]] = site.stack.client.get(path, headers=person.headers).json()
    return found


def test_only_its_author_and_moderators_see_a_comment_that_is_not_published(site, anna, moderator):
    held = site.decided(anna, site.comment(anna, site.articles["premoderated"], "Waiting.")["id"])
    assert (held["state"], held["text"]) == ("held", "Waiting.")
    for person in (None, site.person(), site.stack.site("far").person(Role.MODERATOR)):
        problem(read(site, held["id"], person), 404, "comment-not-found")
    assert read(site, held["id"], moderator).json() == held
    assert thread(site, site.articles["premoderated"]) == []


def test_readers_see_of_a_published_comment_what_is_public_and_no_more(site, anna):
    article = site.article("public")
    made = published(site, anna, article, "**Plain** words.")
    inside = {"state", "text", "revision_id", "reason", "words"}
    public = {name: value for name, value in made.items() if name not in inside}
    assert read(site, made["id"]).json() == public
    assert thread(site, article) == [public]
    assert public == {
        "id": made["id"], "article_id": article, "parent_id": None, "root_id": made["id"], "depth": 0,
        "author": {"id": str(anna.id), "name": anna.name}, "html": "<p><strong>Plain</strong> words.</p>",
        "created_at": made["created_at"], "edited": False, "deleted": False,
    }  # fmt: skip


def test_an_edit_that_is_held_leaves_the_old_text_where_it_was_until_a_person_rejects_it(stack, moderator):
    site = stack.site("edits", thresholds=ALL_PUBLISHED)
    article, anna, judge = site.article("one"), site.person(), site.person(Role.MODERATOR)
    old = published(site, anna, article, "What was approved.")
    site.article("one", commenting="premoderated")
    new = edit(site, anna, old["id"], "What was smuggled in.")
    held = site.decided(anna, old["id"])
    assert (held["state"], held["revision_id"]) == ("held", new["revision_id"])
    assert [c["html"] for c in thread(site, article)] == ["<p>What was approved.</p>"]
    assert read(site, old["id"]).json()["html"] == "<p>What was approved.</p>"
    decide(site, judge, new["revision_id"], "rejected", reason="other")
    assert thread(site, article) == []
    made, along = (decisions(site, judge, text["revision_id"])[-1] for text in (new, old))
    assert (along["state"], along["follows"], made["follows"]) == ("rejected", made["id"], None)
    decide(site, judge, new["revision_id"], "published")
    assert [(c["html"], c["edited"]) for c in thread(site, article)] == [
        ("<p>What was smuggled in.</p>", True)
    ]
    decide(site, judge, old["revision_id"], "published")
    decide(site, judge, old["revision_id"], "rejected", reason="other")
    assert len(thread(site, article)) == 1, "rejecting a text that nobody sees any more hides nothing"


def test_an_edit_of_what_a_person_rejected_goes_before_a_person(site, anna, moderator):
    article = site.article("rejected")
    made = published(site, anna, article, "To be rejected.")
    decide(site, moderator, made["revision_id"], "rejected", reason="off-topic")
    assert thread(site, article) == []
    edit(site, anna, made["id"], "Innocent now.")
    assert site.decided(anna, made["id"])["state"] == "held"
    assert thread(site, article) == []


def test_only_the_last_of_quick_edits_is_left_to_see(site, anna):
    article = site.article("quick")
    made = published(site, anna, article, "Version 1.")
    for number in (2, 3, 4):
        edit(site, anna, made["id"], f"Version {number}.")
    wait_for("the last", lambda: read(site, made["id"]).json()["html"] == "<p>Version 4.</p>")
    assert [c["html"] for c in thread(site, article)] == ["<p>Version 4.</p>"]


def test_a_comment_can_be_edited_for_as_long_as_the_site_says(stack):
    site = stack.site("window", edit_minutes=0)
    article, anna = site.article("one"), site.person()
    made = site.comment(anna, article, "Said is said.")
    answer = stack.client.patch(
        f"{site.path}/comments/{made['id']}", json={"text": "Unsaid."}, headers=anna.headers
    )
    problem(answer, 409, "edit-window-closed")


def test_what_was_deleted_cannot_be_deleted_edited_or_answered_again(site, anna):
    article = site.article("deleted")
    made = published(site, anna, article, "Soon gone.")
    path = f"{site.path}/comments/{made['id']}"
    delete(site, anna, made["id"])
    assert thread(site, article) == []
    problem(read(site, made["id"]), 404, "comment-not-found")
    problem(site.stack.client.delete(path, headers=anna.headers), 404, "comment-not-found")
    problem(site.stack.client.patch(path, json={"text": "a"}, headers=anna.headers), 404, "comment-not-found")
    answer = {"json": {"text": "a", "parent_id": made["id"]}, "headers": anna.headers}
    problem(
        site.stack.client.post(f"{site.path}/articles/{article}/comments", **answer), 404, "comment-not-found"
    )


def test_what_was_deleted_before_it_was_decided_never_appears(stack):
    site = stack.site("early", premoderated=True)
    article, anna, judge = site.article("one"), site.person(), site.person(Role.MODERATOR)
    held = site.decided(anna, site.comment(anna, article, "Never mind.")["id"])
    delete(site, anna, held["id"])
    queue = stack.client.get(f"{site.path}/queue", headers=judge.headers).json()
    assert queue["items"] == []
    decide(site, judge, held["revision_id"], "published")
    assert thread(site, article) == []


def test_the_queue_shows_what_waits_with_its_scores_oldest_first(stack):
    site = stack.site("queue", thresholds=ALL_HELD)
    article, anna, judge = site.article("one"), site.person(), site.person(Role.MODERATOR)
    held = [
        site.decided(anna, site.comment(anna, article, f"The weather report number {n} for tomorrow.")["id"])
        for n in range(3)
    ]
    assert {comment["state"] for comment in held} == {"held"}
    first = stack.client.get(f"{site.path}/queue?limit=2", headers=judge.headers).json()
    rest = stack.client.get(
        f"{site.path}/queue", params={"cursor": first["next_cursor"]}, headers=judge.headers
    ).json()
    items = first["items"] + rest["items"]
    assert [item["revision_id"] for item in items] == [comment["revision_id"] for comment in held]
    assert (len(first["items"]), rest["next_cursor"]) == (2, None)
    for item in items:
        assert item["scores"]
        assert all(0 <= score <= 1 for score in item["scores"].values())
        assert item["model"]
        assert (item["decided_by"], item["language"]) == ("policy", "en")
