"""What a stranger makes up is not remembered: no cache grows with long questions that are asked once."""

import gc
import tracemalloc
from collections.abc import Callable
from functools import _lru_cache_wrapper
from typing import Annotated, Any, cast
from urllib.parse import urlencode

import pytest
from litestar import Litestar, Request, post
from litestar.params import FromPath, QueryParameter

from discuss.feed.answers import Query
from discuss.feed.counts import Counts, render
from discuss.feed.reading import Delta
from discuss.feed.snapshot import Snapshot
from discuss.feed.snapshots import MOST_ANSWERS, Snapshots
from discuss.feed.window import Window
from discuss.http import codings
from discuss.http.front import Front
from discuss.http.polls import counted_urls, feed_query
from discuss.http.sending import MOST_WISHES, messages

ASKED = 200
LONG = "x" * 50_000
SOME_BYTES = 1_000_000
"""Far less than everything that was asked, and far more than a process needs otherwise."""

EMPTY = Delta("epoch", 0, 0, None, True, True, [], {})


@pytest.fixture
def counts() -> Counts:
    following = Counts()
    following.hear("site", Window(EMPTY), EMPTY)
    return following


def long_tag(number: int) -> None:
    feed_query(f"tag={number}{LONG}".encode())


def long_address(number: int) -> None:
    counted_urls(f"url={number}{LONG}".encode())


def long_coding(number: int) -> None:
    codings.choose(f"{number}{LONG}".encode())


def held_by(ask: Callable[[int], object]) -> int:
    """Bytes that remain in memory after many questions."""
    tracemalloc.start()
    try:
        for number in range(ASKED):
            ask(number)
        return tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("ask", [long_tag, long_address, long_coding])
def test_long_questions_leave_nothing_behind(ask: Callable[[int], object]) -> None:
    assert held_by(ask) < SOME_BYTES


def test_long_counts_are_not_kept(counts: Counts) -> None:
    def keep(number: int) -> None:
        urls = tuple(f"{number}{place}{LONG[:1900]}" for place in range(25))
        counts.keep("site", urls, render("site", urls, {}), {}, counts.changes("site"))

    assert held_by(keep) < SOME_BYTES


def test_of_counts_that_ever_others_ask_for_those_asked_for_last_stay_known() -> None:
    counts = Counts(room=SOME_BYTES)
    counts.hear("site", Window(EMPTY), EMPTY)
    front, made_up = ("https://news.example.org/",), [(str(number),) for number in range(200)]
    asked = [front, *made_up[:195], front, *made_up[195:]]
    for urls in asked:
        counts.keep("site", urls, render("site", urls, {}), {}, counts.changes("site"))
        counts.hear("site", Window(EMPTY), EMPTY)
    known = [urls for urls in asked[1:] if counts.find_last("site", urls) is not None]
    assert 10 < len(known) < 100
    assert known == asked[-len(known) :]


@pytest.mark.parametrize("sites", [1, 30])
@pytest.mark.parametrize("changing", [False, True])
def test_counts_of_all_sites_together_take_no_more_than_the_room_they_have(
    sites: int, changing: bool
) -> None:
    counts = Counts(room=SOME_BYTES)
    for site in range(sites):
        counts.hear(str(site), Window(EMPTY), EMPTY)

    def keep(number: int) -> None:
        slug, urls = str(number % sites), tuple(f"{number}/{place}{LONG[:100]}" for place in range(50))
        about = {url: [f"{number} {place}" for place in range(2)] for url in urls}
        snapshot = render(slug, urls, {})
        counts.keep(slug, urls, snapshot, about, counts.changes(slug))
        for wish in range(MOST_WISHES):
            coding = f"{number} {wish} {LONG[:200]}, {['br', 'zstd', 'gzip', 'identity'][wish % 4]}"
            messages({"headers": [(b"accept-encoding", coding.encode())]}, snapshot)
        if changing:
            counts.hear(slug, Window(EMPTY), EMPTY)

    assert held_by(keep) < 2 * SOME_BYTES


@pytest.mark.parametrize("sites", [1, 3])
def test_counts_for_which_there_is_no_room_any_more_are_not_answered(sites: int) -> None:
    counts = Counts(room=SOME_BYTES)
    for site in range(sites):
        counts.hear(str(site), Window(EMPTY), EMPTY)
    asked = [(str(number % sites), (f"{number}",)) for number in range(ASKED)]
    for slug, urls in asked:
        counts.keep(slug, urls, render(slug, urls, {}), {urls[0]: ["article"]}, counts.changes(slug))
    answered = [counts.find(slug, urls) is not None for slug, urls in asked]
    assert answered == [counts.find_last(slug, urls) is not None for slug, urls in asked]
    assert answered == sorted(answered)
    assert 10 < sum(answered) < 100


