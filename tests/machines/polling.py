"""Clients of the sidebar: one that polls with `since`, and one that turns pages."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from discuss.domain import cursors
from discuss.domain.instants import from_micros, to_micros
from discuss.feed.answers import Query, answer, makeshift, page
from discuss.feed.facts import place, rows
from discuss.feed.window import Window
from tests.machines.immediate import now
from tests.machines.model import SITE, Paper

Told = dict[str, Any]


def from_store(paper: Paper, window: Window, query: Query) -> Told:
    """What `read_feed` answers beyond the window: the truth, with the point of the window."""
    told = paper.once(query._replace(since=None), lambda: _from_store(paper, query))
    return told | {"point": f"{window.epoch}.{window.seq}"}


def _from_store(paper: Paper, query: Query) -> Told:
    position = None if query.after is None else (from_micros(query.after[0]), UUID(query.after[1]))
    found = paper.articles(position, query.limit + 1, query.language, query.tag)
    placed = [place(article, 0, anti_bump=paper.anti_bump) for article in found]
    return body(page(SITE.slug, "", rows(placed, joint=paper.joint), query, {}).body)


def body(sent: bytes) -> Told:
    told: Told = msgspec.json.decode(sent)
    for article in told["articles"]:
        for counted in (article, *article.get("editions", [])):
            del counted["views"]
    return told


async def ask(paper: Paper, window: Window, query: Query) -> Told:
    found = answer(SITE.slug, window, query)
    return from_store(paper, window, query) if found is None else body(found.body)


def held(window: Window) -> list[Told]:
    """Everything a window knows, down to its edge."""
    articles: list[Told] = body(makeshift(SITE.slug, window, Query(50), []).body)["articles"]
    return articles


class Follower:
    """Follows the documentation: drops what left, adds what came, sorts, and cuts."""

    def __init__(self, query: Query) -> None:
        self._query = query
        self._point: str | None = None
        self._held: list[Told] = []

    async def poll(self, ask: Callable[[Query], Awaitable[Told]]) -> None:
        self._take(await ask(self._query._replace(since=self._point)))

    def _take(self, told: Told) -> None:
        if told["full"]:
            self._held = told["articles"]
        else:
            come = {article["id"] for article in told["articles"]}
            stay = [a for a in self._held if a["id"] not in come and a["id"] not in told["left"]]
            # Of two rows active at the same instant, this puts first the one that the server puts last.
            merged = sorted(sorted([*told["articles"], *stay], key=_key), key=_at, reverse=True)
            self._held = merged[: self._query.limit]
        self._point = told["point"]

    def must_hold(self, articles: list[Told]) -> None:
        assert sorted(self._held, key=_key) == sorted(articles, key=_key)
        assert [_at(a) for a in self._held] == [_at(a) for a in articles]


class Client(Follower):
    """Holds exactly what a full answer says at any time, unless it knows more than the window it asks.

    A window that has not come as far as one it has already met tells it nothing.
    """

    def __init__(self, query: Query) -> None:
        super().__init__(query)
        self._knows = ("", 0)
        self._ahead = False

    def look(self, paper: Paper, window: Window) -> None:
        here = (window.epoch, window.seq)
        found = answer(SITE.slug, window, self._query._replace(since=self._point))
        told = from_store(paper, window, self._query) if found is None else body(found.body)
        assert here >= self._knows or told == _nothing(self._point)
        if told["full"]:
            self._ahead = found is None
        self._knows = max(self._knows, here)
        self._take(told)
        if not self._ahead and self._knows == here:
            self._compare(window)

    def _compare(self, window: Window) -> None:
        full = answer(SITE.slug, window, self._query)
        if full is not None:
            self.must_hold(body(full.body)["articles"])


def _nothing(point: str | None) -> Told:
    return {"site": SITE.slug, "point": point, "full": False, "articles": [], "left": []}


def _key(article: Told) -> str:
    return str(article["id"])


def _at(article: Told) -> datetime:
    return datetime.fromisoformat(article["last_activity_at"])


Places = dict[str, tuple[int, str]]


class Walk:
    """Turns pages while the feed goes on. Rows that did not move are met exactly once."""

    def __init__(self, query: Query) -> None:
        self._query = query
        self._met: list[str] = []
        self._steady: Places | None = None
        self.over = False

    def turn(self, paper: Paper, window: Window) -> None:
        self._watch(paper, window)
        told = now(ask(paper, window, self._query))
        self._met += [a["id"] for a in told["articles"]]
        if told["next"] is None:
            self.over = True
            assert [i for i in self._steady or {} if self._met.count(i) != 1] == []
        else:
            at, row = cursors.decode(told["next"])
            self._query = self._query._replace(after=(to_micros(at), str(row)))

    def _watch(self, paper: Paper, window: Window) -> None:
        """A row has not moved as long as the truth and the window both put it, at each page, where it was."""
        true = {
            line.told["id"]: (to_micros(line.at), str(line.row))
            for line in paper.lines(self._query.language, self._query.tag)
        }
        seen = {
            row.edition(self._query.language).id: row.position
            for row in window.below(None)
            if row.has(self._query.language, self._query.tag)
        }
        edge = window.edge
        both = {
            i: p
            for i, p in true.items()
            if seen.get(i) == p or (edge is not None and p <= edge and i not in seen)
        }
        before = both if self._steady is None else self._steady
        self._steady = {i: p for i, p in both.items() if before.get(i) == p}


async def whole(turning: Callable[[Query], Awaitable[Told]], limit: int) -> list[Told]:
    """All pages, one after the other."""
    met, query = [], Query(limit)
    while True:
        told = await turning(query)
        met += told["articles"]
        if told["next"] is None:
            return met
        at, row = cursors.decode(told["next"])
        query = query._replace(after=(to_micros(at), str(row)))
