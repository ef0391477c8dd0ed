"""How the feed is polled: validators, cache headers, and two code paths that give the same answer."""

import httpx
import pytest

from tests.e2e.asking import PROBLEM, problem
from tests.stack import SiteInUse, Stack, wait_for

LONG = "?utm_source=elsewhere"
MOVING = {"date", "server", "connection"}
CACHES = "public, max-age=1, s-maxage=1, stale-while-revalidate=30, stale-if-error=86400"


@pytest.fixture(scope="module")
def site(stack: Stack) -> SiteInUse:
    """A site at rest, so that answers can be compared."""
    site = stack.site("polled")
    site.article("one", title="“Ёлки” — <em>title</em>")
    site.article("two")
    site.built(2)
    return site


def poll(site: SiteInUse, query: str = "", method: str = "GET", **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return site.stack.client.request(method, f"{site.path}/feed{query}", headers=named)


def plain(answer: httpx.Response) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name not in MOVING}


def test_any_page_may_read_it_and_caches_may_keep_it(site):
    answer = poll(site, origin="https://news.example")
    assert plain(answer) == {
        "content-type": "application/json",
        "content-encoding": "br",
        "content-length": answer.headers["content-length"],
        "etag": answer.headers["etag"],
        "vary": "accept-encoding",
        "cache-control": CACHES,
        "access-control-allow-origin": "*",
    }


@pytest.mark.parametrize("path", ["feed", f"feed{LONG}", "feed.html", "counts?url=a", "counts?url=a&n=1"])
def test_an_answer_without_bytes_says_what_caches_and_pages_must_know_of_them(site, path):
    """A cache takes the headers of a 304 for those of the answer that it holds."""
    whole = site.stack.client.get(f"{site.path}/{path}")
    unchanged = site.stack.client.get(f"{site.path}/{path}", headers={"if-none-match": whole.headers["etag"]})
    assert (whole.status_code, unchanged.status_code) == (200, 304)
    for answer in (whole, unchanged):
        assert answer.headers["etag"] == whole.headers["etag"]
        assert answer.headers["vary"] == "accept-encoding"
        assert answer.headers["cache-control"] == CACHES + (", no-transform" if path == "feed.html" else "")
        assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("{site}/feed?limit=0", 422),
        ("{site}/feed?cursor=none", 422),
        ("{site}/feed.html?lang=?", 422),
        ("{site}/counts", 422),
        ("{site}/comments.atom?limit=many", 422),
        ("{site}/articles/01890000-0000-7000-8000-000000000000/comments.rss", 404),
        ("/api/v1/sites/nowhere/feed", 404),
        ("/api/v1/sites/nowhere/feed/stream", 404),
        ("/api/v1/sites/nowhere/counts?url=a", 404),
    ],
)
def test_any_page_may_read_what_was_wrong_and_when_to_come_again(site, address, status):
    answer = site.stack.client.get(address.format(site=site.path), headers={"origin": "https://news.example"})
    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["access-control-expose-headers"] == "retry-after"


def test_problems_of_what_is_not_public_are_for_pages_of_this_origin(site):
    answer = site.stack.client.get(f"{site.path}/rules", headers={"origin": "https://news.example"})
    assert (answer.status_code, answer.headers["content-type"]) == (401, PROBLEM)
    assert "access-control-allow-origin" not in answer.headers


def test_the_hot_path_and_the_route_give_the_same_answer(site):
    """An unknown parameter is ignored, but keeps the poll off the hot path."""
    etag = poll(site).headers["etag"]
    for headers in ({}, {"if_none_match": etag}, {"if_none_match": '"other"'}):
        hot, long = poll(site, **headers), poll(site, LONG, **headers)
        assert (hot.status_code, hot.content, plain(hot)) == (long.status_code, long.content, plain(long))


@pytest.mark.parametrize("query", ["", "?limit=2", LONG])
@pytest.mark.parametrize(
    ("template", "status"),
    [
        ("{etag}", 304),
        ("W/{etag}", 304),
        ("*", 304),
        ('"a", W/"b", {etag}', 304),
        ('{etag},"a"', 304),
        ('"a"', 200),
        ('W/"a"', 200),
        ("", 200),
        ("{bare}", 200),
        (',,;;"', 200),
        ("x" * 4000, 200),
        ("\u00ff\u00fe", 200),
    ],
)
def test_a_poll_that_holds_the_newest_bytes_gets_304_and_any_other_gets_them(site, query, template, status):
    etag = poll(site, query).headers["etag"]
    tags = template.format(etag=etag, bare=etag.strip('"'))
    answer = site.stack.client.get(
        f"{site.path}/feed{query}", headers={"if-none-match": tags.encode("latin-1")}
    )
    assert answer.status_code == status
    assert bool(answer.content) is (status == 200)
    assert answer.headers["etag"] == etag
    assert answer.headers["cache-control"].startswith("public")


def test_tags_in_several_header_lines_count_as_one_list(site):
    etag = poll(site).headers["etag"]
    for query in ("", LONG):
        answer = site.stack.client.get(
            f"{site.path}/feed{query}", headers=[("if-none-match", '"a"'), ("if-none-match", etag)]
        )
        assert answer.status_code == 304


def test_the_tag_changes_with_the_bytes(stack):
    site = stack.site("tagged")
    site.article("one", title="Before")
    site.built(1)
    before = poll(site).headers["etag"]
    site.article("one", title="After")
    wait_for("another tag", lambda: poll(site).headers["etag"] != before)
    assert "After" in poll(site).text


@pytest.mark.parametrize("query", ["", LONG])
def test_head_gives_the_headers_of_get_without_the_body(site, query):
    get, head = poll(site, query), poll(site, query, "HEAD")
    assert (head.status_code, head.content) == (200, b"")
    assert plain(head) == plain(get)
    assert poll(site, query, "HEAD", if_none_match=get.headers["etag"]).status_code == 304


def test_head_of_a_feed_that_is_not_there_is_a_problem_without_a_body(stack):
    answer = stack.client.head("/api/v1/sites/no-such-site/feed")
    assert (answer.status_code, answer.content) == (404, b"")
    problem(stack.client.get("/api/v1/sites/no-such-site/feed"), 404, "site-not-found")


def test_credentials_are_neither_needed_nor_looked_at(site):
    """A sidebar must not break because somebody's session did."""
    plain_answer = poll(site)
    for query in ("", LONG):
        for headers in ({"authorization": "Bearer nonsense"}, {"cookie": "discuss=nonsense"}):
            assert poll(site, query, **headers).content == plain_answer.content


def test_a_new_site_has_an_empty_feed_at_once(stack):
    site = stack.site("empty")
    assert site.feed() == []
