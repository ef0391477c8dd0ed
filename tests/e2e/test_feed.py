"""The latest discussion, over HTTP: order, counts, and what moves a row."""

from datetime import UTC, datetime, timedelta
from functools import partial

from discuss.domain.accounts import Role
from tests.e2e.asking import ALL_PUBLISHED
from tests.stack import SiteInUse, Stack, wait_for


def ids(site: SiteInUse, limit: int | None = None) -> list[object]:
    return [row["id"] for row in site.feed(limit)]


def row(site: SiteInUse, article: str) -> dict[str, object]:
    return next(found for found in site.feed() if found["id"] == article)


def instant(text: object) -> datetime:
    return datetime.fromisoformat(str(text))


def decide(site: SiteInUse, person, revision: object, **body: object) -> None:
    answer = site.stack.client.post(
        f"{site.path}/revisions/{revision}/decisions", json=body, headers=person.headers
    )
    assert answer.status_code == 201, answer.text


def test_articles_without_comments_are_rows_newest_first_and_ties_go_by_id(stack: Stack):
    site = stack.site("order")
    old = site.article("old", published_at="2026-01-01T00:00:00Z")
    tied = [site.article(name, published_at="2026-02-01T00:00:00+03:00") for name in ("a", "b", "c")]
    new = site.article("new", published_at="2026-01-31T21:00:00.000001Z")
    expected = [new, *sorted(tied, reverse=True), old]
    wait_for("all five rows in order", lambda: ids(site) == expected)
    assert row(site, old) == {
        "id": old, "url": f"https://{site.slug}.example/old", "title": "Article old", "language": "en",
        "comment_count": 0, "last_activity_at": "2026-01-01T00:00:00Z", "rating": {"up": 0, "down": 0}, "views": 0,
    }  # fmt: skip


def test_there_are_15_rows_unless_more_or_fewer_are_asked_for(stack: Stack):
    site = stack.site("rows")
    made = [site.article(f"n{n}", published_at=f"2026-01-01T00:{n:02}:00Z") for n in range(55)]
    newest = made[::-1]
    built = partial(stack.use, lambda services: services.reader.read(site.slug, 1))
    wait_for("the feed to be built", built)
    wait_for("the newest fifteen", lambda: ids(site) == newest[:15])
    assert ids(site, 50) == newest[:50]
    assert ids(site) == newest[:15]
    assert ids(site, 1) == newest[:1]


def test_only_visible_comments_count_and_activity_is_when_one_became_visible(stack: Stack):
    site = stack.site("visible", premoderated=True)
    article, anna, moderator = site.article("one"), site.person(), site.person(Role.MODERATOR)
    typed = site.comment(anna, article, "Typed now, published later.")
    held = site.decided(anna, typed["id"])
    assert held["state"] == "held"
    assert site.renamed("one")["comment_count"] == 0
    published_after = datetime.now(UTC)
    assert published_after > instant(typed["created_at"])
    decide(site, moderator, held["revision_id"], state="published")
    wait_for("the comment to count", lambda: row(site, article)["comment_count"] == 1)
    assert instant(row(site, article)["last_activity_at"]) >= published_after


def test_an_edit_keeps_count_and_activity_and_a_deletion_takes_the_row_back(stack: Stack):
    site = stack.site("edit", thresholds=ALL_PUBLISHED)
    first, second = site.article("first"), site.article("second", published_at="2026-02-01T00:00:00Z")
    anna = site.person()
    comment = site.comment(anna, first, "The first wording.")
    site.decided(anna, comment["id"])
    wait_for("the article on top", lambda: ids(site) == [first, second])
    before = row(site, first)
    path = f"{site.path}/comments/{comment['id']}"
    assert (
        stack.client.patch(path, json={"text": "Another wording."}, headers=anna.headers).status_code == 202
    )
    wait_for("the new wording", lambda: "Another" in stack.client.get(path).json()["html"])
    assert site.renamed("first") | {"title": before["title"]} == before
    assert stack.client.delete(path, headers=anna.headers).status_code == 204
    wait_for("the row to go back", lambda: ids(site) == [second, first])
    assert row(site, first)["comment_count"] == 0
    assert row(site, first)["last_activity_at"] == "2026-01-01T00:00:00Z"


def test_what_is_published_again_counts_from_when_it_was_first_seen(stack: Stack):
    site = stack.site("again", thresholds=ALL_PUBLISHED)
    article, anna, moderator = site.article("one"), site.person(), site.person(Role.MODERATOR)
    shown = site.decided(anna, site.comment(anna, article, "Taken down and put back.")["id"])
    wait_for("one comment", lambda: row(site, article)["comment_count"] == 1)
    before = row(site, article)
    decide(site, moderator, shown["revision_id"], state="rejected", reason="other")
    wait_for("none", lambda: row(site, article)["comment_count"] == 0)
    decide(site, moderator, shown["revision_id"], state="published")
    wait_for("the row as it was", lambda: row(site, article) == before)


def test_a_future_article_appears_when_its_hour_has_come(stack: Stack):
    site = stack.site("future")
    now = site.article("now")
    due = datetime.now(UTC) + timedelta(seconds=3)
    soon = site.article("soon", published_at=due.isoformat())
    wait_for("the one that is out", lambda: ids(site) == [now])
    wait_for("the one that was to come", lambda: ids(site) == [soon, now], patience=15)
    assert datetime.now(UTC) >= due


def test_an_article_that_is_put_off_leaves_the_feed_and_comes_back(stack: Stack):
    site = stack.site("off")
    article = site.article("one")
    wait_for("the article", lambda: ids(site) == [article])
    site.article("one", published_at="2150-01-01T00:00:00Z")
    wait_for("it to leave", lambda: ids(site) == [])
    site.article("one")
    wait_for("it to come back", lambda: ids(site) == [article])


def test_a_withdrawn_article_leaves_and_a_renamed_one_is_shown_as_it_is_now(stack: Stack):
    site = stack.site("withdrawn")
    one, two = site.article("one"), site.article("two", published_at="2026-02-01T00:00:00Z")
    wait_for("both", lambda: ids(site) == [two, one])
    site.article("two", withdrawn=True)
    wait_for("one to be left", lambda: ids(site) == [one])
    site.article("one", title="“Новое имя” & <b>co</b>")
    wait_for("the new name", lambda: row(site, one)["title"] == "“Новое имя” & <b>co</b>")


def test_a_comment_on_one_site_moves_nothing_on_another(stack: Stack):
    sites = [stack.site(name, thresholds=ALL_PUBLISHED) for name in "xy"]
    articles = [site.article("one") for site in sites]
    anna = sites[0].person()
    sites[0].decided(anna, sites[0].comment(anna, articles[0], "Only here.")["id"])
    wait_for("the count here", lambda: row(sites[0], articles[0])["comment_count"] == 1)
    there = sites[1].renamed("one")
    assert (there["comment_count"], there["last_activity_at"]) == (0, "2026-01-01T00:00:00Z")


def test_a_tag_is_found_however_its_letters_were_composed(stack):
    site = stack.site("composed")
    site.article("one", tags=["Новый флот".replace("й", "и\u0306")])
    site.built(1)
    for asked in ("Новый флот", "Новый флот".replace("й", "и\u0306")):
        told = stack.client.get(f"{site.path}/feed", params={"tag": asked})
        assert len(told.json()["articles"]) == 1, asked