def test_polls_that_are_written_in_ever_other_words_are_not_all_kept() -> None:
    snapshots = Snapshots(cast("Any", None), cast("Any", None))  # neither Redis nor a disk is asked
    for number in range(3 * MOST_ANSWERS):
        snapshots.keep_poll(("/api/v1/sites/site/feed", b"tag=%d" % number), Snapshot(b"{}", "digest"))
    assert len(snapshots.polls) <= MOST_ANSWERS


def test_long_questions_are_answered_all_the_same() -> None:
    urls = tuple(f"https://news.example.org/{place}/{LONG[:400]}" for place in range(30))
    assert counted_urls("&".join(f"url={url}" for url in urls).encode()) == urls
    assert codings.choose(b"made-up, " * 100 + b"br") == "br"


def test_addresses_that_no_article_can_have_are_asked_for_as_they_are() -> None:
    odd = ("", "nowhere", "https://news.example.org/\0", "https://news.example.org/\u200b", LONG)
    assert counted_urls(urlencode([("url", url) for url in odd]).encode()) == odd


def test_the_longest_tag_a_poll_may_ask_for_is_no_long_question() -> None:
    assert feed_query(b"limit=50&lang=ru&tag=" + b"%F0%9F%98%80" * 60) == Query(
        50, "ru", "\N{GRINNING FACE}" * 60
    )


@post("/of/{name:str}")
async def read_all(request: Request, name: FromPath[str], a: Annotated[str, QueryParameter()] = "") -> int:
    assert request.url.path
    return len(request.query_params) + len(request.cookies) + len(await request.form()) + len(name) + len(a)


async def ask(front: Front, query: bytes, cookie: bytes, form: bytes, name: str) -> int:
    """Uses no HTTP client, because what it remembers would be counted too."""
    sent: list[Any] = []
    headers = [(b"cookie", cookie), (b"content-type", b"application/x-www-form-urlencoded")]
    path = f"/of/{name}"
    scope: Any = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
        "path": path, "raw_path": path.encode(), "root_path": "", "query_string": query, "headers": headers,
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 2), "extensions": {},
    }  # fmt: skip

    async def receive() -> Any:
        return {"type": "http.request", "body": form, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await front.answer(scope, receive, send)
    return int(sent[0]["status"])


async def held_by_the_framework(asked: int, place: int, make: Callable[[int], bytes]) -> int:
    """Bytes that remain in memory after many requests, one part of which is made up."""
    front = Front(Litestar([read_all]))
    tracemalloc.start()
    try:
        for number in range(asked):
            parts = [b"a=b"] * 4
            parts[place] = make(number)
            query, cookie, form, name = parts
            assert await ask(front, query, cookie, form, name.decode()) == 201
        return tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()


QUERY, COOKIE, FORM, PATH = range(4)


@pytest.mark.parametrize("place", [QUERY, COOKIE, FORM], ids=["query", "cookie", "form"])
async def test_the_framework_remembers_nothing_long(place: int) -> None:
    assert (
        await held_by_the_framework(ASKED, place, lambda number: f"{number}={LONG[:31_000]}".encode())
        < 3 * SOME_BYTES
    )


@pytest.mark.parametrize(("place", "between"), [(QUERY, "&"), (COOKIE, ";")], ids=["query", "cookie"])
async def test_the_framework_remembers_little_that_is_short_and_has_many_parts(
    place: int, between: str
) -> None:
    def parts(number: int) -> bytes:
        return between.join(f"{number}-{part}=1" for part in range(200)).encode()

    assert await held_by_the_framework(ASKED, place, parts) < 3 * SOME_BYTES


async def test_the_framework_remembers_few_paths() -> None:
    long = "\N{GRINNING FACE}" + "x" * 2000
    assert (
        await held_by_the_framework(2 * ASKED, PATH, lambda number: f"{number}{long}".encode())
        < 3 * SOME_BYTES
    )


FORGOTTEN = {
    "ASGIRouter._handle_routing", "URL._new", "URL.from_components", "create_query_default_dict", "parse_cookie_string",
    "parse_path_params", "parse_query_string", "parse_url_encoded_form_data",
}  # fmt: skip
OF_OUR_OWN = {"normalize_headers"}
"""Caches whose arguments come from our code, not from requests."""


def test_there_is_nothing_else_that_the_framework_remembers() -> None:
    kept = [each for each in gc.get_objects() if isinstance(each, _lru_cache_wrapper)]
    names = {each.__qualname__ for each in kept if each.__module__.startswith("litestar")}
    assert names - OF_OUR_OWN == FORGOTTEN
