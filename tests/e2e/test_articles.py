"""A site registers its articles: idempotent, checked, and hidden from readers until they are published."""

from datetime import UTC, datetime, timedelta

import pytest

from discuss.domain.accounts import Role
from tests.e2e.asking import problem
from tests.stack import SiteInUse, Stack, wait_for

GOOD = {
    "external_id": "bad",
    "url": "https://news.example/1",
    "title": "A title",
    "language": "en",
    "published_at": "2026-01-01T00:00:00Z",
}
LEFT_OUT = object()

WRONG = [
    *(("external_id", value) for value in (LEFT_OUT, None, 5, "", "a\0", "a\n", "a\u202eb", "a" * 201)),
    *(("url", value) for value in (LEFT_OUT, "", "javascript:alert(1)", "data:text/html,x", "//news.example")),
    *(("url", value) for value in ("ftp://news.example", "https://", "https:///a", "https://[::1", "https://a:99999/")),
    *(("url", value) for value in ("https://bank.example@evil.example/", "https://a/\u202e", "https://a/ b", "https://a/\n")),
    *(("url", value) for value in ('https://a/"onclick="', "https://a/<script>", "https://a/" + "b" * 2000, "https://a/" + "\U0001f681" * 900)),
    *(("title", value) for value in (LEFT_OUT, None, "", " ", "\u200b\u2060", "a\0b", "a\nb", "a\u202eb", "a" * 501)),
    *(("language", value) for value in (LEFT_OUT, "EN", "english", "e", "en\n", 5)),
    *(("published_at", value) for value in (LEFT_OUT, "2026-01-01", "2026-01-01T00:00:00", "soon", 5, None)),
    *(("published_at", value) for value in ("2026-02-30T00:00:00Z", "2026-01-01T00:00:60Z", "2026-01-01T00:00:00+24:00")),
    *(("published_at", value) for value in ("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00Z")),
    *(("published_at", value) for value in ("9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59.999999Z")),
    *(("tags", value) for value in ("a", [""], [None], ["a\0"], ["a\u202e"], ["a" * 61], ["a"] * 31, {"a": 1})),
    *(("commenting", value) for value in ("maybe", None, True)),
    *(("withdrawn", value) for value in ("yes", 1, None)),
    ("comment_count", 5),
]  # fmt: skip


@pytest.fixture(scope="module")
def site(stack: Stack) -> SiteInUse:
    return stack.site("articles")


def put(site: SiteInUse, **fields: object):
    body = {name: value for name, value in (GOOD | fields).items() if value is not LEFT_OUT}
    headers = {"authorization": f"Bearer {site.key}"}
    return site.stack.client.put(f"{site.path}/articles", json=body, headers=headers)


@pytest.mark.parametrize(("field", "value"), WRONG)
def test_an_article_with_a_field_that_cannot_be_shown_or_linked_is_refused(site, field, value):
    problem(put(site, **{field: value}), 422, "invalid-input")
    assert site.stack.client.get(f"{site.path}/articles?external_id=bad").status_code == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("url", "https://новости.рф/статья-1"),
        ("url", "http://news.example:8080/a?b=c#d"),
        ("title", "Имена: “Ёжик” — и\u00adли 👩\u200d👩\u200d👧"),
        ("published_at", "1791-12-04T00:00:00+01:00"),
        ("external_id", "статья/17?x=1"),
        ("tags", ["политика", "спорт и здоровье", "война"]),
    ],
)
def test_what_real_sites_write_is_accepted(site, field, value):
    answer = put(site, external_id=f"good-{field}", **({} if field == "external_id" else {field: value}))
    assert answer.status_code == 201 or answer.json()["external_id"] == f"good-{field}", answer.text
    if field == "external_id":
        assert put(site, external_id=value).status_code == 201


def test_saying_the_same_twice_changes_nothing_and_saying_something_new_changes_it(site):
    first = put(site, external_id="same", tags=["a"])
    again = put(site, external_id="same", tags=["a"])
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    renamed = put(site, external_id="same", title="Another title")
    assert (renamed.status_code, renamed.json()["id"]) == (200, first.json()["id"])
    read = site.stack.client.get(f"{site.path}/articles/{first.json()['id']}").json()
    assert (read["title"], read["tags"]) == ("Another title", [])


def test_an_article_is_found_by_id_by_the_sites_id_and_by_address(site):
    made = put(site, external_id="к найти/1", url="https://news.example/к?найти=1").json()
    ask = site.stack.client.get
    assert ask(f"{site.path}/articles/{made['id']}").json() == made
    assert ask(f"{site.path}/articles", params={"external_id": "к найти/1"}).json() == made
    assert ask(f"{site.path}/articles", params={"url": "https://news.example/к?найти=1"}).json() == made
    stranger = site.stack.site("elsewhere")
    problem(ask(f"{stranger.path}/articles", params={"external_id": "к найти/1"}), 404, "article-not-found")


def test_two_sites_may_use_the_same_id(site):
    other = site.stack.site("twin")
    mine, theirs = put(site, external_id="twin"), put(other, external_id="twin")
    assert (mine.status_code, theirs.status_code) == (201, 201)
    assert mine.json()["id"] != theirs.json()["id"]


def test_a_withdrawn_article_is_gone_with_its_comments_until_it_is_put_back(stack):
    site = stack.site("withdrawing")
    article, anna, moderator = site.article("one"), site.person(), site.person(Role.MODERATOR)
    comment = site.comment(anna, article, "A comment under an article that goes.")
    wait_for("a decision", lambda: site.decided(anna, comment["id"]))
    put(site, external_id="one", withdrawn=True)
    problem(stack.client.get(f"{site.path}/articles/{article}"), 404, "article-not-found")
    problem(stack.client.get(f"{site.path}/articles/{article}/comments"), 404, "article-not-found")
    problem(stack.client.get(f"{site.path}/comments/{comment['id']}"), 404, "comment-not-found")
    for insider in (anna, moderator):
        seen = stack.client.get(f"{site.path}/comments/{comment['id']}", headers=insider.headers)
        assert seen.status_code == 200
    put(site, external_id="one", withdrawn=False)
    assert stack.client.get(f"{site.path}/articles/{article}").status_code == 200


def test_an_article_is_hidden_until_its_hour_has_come(stack):
    site = stack.site("hour")
    due = datetime.now(UTC) + timedelta(seconds=2)
    article = site.article("soon", published_at=due.isoformat())
    problem(stack.client.get(f"{site.path}/articles/{article}"), 404, "article-not-found")
    wait_for("the hour", lambda: stack.client.get(f"{site.path}/articles/{article}").status_code == 200)
    assert datetime.now(UTC) >= due
