"""RSS, Atom and JSON Feed of the latest comments: what they contain, what they never do, and how they are requested again."""

import json
import re
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

import httpx
import pytest

from discuss.domain.accounts import Role
from tests.e2e.asking import ALL_PUBLISHED, UNKNOWN, problem
from tests.stack import Person, SiteInUse, Stack, wait_for

FORMATS = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json",
}
MOVING = {"date", "server", "connection"}


@dataclass
class Talk:
    """A site where people have commented on two articles, with some comments that nobody may see."""

    site: SiteInUse
    author: Person
    first: str
    reply: str
    other: str
    held: str


@pytest.fixture(scope="module")
def talk(stack: Stack) -> Talk:
    site, neighbour = (stack.site(name, thresholds=ALL_PUBLISHED) for name in ("talk", "neighbour"))
    site.article("bridge", title="The bridge <opens> & how", url="https://news.example/bridge?a=1&b=2#top")
    site.article("мост", title="Мост открыт", language="ru")
    site.article("quiet", commenting="premoderated")
    neighbour.article("elsewhere")
    author = site.person(name="Анна Ёлкина")
    held = say(site, author, "quiet", "Nobody has read this one yet.")
    say(neighbour, neighbour.person(), "elsewhere", "Said at the neighbour's.")
    first = say(site, author, "bridge", "It opened *on time*.")
    reply = say(site, site.person(), "bridge", "It did not, & I was there.", parent_id=first)
    other = say(site, author, "мост", "Наконец-то!")
    return Talk(site, author, first, reply, other, held)


def say(site: SiteInUse, person: Person, article: str, words: str, **fields: object) -> str:
    made = site.comment(person, site.articles[article], words, **fields)
    return str(site.decided(person, made["id"])["id"])


def get(site: SiteInUse, path: str, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return site.stack.client.get(f"{site.path}/{path}", headers=named)


def read(site: SiteInUse, query: str = "", article: str | None = None) -> dict[str, Any]:
    under = "" if article is None else f"articles/{site.articles[article]}/"
    answer = get(site, f"{under}comments.json{query}")
    assert answer.status_code == 200, answer.text
    return json.loads(answer.content)


def ids(feed: dict[str, Any]) -> list[str]:
    return [item["id"].removeprefix("urn:uuid:") for item in feed["items"]]


def written_ids(answer: httpx.Response) -> list[str]:
    """The ids of the comments, in any format: each has one permalink, which ends in the id."""
    found = re.findall(r"(?:<guid[^>]*>|<entry><id>|\"id\":\")urn:uuid:([0-9a-f-]{36})", answer.text)
    assert found
    return found


@pytest.mark.parametrize(("extension", "media_type"), FORMATS.items())
def test_a_site_s_comments_are_there_newest_first_in_every_format(talk, extension, media_type):
    answer = get(talk.site, f"comments.{extension}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)
    assert written_ids(answer) == [talk.other, talk.reply, talk.first]


@pytest.mark.parametrize("extension", FORMATS)
def test_an_article_s_comments_are_there_newest_first_in_every_format(talk, extension):
    answer = get(talk.site, f"articles/{talk.site.articles['bridge']}/comments.{extension}")
    assert written_ids(answer) == [talk.reply, talk.first]


@pytest.mark.parametrize("extension", FORMATS)
def test_an_article_without_comments_has_an_empty_document(talk, extension):
    answer = get(talk.site, f"articles/{talk.site.articles['quiet']}/comments.{extension}")
    assert answer.status_code == 200
    assert talk.held not in answer.text
    assert "<item>" not in answer.text
    assert "<entry>" not in answer.text
    assert extension != "json" or answer.json()["items"] == []


def test_an_item_says_who_wrote_what_where_and_in_answer_to_what(talk):
    reply = read(talk.site, article="bridge")["items"][0]
    assert reply["content_html"] == "<p>It did not, &amp; I was there.</p>"
    assert reply["url"] == f"https://news.example/bridge?a=1&b=2#comment-{talk.reply}"
    assert reply["_discuss"] == {"in_reply_to": f"urn:uuid:{talk.first}", "replies": 0}
    first = read(talk.site, article="bridge")["items"][1]
    assert first["authors"] == [{"name": "Анна Ёлкина"}]
    assert first["title"] == "Анна Ёлкина: The bridge <opens> & how"
    assert first["_discuss"] == {"in_reply_to": None, "replies": 1}
    assert first["date_published"] == first["date_modified"]


def test_a_document_says_whose_it_is_and_where_it_lies(talk):
    base = talk.site.stack.base_url
    whole, russian = read(talk.site), read(talk.site, "?lang=ru&limit=5")
    assert (whole["title"], whole["language"]) == (talk.site.slug, "en")
    assert whole["feed_url"] == f"{base}{talk.site.path}/comments.json"
    assert (russian["language"], russian["description"]) == ("ru", "Последние комментарии")
    assert russian["feed_url"] == f"{base}{talk.site.path}/comments.json?limit=5&lang=ru"
    article = read(talk.site, article="мост")
    assert article["title"] == f"Мост открыт — {talk.site.slug}"
    assert article["language"] == "ru"


def test_nothing_of_the_authors_is_told_but_the_name_they_show(talk):
    for extension in FORMATS:
        for path in ("comments", f"articles/{talk.site.articles['bridge']}/comments"):
            told = get(talk.site, f"{path}.{extension}").text
            assert talk.author.name in told
            assert talk.author.email not in told
            assert str(talk.author.id) not in told


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?limit=1", ["other"]),
        ("?limit=2", ["other", "reply"]),
        ("?lang=ru", ["other"]),
        ("?lang=en", ["reply", "first"]),
        ("?lang=en&limit=1", ["reply"]),
        ("?lang=de", []),
    ],
)
def test_fewer_and_those_of_one_language_can_be_asked_for(talk, query, found):
    assert ids(read(talk.site, query)) == [getattr(talk, name) for name in found]


