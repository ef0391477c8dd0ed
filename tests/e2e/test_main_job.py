"""A comment comes in over HTTP, is scored and decided, and the sidebar shows it."""

from discuss.domain.accounts import Role
from tests.stack import Stack, wait_for


def test_an_ordinary_comment_is_published_and_moves_its_article_to_the_top(stack: Stack) -> None:
    site = stack.site("main")
    first, second = site.article("first"), site.article("second", published_at="2026-02-01T00:00:00Z")
    wait_for("both articles in the feed", lambda: [row["id"] for row in site.feed()] == [second, first])
    anna = site.person()
    comment = site.comment(anna, first, "A thoughtful piece, thank you for the map of the front line.")
    assert comment["state"] == "pending"
    assert site.decided(anna, comment["id"])["state"] == "published"
    row = wait_for(
        "the comment in the feed", lambda: next((r for r in site.feed() if r["comment_count"] == 1), None)
    )
    assert row["id"] == first
    assert site.feed()[0] == row


def test_a_rejected_comment_takes_its_article_back_to_where_it_belongs(stack: Stack) -> None:
    site = stack.site("back")
    first, second = site.article("first"), site.article("second", published_at="2026-02-01T00:00:00Z")
    anna, moderator = site.person(), site.person(Role.MODERATOR)
    comment = site.comment(anna, first, "The convoy was seen near the river yesterday.")
    shown = site.decided(anna, comment["id"])
    wait_for("the article on top", lambda: site.feed()[0]["id"] == first)
    answer = stack.client.post(
        f"{site.path}/revisions/{shown['revision_id']}/decisions",
        json={"state": "rejected", "reason": "off-topic"},
        headers=moderator.headers,
    )
    assert answer.status_code == 201, answer.text
    wait_for("the article to go back", lambda: [row["id"] for row in site.feed()] == [second, first])
    assert site.feed()[1]["comment_count"] == 0
