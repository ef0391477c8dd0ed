"""The beacon as pages of other origins send it."""

import httpx
import pytest

from discuss.usecases.flush_views import flush_views
from tests.e2e.asking import UNKNOWN
from tests.stack import TLS, SiteInUse, Stack, wait_for

BODIES = [
    ("empty", b"", None),
    ("a beacon's text", b"look", "text/plain;charset=UTF-8"),
    ("a form", b"a=b", "application/x-www-form-urlencoded"),
    ("JSON that is none", b"{", "application/json"),
    ("bytes", b"\xff\0\xfe", "application/octet-stream"),
    ("one kilobyte", b"a" * 1024, "text/plain"),
]


@pytest.fixture(scope="module")
def site(stack: Stack) -> SiteInUse:
    return stack.site("viewed")


@pytest.fixture
def article(site: SiteInUse) -> str:
    return site.article(f"n{len(site.articles)}")


def beacon(site: SiteInUse, article: str, **sent: object) -> httpx.Response:
    # A client of its own: it has no cookies.
    return httpx.post(f"{site.stack.base_url}{site.path}/articles/{article}/views", verify=TLS, **sent)


def views(site: SiteInUse, article: str) -> int:
    """The views in PostgreSQL, after the flush that the worker does once a minute."""
    site.stack.use(flush_views)
    return site.stack.client.get(f"{site.path}/articles/{article}").json()["views"]


@pytest.mark.parametrize(("body", "kind"), [row[1:] for row in BODIES], ids=[row[0] for row in BODIES])
def test_any_small_body_of_any_kind_is_taken(site, article, body, kind):
    answer = beacon(site, article, content=body, headers={"content-type": kind} if kind else {})
    assert (answer.status_code, answer.content) == (204, b"")


def test_a_body_that_grows_without_saying_so_is_refused(site, article):
    assert beacon(site, article, content=iter([b"a" * 1000, b"b" * 1000])).status_code == 413


def test_readers_are_counted_once_and_robots_never(site, article):
    agents = ["Firefox/1", "Firefox/1", "Firefox/2", "Googlebot/2.1"]
    site.built(len(site.articles))
    assert [beacon(site, article, headers={"user-agent": agent}).status_code for agent in agents] == [204] * 4
    wait_for("both readers", lambda: views(site, article) == 2)


def test_pages_of_other_origins_may_send_it_and_no_cookie_is_looked_at(site, article):
    headers = {
        "origin": "https://elsewhere.example", "sec-fetch-site": "cross-site", "cookie": "discuss=dsc_over-long-ago",
        "authorization": "Bearer dst_unknown",
    }  # fmt: skip
    answer = beacon(site, article, headers=headers)
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (204, "*")
    assert "set-cookie" not in answer.headers


def test_what_is_told_of_an_article_that_does_not_exist_is_heard_and_dropped(site):
    assert beacon(site, UNKNOWN).status_code == 204
    site.stack.use(flush_views)
    assert site.stack.client.get(f"{site.path}/articles/{UNKNOWN}").status_code == 404