@pytest.fixture
def busy(stack: Stack) -> SiteInUse:
    """A site whose comments come and go."""
    site = stack.site("busy", thresholds=ALL_PUBLISHED)
    site.article("one")
    return site


def wait_for_ids(site: SiteInUse, wanted: list[str]) -> None:
    wait_for(f"{wanted} in the site's document", lambda: ids(read(site)) == wanted)
    wait_for(f"{wanted} in the article's document", lambda: ids(read(site, article="one")) == wanted)


def test_what_its_author_deletes_is_gone(busy):
    author = busy.person()
    kept, gone = say(busy, author, "one", "This stays."), say(busy, author, "one", "This goes.")
    wait_for_ids(busy, [gone, kept])
    busy.stack.client.delete(f"{busy.path}/comments/{gone}", headers=author.headers).raise_for_status()
    wait_for_ids(busy, [kept])


def test_what_a_moderator_takes_away_is_gone_and_what_one_lets_in_is_there(busy):
    author, moderator = busy.person(), busy.person(Role.MODERATOR)
    made = busy.decided(author, busy.comment(author, busy.articles["one"], "Judge this.")["id"])
    for state, wanted in (("held", []), ("published", [made["id"]])):
        path = f"{busy.path}/revisions/{made['revision_id']}/decisions"
        busy.stack.client.post(path, json={"state": state}, headers=moderator.headers).raise_for_status()
        wait_for_ids(busy, wanted)


def test_an_edited_comment_shows_the_new_text_and_since_when_under_the_same_id(busy):
    author = busy.person()
    comment = say(busy, author, "one", "Before.")
    wait_for_ids(busy, [comment])
    path = f"{busy.path}/comments/{comment}"
    busy.stack.client.patch(path, json={"text": "After."}, headers=author.headers).raise_for_status()
    wait_for("the new text", lambda: read(busy)["items"][0]["content_html"] == "<p>After.</p>")
    item = read(busy)["items"][0]
    assert item["id"] == f"urn:uuid:{comment}"
    assert item["date_modified"] > item["date_published"]


def test_an_article_that_is_withdrawn_takes_its_comments_with_it(busy):
    author = busy.person()
    busy.article("two")
    kept, gone = say(busy, author, "one", "This stays."), say(busy, author, "two", "This goes.")
    wait_for("both", lambda: ids(read(busy)) == [gone, kept])
    assert ids(read(busy, article="two")) == [gone]
    busy.article("two", withdrawn=True)
    wait_for_ids(busy, [kept])
    path = f"articles/{busy.articles['two']}/comments.atom"
    problem(wait_for("its document to be gone", lambda: gone_at(busy, path)), 404, "article-not-found")


