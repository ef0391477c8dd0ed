"""Authors over HTTP: a ban that removes everything they wrote, what the author is told, and what nobody else learns."""

import pytest

from discuss.domain.accounts import Role
from tests.e2e.asking import ALL_PUBLISHED, problem
from tests.stack import Person, SiteInUse, Stack, wait_for


@pytest.fixture(scope="module")
def site(stack: Stack) -> SiteInUse:
    return stack.site("authors", thresholds=ALL_PUBLISHED)


@pytest.fixture(scope="module")
def moderator(site: SiteInUse) -> Person:
    return site.person(Role.MODERATOR)


def posted(stack: Stack, person: Person, path: str, body: object) -> dict[str, object]:
    answer = stack.client.post(path, json=body, headers=person.headers)
    assert answer.status_code in {201, 202}, answer.text
    made: dict[str, object] = answer.json()
    return made


def test_a_ban_with_removal_empties_thread_count_and_feed(stack: Stack, site: SiteInUse, moderator: Person):
    article, troll = site.article("flooded"), site.person()
    path = f"{site.path}/authors/{troll.id}"
    for number in range(5):
        site.decided(troll, site.comment(troll, article, f"Buy one of these {number}.")["id"])
    kept = site.comment(site.person(), article, "An ordinary voice.")["id"]
    laid = posted(stack, moderator, f"{path}/sanctions", {
        "kind": "ban", "reason": "spam", "words": "Advertising is not welcome here.", "remove": {}})  # fmt: skip
    removal = f"{path}/removals/{laid['removal']['id']}"

    def finished() -> dict[str, object] | None:
        told = stack.client.get(removal, headers=moderator.headers).json()
        return told if told["finished_at"] else None

    done = wait_for("the removal to be over", finished)
    assert (done["done"], done["total"], done["reason"]) == (5, 5, "spam")

    def thread() -> list[object]:
        told = stack.client.get(f"{site.path}/articles/{article}/comments").json()
        return [comment["id"] for comment in told["comments"]] if told["comment_count"] == 1 else []

    assert wait_for("the ordinary voice to stand alone", thread) == [kept]
    wait_for(
        "the feed to follow", lambda: {row["id"]: row for row in site.feed()}[article]["comment_count"] == 1
    )
    refused = problem(
        stack.client.post(
            f"{site.path}/articles/{article}/comments", json={"text": "Once more."}, headers=troll.headers
        ),
        403,
        "author-banned",
    )
    assert (refused["until"], refused["reason"]) == (None, "spam")
    assert refused["words"] == "Advertising is not welcome here."
    own = stack.client.get(f"{site.path}/standing", headers=troll.headers).json()
    assert (own["may_write"], [told["kind"] for told in own["told"]]) == (False, ["ban"])


def test_a_lifted_mute_lets_its_author_write_again(stack: Stack, site: SiteInUse, moderator: Person):
    article, author = site.article("muted"), site.person()
    path = f"{site.path}/authors/{author.id}/sanctions"
    body = {"kind": "mute", "until": "2150-01-01T00:00:00Z", "reason": "insult"}
    laid = posted(stack, moderator, path, body)["sanction"]
    writing = {
        "url": f"{site.path}/articles/{article}/comments",
        "json": {"text": "Well."},
        "headers": author.headers,
    }
    refused = problem(stack.client.post(**writing), 403, "author-muted")
    assert refused["until"] == "2150-01-01T00:00:00Z"
    lifted = stack.client.delete(f"{path}/{laid['id']}", headers=moderator.headers)
    assert lifted.json()["lifted_by"] == str(moderator.id)
    assert stack.client.post(**writing).status_code == 202


