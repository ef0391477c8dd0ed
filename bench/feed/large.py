"""The same with very many articles: whether it is as fast, and for as many queries."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import httpx

from bench.feed import yardsticks
from bench.feed.comparing import Announce, Comparison
from bench.feed.counters import TRIES, Cost, cost
from bench.feed.house import House
from bench.feed.reads import OK, SAME, raw_beside
from bench.feed.wrk import Address

_ASKED = 2000
"""Requests for each count of queries: one more sweep in one of its windows adds only some hundredths of a command to each."""


def comparisons(small: House, large: House, articles: int, undo: ExitStack) -> Iterator[Comparison]:
    answer = yardsticks.ask(large.feed)
    raw = raw_beside(large, undo, answer.plain)
    yield Comparison("feed-large", f"feed, 200, {articles:,} articles", Address(large.feed), raw, SAME)
    yield Comparison(
        "thread-large", "a page of the thread of 10,000 comments", Address(large.thread), Address(small.thread),
        "a page of the thread of 100, in the small database",
    )  # fmt: skip


def queries(small: House, large: House, announce: Announce) -> dict[str, Any]:
    """Commands and transactions per request, in both cases; an address that does not answer is left out."""
    found = {}
    for name in ("feed", "counts", "thread"):
        both = {"small": getattr(small, name), "large": getattr(large, name)}
        if all(httpx.get(url, timeout=20).status_code == OK for url in both.values()):
            announce(f"counting the queries of: {name}")
            found[name] = _compared((small, both["small"]), (large, both["large"]))
    return found


def _compared(*cases: tuple[House, str]) -> dict[str, Any]:
    for _ in range(TRIES):
        small, large = (_queries(house, url) for house, url in cases)
        if small.agrees(large):
            break
    return {"small": small.as_json(), "large": large.as_json(), "same": small.agrees(large)}


def _queries(house: House, url: str) -> Cost:
    httpx.get(url, timeout=20).raise_for_status()  # the first request is looked up in the stores
    return cost(house.stack, lambda: _ask(url))


def _ask(url: str) -> int:
    with httpx.Client(timeout=20) as client:
        for _ in range(_ASKED):
            client.get(url).raise_for_status()
    return _ASKED
