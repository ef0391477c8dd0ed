"""Mistakes that lists of recent discussion elsewhere are known for, each as a test."""

from discuss.domain.accounts import Role
from tests.e2e.asking import ALL_PUBLISHED
from tests.stack import Person, SiteInUse, Stack, wait_for

PERSONAL = {"author", "author_id", "author_name", "email", "hash", "avatar", "ip", "user_agent", "account_id"}


def site_with(stack: Stack, name: str, **settings: object) -> SiteInUse:
    site = stack.site(name, **settings)
    site.article("older", published_at="2026-01-01T00:00:00Z")
    site.article("newer", published_at="2026-01-02T00:00:00Z")
    site.built(2)
    return site


def order(site: SiteInUse) -> list[object]:
    names = {article: name for name, article in site.articles.items()}
    return [names[str(row["id"])] for row in site.feed()]


def publish(site: SiteInUse, name: str, author: Person | None = None) -> dict[str, object]:
    reader = author or site.person()
    made = site.comment(reader, site.articles[name], f"A thought about the {name} one.")
    decided = site.decided(reader, made["id"])
    assert decided["state"] == "published"
    return {**decided, "headers": reader.headers}


def test_a_comment_that_waits_or_is_rejected_moves_nothing_and_counts_nowhere(stack):
    site = site_with(stack, "mistake-held", premoderated=True)
    moderator, reader = site.person(Role.MODERATOR), site.person()
    waiting = site.comment(reader, site.articles["older"], "Buy it here.")
    held = site.decided(reader, waiting["id"])
    assert held["state"] == "held"
    assert site.renamed("older")["comment_count"] == 0
    assert order(site) == ["newer", "older"]
    answer = stack.client.post(
        f"{site.path}/revisions/{held['revision_id']}/decisions",
        json={"state": "rejected", "reason": "spam"},
        headers=moderator.headers,
    )
    assert answer.status_code == 201, answer.text
    assert site.renamed("older")["comment_count"] == 0
    assert order(site) == ["newer", "older"]


def test_taking_the_newest_comment_away_moves_the_article_back(stack):
    site = site_with(stack, "mistake-lower", thresholds=ALL_PUBLISHED)
    made = publish(site, "older")
    wait_for("the article on top", lambda: order(site) == ["older", "newer"])
    stack.client.delete(f"{site.path}/comments/{made['id']}", headers=made["headers"])
    wait_for("the article back in its place", lambda: order(site) == ["newer", "older"])


def test_replies_count_and_move_like_any_comment(stack):
    site = site_with(stack, "mistake-replies", thresholds=ALL_PUBLISHED)
    root = publish(site, "older")
    publish(site, "newer")
    wait_for("the newer on top", lambda: order(site) == ["newer", "older"])
    reader = site.person()
    site.comment(reader, site.articles["older"], "I agree.", parent_id=root["id"])
    wait_for("the reply to move it", lambda: order(site) == ["older", "newer"])
    assert site.feed()[0]["comment_count"] == 2


def test_one_article_that_is_gone_spoils_no_list(stack):
    site = site_with(stack, "mistake-gone", thresholds=ALL_PUBLISHED)
    publish(site, "older")
    site.article("older", withdrawn=True)
    wait_for("one row", lambda: order(site) == ["newer"])
    urls = [("url", f"https://{site.slug}.example/{name}") for name in ("older", "newer", "never")]
    told = stack.client.get(f"{site.path}/counts", params=urls).json()["counts"]
    assert [each["comment_count"] for each in told] == [0, 0, 0]


def test_polls_are_cacheable_and_each_site_and_question_has_its_own_answer(stack):
    one, two = site_with(stack, "mistake-cache"), site_with(stack, "mistake-cache")
    answers = [
        stack.client.get(f"{site.path}/feed{query}")
        for site in (one, two)
        for query in ("", "?limit=1", "?lang=ru")
    ]
    assert len({answer.headers["etag"] for answer in answers}) == len(answers)
    assert all("no-store" not in answer.headers["cache-control"] for answer in answers)


def test_two_who_poll_do_not_take_rows_from_each_other(stack):
    site = site_with(stack, "mistake-pollers", thresholds=ALL_PUBLISHED)
    known = site.built(2)["point"]
    publish(site, "older")
    wait_for("the change", lambda: order(site) == ["older", "newer"])
    told = [stack.client.get(f"{site.path}/feed", params={"since": known}).json() for _ in range(3)]
    assert [[row["comment_count"] for row in each["articles"]] for each in told] == [[1]] * 3


def test_nothing_public_tells_who_wrote(stack):
    site = site_with(stack, "mistake-leak", thresholds=ALL_PUBLISHED)
    author = site.person(name="Unmistakable Name")
    site.decided(author, site.comment(author, site.articles["older"], "Mine.")["id"])
    wait_for("the row", lambda: order(site) == ["older", "newer"])
    urls = {"url": f"https://{site.slug}.example/older"}
    for path, query in (("feed", {}), ("feed.html", {}), ("counts", urls)):
        text = stack.client.get(f"{site.path}/{path}", params=query).text
        assert not [word for word in ("Unmistakable", author.email, str(author.id)) if word in text]
    assert not PERSONAL & set(site.feed()[0])


def test_with_anti_bump_an_author_alone_does_not_keep_an_article_on_top(stack):
    site = site_with(stack, "mistake-bump", thresholds=ALL_PUBLISHED, anti_bump=True)
    one, other = site.person(), site.person()
    publish(site, "older", one)
    wait_for("the first to bump", lambda: order(site) == ["older", "newer"])
    publish(site, "newer", other)
    wait_for("the other's to bump", lambda: order(site) == ["newer", "older"])
    publish(site, "older", one)
    wait_for("the count without a bump", lambda: {row["comment_count"] for row in site.feed()} == {1, 2})
    assert order(site) == ["newer", "older"]
    publish(site, "older", other)
    wait_for("somebody else to bump it", lambda: order(site) == ["older", "newer"])


def test_with_anti_bump_deleting_a_comment_and_writing_another_does_not_keep_it_there_either(stack):
    site = site_with(stack, "mistake-repost", thresholds=ALL_PUBLISHED, anti_bump=True)
    author = site.person()
    first = publish(site, "older", author)
    wait_for("the first to bump", lambda: order(site) == ["older", "newer"])
    publish(site, "newer")
    wait_for("the other's to bump", lambda: order(site) == ["newer", "older"])
    publish(site, "older", author)
    wait_for("the second", lambda: [row["comment_count"] for row in site.feed()] == [1, 2])
    stack.client.delete(f"{site.path}/comments/{first['id']}", headers=author.headers)
    wait_for("the first to be gone", lambda: {row["comment_count"] for row in site.feed()} == {1})
    assert order(site) == ["newer", "older"]