def test_only_admins_of_the_site_read_an_address_and_nobody_finds_it_anywhere_else(
    stack: Stack, site: SiteInUse, moderator: Person
):
    author = site.person()
    article = site.article("addresses")
    comment = site.decided(author, site.comment(author, article, "Nothing private here.")["id"])
    page = f"{site.path}/authors/{author.id}"
    told = {
        role: stack.client.get(page, headers=person.headers).json().get("email")
        for role, person in (("moderator", moderator), ("admin", site.person(Role.ADMIN)))
    }
    assert told == {"moderator": None, "admin": author.email}
    guest = stack.person(None, Role.ADMIN)
    site.decided(guest, site.comment(guest, article, "I look after all sites.")["id"])
    page = f"{site.path}/authors/{guest.id}"
    told_of_guest = stack.client.get(page, headers=site.person(Role.ADMIN).headers).json()
    assert (told_of_guest["record"]["account"]["name"], told_of_guest.get("email")) == (guest.name, None)
    reporter = site.person()
    stack.client.put(
        f"{site.path}/comments/{comment['id']}/report", json={"reason": "off-topic"}, headers=reporter.headers
    )
    site.renamed("addresses")
    public = [f"{site.path}/articles/{article}/comments", f"{site.path}/comments.json", f"{site.path}/feed"]
    seen = "".join(stack.client.get(address).text for address in public)
    assert str(reporter.id) not in seen
    seen += stack.client.get(page, headers=moderator.headers).text
    seen += stack.client.get(f"{site.path}/authors?search=Reader", headers=moderator.headers).text
    logs = "".join((stack.home / name).read_text() for name in ("serve.log", "worker.log"))
    for secret in (author.email, reporter.email):
        assert secret not in seen
        assert secret not in logs


def test_reports_of_six_strangers_hold_a_comment_until_a_moderator_keeps_it(
    stack: Stack, site: SiteInUse, moderator: Person
):
    article, author = site.article("reported"), site.person()
    comment = site.decided(author, site.comment(author, article, "An unpopular opinion.")["id"])
    report = f"{site.path}/comments/{comment['id']}/report"
    strangers = [site.person() for _ in range(7)]
    for stranger in strangers[:6]:
        answer = stack.client.put(
            report, json={"reason": "insult", "words": "Rude."}, headers=stranger.headers
        )
        assert answer.status_code == 200, answer.text
        assert set(answer.json()) == {"comment_id", "reason", "words", "created_at"}
    own = stack.client.get(f"{site.path}/comments/{comment['id']}", headers=author.headers).json()
    assert own["state"] == "held"
    posted(
        stack, moderator, f"{site.path}/revisions/{comment['revision_id']}/decisions", {"state": "published"}
    )
    problem(
        stack.client.put(report, json={"reason": "spam"}, headers=strangers[0].headers), 409, "report-settled"
    )
    problem(stack.client.delete(report, headers=strangers[0].headers), 409, "report-settled")
    assert stack.client.put(report, json={"reason": "spam"}, headers=strangers[6].headers).status_code == 200
    assert stack.client.delete(report, headers=strangers[6].headers).status_code == 204
    page = stack.client.get(f"{site.path}/authors/{strangers[0].id}", headers=moderator.headers).json()
    assert page["reporting"] == {"open": 0, "upheld": 0, "dismissed": 1, "accuracy": pytest.approx(1 / 3)}


def test_a_ban_until_the_end_of_the_calendar_is_shown_in_every_time_zone(stack: Stack):
    site = stack.site("eastern", thresholds=ALL_PUBLISHED)
    admin, troll = site.person(Role.ADMIN), site.person()
    moved = stack.client.patch(site.path, json={"time_zone": "Europe/Moscow"}, headers=admin.headers)
    assert moved.status_code == 200, moved.text
    laid = posted(
        stack, admin, f"{site.path}/authors/{troll.id}/sanctions", {"kind": "ban", "until": "9999-12-31T23:59:59Z"}
    )  # fmt: skip
    assert laid["sanction"]["until"] == "9999-12-31T23:59:59Z"
    page = stack.client.get(f"/console/{site.slug}/authors/{troll.id}", headers=admin.headers)
    assert page.status_code == 200
    assert "31 Dec 9999, 23:59" in page.text
