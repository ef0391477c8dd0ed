"""One run of the feed bench: sets everything up, measures part after part, and takes it all down."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import httpx

from bench.feed import bars, children, large, under_writing, wrk
from bench.feed.comparing import Announce, Comparison, measure
from bench.feed.counters import TRIES, cost
from bench.feed.filling import Plan
from bench.feed.house import LONG, House, house
from bench.feed.order import Found, Order
from bench.feed.propagation import Scene, propagation
from bench.feed.reads import OK, Reads, bytes_of
from bench.feed.spending import spending
from bench.feed.under_writing import written
from bench.processes import Failed

_LONGER = 3
"""How many samples a window of counting lasts: what goes on anyway comes in bursts of a second, and must not fall into only one of two windows."""


def run(order: Order, announce: Announce) -> Found:
    with ExitStack() as undo:
        return _Run(order, announce, undo).found()


class _Run:
    def __init__(self, order: Order, announce: Announce, undo: ExitStack) -> None:
        self._order, self._announce, self._undo = order, announce, undo
        self._notes: list[str] = []
        announce("filling the small database")
        self._small = undo.enter_context(house(Plan(long=LONG, held=order.decisions)))
        self._written = undo.enter_context(written()) if "writing" in order.parts else None
        self._large = self._large_house() if "large" in order.parts else None

    def found(self) -> Found:
        measured, broken = measure([*self._comparisons()], self._order.effort, self._announce)
        self._notes += broken
        return Found(
            measured=measured, writers=self._written.reports if self._written else [],
            spending=self._if_asked("writing", self._spending),
            steady=self._if_asked("steady", self._steady), queries=self._if_asked("large", self._queries),
            propagation=self._if_asked("propagation", self._propagation), memory=self._memory(),
            body_bytes=len(bytes_of(self._small).full.body), notes=self._notes,
        )  # fmt: skip

    def _if_asked(self, part: str, work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """A part that breaks down does not take the others with it."""
        try:
            return work() if part in self._order.parts else {}
        except (Failed, httpx.HTTPError, OSError) as error:
            self._notes.append(f"{part} broke down and was not measured: {error}")
            return {}

    def _large_house(self) -> House | None:
        """None, with a note, if the feed of so many articles cannot be had: the rest is measured all the same."""
        self._announce(
            f"filling the large database: {self._order.articles:,} articles, and building its feed"
        )
        plan = Plan(archive=self._order.articles - Plan().articles, long=bars.LONG_THREAD)
        try:
            return self._undo.enter_context(house(plan))
        except Failed as failed:
            self._notes.append(f"Nothing was measured with {self._order.articles:,} articles: {failed}")
            return None

    def _comparisons(self) -> Iterator[Comparison]:
        if not wrk.installed():
            self._notes.append("wrk is not installed: no rate was measured. On Debian: apt install wrk")
            return
        reads, parts = Reads(self._small, self._undo, self._notes), self._order.parts
        if "reads" in parts:
            yield from (*reads.yardsticks(), *reads.feed(), *reads.two_processes())
        if "counts" in parts:
            yield from reads.counts()
        if self._written:
            yield from under_writing.comparisons(self._written, self._undo)
        if self._large:
            yield from large.comparisons(self._small, self._large, self._order.articles, self._undo)

    def _steady(self) -> dict[str, Any]:
        """Nobody writes, so what the stores hear apart from the polls they would hear without them."""
        if not wrk.installed():
            return {}
        addresses = {
            "feed-200": wrk.Address(self._small.feed),
            "feed-304": bytes_of(self._small).conditional(self._small.feed),
        }
        if httpx.get(self._small.counts, timeout=20).status_code == OK:
            addresses["counts"] = wrk.Address(self._small.counts)
        return {name: self._cost(name, address) for name, address in addresses.items()}

    def _cost(self, name: str, address: wrk.Address) -> dict[str, Any]:
        self._announce(f"what the stores count: {name}")
        # Each process looks up its first request in the stores: the steady state begins after that.
        wrk.run(address, 1)
        seconds = _LONGER * self._order.effort.seconds
        for _ in range(TRIES):
            found = cost(self._small.stack, lambda: wrk.run(address, seconds).requests)
            if found.is_free:
                break
        return found.as_json()

    def _spending(self) -> dict[str, Any]:
        if not self._written:
            return {}
        self._announce("what a comment costs")
        return spending(self._written)

    def _propagation(self) -> dict[str, Any]:
        """The only part that changes the small case, so it comes last."""
        small = self._small
        with small.stack.api(children.free_port()) as other:
            bases, moderator = (other.base, small.api.base), small.filled.people.moderator
            return propagation(Scene(small.stack, bases, moderator, small.filled.held), self._announce)

    def _queries(self) -> dict[str, Any]:
        return large.queries(self._small, self._large, self._announce) if self._large else {}

    def _memory(self) -> dict[str, list[float]]:
        """Measured after everything else. The first figure of an API is that of the process that starts the others."""
        found = {
            "api": children.memory_mb(self._small.api.pid),
            "worker": children.memory_mb(self._small.worker),
        }
        if self._written:
            found["api_written"] = children.memory_mb(self._written.house.api.pid)
            found["worker_written"] = children.memory_mb(self._written.house.worker)
        if self._large:
            found["api_large"] = children.memory_mb(self._large.api.pid)
            found["worker_large"] = children.memory_mb(self._large.worker)
        return found
