"""A stack with a site in it, its API and its worker, ready to be measured."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

import httpx

from bench.feed import children, counters
from bench.feed.filling import SLUG, Filled, Plan, fill
from bench.feed.stack import Api, Stack, stores

ROWS, URLS, PAGE = 15, 20, 50
LONG = 100
"""Additional comments on the first article of the small case, so that its thread fills a page as well."""

_BUILDING, _CALM = 1800.0, 60


@dataclass(frozen=True, slots=True)
class House:
    """A stack with a site in it. `api` is measured; others may be started next to it."""

    stack: Stack
    filled: Filled
    api: Api
    worker: int

    @property
    def feed(self) -> str:
        return f"{self.api.base}{feed_path()}"

    @property
    def counts(self) -> str:
        return f"{self.api.base}{counts_path(self.filled)}"

    @property
    def thread(self) -> str:
        return f"{self.api.base}{site_path()}/articles/{self.filled.articles[0]}/comments?limit={PAGE}"


def site_path() -> str:
    return f"/api/v1/sites/{SLUG}"


def feed_path() -> str:
    return f"{site_path()}/feed"


def counts_path(filled: Filled) -> str:
    return f"{site_path()}/counts?{urlencode([('url', url) for url in filled.urls[:URLS]])}"


@contextmanager
def house(plan: Plan) -> Iterator[House]:
    with stores() as stack:
        filled = fill(stack, plan)
        with stack.worker() as worker, stack.api(children.free_port()) as api:
            found = House(stack, filled, api, worker)
            children.wait_for("the feed to be built", lambda: _built(found), _BUILDING)
            yield found


def _built(found: House) -> bool:
    """Whether the first page is there, and Redis hears only the looks and sweeps of two processes that wait."""
    try:
        answer = httpx.get(found.feed, timeout=20).raise_for_status()
    except httpx.HTTPError:
        return False
    if len(answer.json()["articles"]) < ROWS:
        return False
    before = counters.redis_commands(found.stack)
    time.sleep(1)
    return counters.redis_commands(found.stack) - before < _CALM
