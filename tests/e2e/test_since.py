"""Polling with `since`: only what changed, and in the end exactly what a full answer says."""

import pytest

from tests.e2e.asking import ALL_PUBLISHED
from tests.stack import SiteInUse, Stack, wait_for

Feed = dict[str, object]


def poll(site: SiteInUse, **query: object) -> Feed:
    answer = site.stack.client.get(f"{site.path}/feed", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def merged(known: list[Feed], told: Feed, limit: int = 15) -> list[Feed]:
    """Merges an answer as the documentation tells clients to."""
    if told["full"]:
        return told["articles"]
    rows = {row["id"]: row for row in known if row["id"] not in told["left"]}
    rows |= {row["id"]: row for row in told["articles"]}
    return sorted(rows.values(), key=lambda row: (row["last_activity_at"], row["id"]), reverse=True)[:limit]


@pytest.fixture
def site(stack: Stack) -> SiteInUse:
    site = stack.site("polled-since", thresholds=ALL_PUBLISHED)
    for day in range(1, 21):
        site.article(
            f"day-{day:02}", published_at=f"2026-01-{day:02}T00:00:00Z", tags=["even"] * (day % 2 == 0)
        )
    return site


def test_nothing_is_told_twice(site):
    known = site.built(20)
    told = poll(site, since=known["point"])
    again = poll(site, since=told["point"])
    assert (again["full"], again["articles"], again["left"]) == (False, [], [])


def test_a_row_that_changed_is_told_alone(site):
    known = poll(site, since=site.built(20)["point"])
    site.article("day-20", published_at="2026-01-20T00:00:00Z", title="Renamed")
    told = wait_for("the change", lambda: (a := poll(site, since=known["point"]))["articles"] and a)
    assert [row["title"] for row in told["articles"]] == ["Renamed"]
    assert told["left"] == []


@pytest.mark.parametrize("query", [{}, {"limit": 3}, {"tag": "even"}, {"lang": "en", "limit": 5}])
def test_merging_what_changed_gives_what_a_full_answer_says(site, query):
    site.built(20)
    limit = query.get("limit", 15)
    full = poll(site, **query)
    known, since = full["articles"], full["point"]
    steps = [
        lambda: site.article("day-20", withdrawn=True, published_at="2026-01-20T00:00:00Z"),
        lambda: site.article("day-18", published_at="2025-12-31T00:00:00Z", tags=["even"]),
        lambda: site.article("day-02", published_at="2026-01-02T00:00:00Z", tags=[], title="No longer even"),
        lambda: site.article("new", published_at="2026-01-25T00:00:00Z", tags=["even"]),
        lambda: site.article("day-20", withdrawn=False, published_at="2026-01-20T00:00:00Z", tags=["even"]),
    ]
    for step in steps:
        before = poll(site)["point"], poll(site, limit=50)
        step()
        wait_for("the change", lambda before=before: poll(site, limit=50) != before[1])
        told = poll(site, since=since, **query)
        known, since = merged(known, told, limit), told["point"]
        assert known == poll(site, **query)["articles"]


def test_a_row_that_left_is_named(site):
    known = poll(site, since=site.built(20)["point"])
    gone = site.article("day-20", withdrawn=True, published_at="2026-01-20T00:00:00Z")
    told = wait_for("the row to leave", lambda: (a := poll(site, since=known["point"]))["left"] and a)
    assert told["left"] == [gone]
    assert [row["id"] for row in told["articles"]] == [site.articles["day-05"]]


@pytest.mark.parametrize(
    "strange", ["0123456789abcdef0123456789abcdef.1", f"{'f' * 12}7fff8{'f' * 15}.1", ".0", ".99"]
)
def test_a_point_of_another_life_is_answered_in_full(site, strange):
    known = site.built(20)
    told = poll(site, since=strange)
    assert (told["full"], told["articles"]) == (True, known["articles"])


def test_a_point_that_this_process_has_not_reached_is_answered_with_nothing(site):
    known = site.built(20)
    epoch = known["point"].partition(".")[0]
    told = poll(site, since=f"{epoch}.999999")
    assert (told["full"], told["articles"], told["left"]) == (False, [], [])
    assert told["point"] == f"{epoch}.999999"


def test_a_point_of_a_feed_built_anew_that_this_process_has_not_heard_of_is_answered_with_nothing(site):
    epoch = site.built(20)["point"].partition(".")[0]
    later = f"{int(epoch, 16) + 1:032x}.1"
    told = poll(site, since=later)
    assert (told["full"], told["point"], told["articles"], told["left"]) == (False, later, [], [])


def test_pages_follow_each_other_without_gap_or_repetition(site):
    site.built(20)
    seen, cursor = [], None
    while True:
        page = poll(site, limit=6, **({"cursor": cursor} if cursor else {}))
        seen += [row["id"] for row in page["articles"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == [site.articles[f"day-{day:02}"] for day in range(20, 0, -1)]