def gone_at(site: SiteInUse, path: str) -> httpx.Response | None:
    answer = get(site, path)
    return answer if answer.status_code == 404 else None


def test_an_article_that_is_not_out_yet_has_no_document(busy):
    busy.article("future", published_at="2150-01-01T00:00:00Z")
    problem(get(busy, f"articles/{busy.articles['future']}/comments.rss"), 404, "article-not-found")
    problem(get(busy, f"articles/{UNKNOWN}/comments.rss"), 404, "article-not-found")


@pytest.mark.parametrize("extension", FORMATS)
def test_any_page_may_read_it_and_caches_may_keep_it_for_a_minute(talk, extension):
    answer = get(talk.site, f"comments.{extension}", origin="https://news.example")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cache-control"] == (
        "public, max-age=60, s-maxage=60, stale-while-revalidate=300, stale-if-error=86400"
    )
    assert re.fullmatch(r'"[0-9a-f]+"', answer.headers["etag"])
    assert parsedate_to_datetime(answer.headers["last-modified"]) <= parsedate_to_datetime(
        answer.headers["date"]
    )


@pytest.mark.parametrize("extension", FORMATS)
def test_head_gives_the_headers_of_get_without_the_body(talk, extension):
    head = talk.site.stack.client.head(f"{talk.site.path}/comments.{extension}")
    same = get(talk.site, f"comments.{extension}")
    assert (head.status_code, head.content) == (200, b"")
    assert steady(head) == steady(same)


def steady(answer: httpx.Response) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name not in MOVING}


def shifted(date: str, seconds: int) -> str:
    return format_datetime(parsedate_to_datetime(date) + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize(
    ("tags", "seconds", "status"),
    [
        ("{etag}", None, 304),
        ('W/{etag}, "other"', None, 304),
        ("*", None, 304),
        ('"other"', None, 200),
        (None, 0, 304),
        (None, 3600, 200),
        (None, -1, 200),
        ('"other"', 3600, 200),
        ("{etag}", -3600, 304),
    ],
)
def test_who_has_the_newest_bytes_gets_304_and_a_tag_counts_for_more_than_a_date(talk, tags, seconds, status):
    known = get(talk.site, "comments.atom").headers
    asked = {} if tags is None else {"if_none_match": tags.format(etag=known["etag"])}
    if seconds is not None:
        asked["if_modified_since"] = shifted(known["last-modified"], seconds)
    answer = get(talk.site, "comments.atom", **asked)
    assert answer.status_code == status
    assert bool(answer.content) is (status == 200)
    for name in ("etag", "last-modified", "cache-control", "access-control-allow-origin"):
        assert answer.headers[name] == known[name]


@pytest.mark.parametrize("date", ["", "yesterday", "0", "Sun, 99 Nov 2026 99:99:99 GMT", "9" * 400])
def test_a_date_that_is_none_is_not_looked_at(talk, date):
    assert get(talk.site, "comments.rss", if_modified_since=date).status_code == 200


def test_a_date_without_a_zone_is_read_as_universal_time(talk):
    known = get(talk.site, "comments.rss").headers["last-modified"]
    assert get(talk.site, "comments.rss", if_modified_since=known.replace("GMT", "-0000")).status_code == 304


def test_both_validators_change_when_a_comment_is_taken_away(busy):
    """Even though everything that is left was there before."""
    author = busy.person()
    older, newer = say(busy, author, "one", "The older one."), say(busy, author, "one", "The newer one.")
    wait_for_ids(busy, [newer, older])
    known = get(busy, "comments.atom").headers
    busy.stack.client.delete(f"{busy.path}/comments/{older}", headers=author.headers).raise_for_status()
    wait_for("another tag", lambda: get(busy, "comments.atom").headers["etag"] != known["etag"])
    answer = get(busy, "comments.atom", if_modified_since=known["last-modified"])
    assert (answer.status_code, written_ids(answer)) == (200, [newer])


def test_credentials_are_neither_needed_nor_looked_at(talk):
    plain = get(talk.site, "comments.atom")
    for headers in ({"authorization": "Bearer nonsense"}, {"cookie": "discuss=nonsense"}):
        assert get(talk.site, "comments.atom", **headers).content == plain.content
