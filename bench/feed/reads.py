"""The comparisons of the small case: yardsticks, the feed, the batch counts. Nobody writes there."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial

from bench.feed import children, wrk, yardsticks
from bench.feed.bars import COUNTS, FULL, NOT_MODIFIED
from bench.feed.comparing import Comparison
from bench.feed.house import URLS, House, counts_path, feed_path
from bench.feed.wrk import Address
from bench.feed.yardsticks import Answer

SAME = "raw ASGI, same bytes"
OK = 200
BROWSER = {"Accept-Encoding": "gzip, deflate, br, zstd"}
NGINX = "nginx"
_WARM = 2.0
_TURNS, _TURNS_IF_CLOSE = 3, 5
"""Samples of each side that are put together where a single one says little, and where the bar is close."""


@dataclass(frozen=True, slots=True)
class Bytes:
    """What the feed answers without a condition, and to the validator it gave before."""

    full: Answer
    unchanged: Answer

    def conditional(self, url: str) -> Address:
        """Asks for the bytes only if they have changed. A 304 has less than half as many, so with more it was none."""
        return Address(url, {"If-None-Match": self.full.header("etag")}, at_most=len(self.full.body) / 2)


def bytes_of(house: House) -> Bytes:
    full = yardsticks.ask(house.feed)
    return Bytes(full, yardsticks.ask(house.feed, {"if-none-match": full.header("etag")}))


def raw_beside(
    house: House, undo: ExitStack, answer: Answer, path: str | None = None, processes: int = 1
) -> Address:
    """The raw application with that answer, at the same path as ours."""
    return Address(
        undo.enter_context(yardsticks.raw(house.stack.home, answer, processes)) + (path or feed_path())
    )


class Reads:
    """Starts yardsticks as the comparisons need them; `undo` ends them. `notes` says what could not be compared."""

    def __init__(self, house: House, undo: ExitStack, notes: list[str]) -> None:
        self._house, self._undo, self._notes = house, undo, notes
        self._bytes = bytes_of(house)
        self._ours = Address(house.feed)
        self._ours_304 = self._bytes.conditional(house.feed)
        self._raw = self._raw_address(self._bytes.full.plain)

    def yardsticks(self) -> Iterator[Comparison]:
        """The raw application next to itself shows how far apart two samples of the same thing are."""
        if yardsticks.nginx_program():
            base = self._undo.enter_context(
                yardsticks.nginx(self._house.stack.home, feed_path(), self._bytes.full.body)
            )
            yield Comparison(NGINX, "nginx, a static file", Address(base + feed_path()), self._raw, SAME)
        else:
            self._notes.append("nginx is not installed: nothing was measured next to a static file.")
        yield Comparison("raw", "raw ASGI, the same once more", self._raw, self._raw, SAME)

    def feed(self) -> Iterator[Comparison]:
        headers, empty = self._raw_address(self._bytes.full), self._raw_address(self._bytes.unchanged)
        yield Comparison("feed-200", "feed, 200", self._ours, self._raw, SAME, FULL, turns=_TURNS_IF_CLOSE)
        yield Comparison(
            "feed-200-headers", "feed, 200", self._ours, headers, "raw ASGI, same bytes and headers"
        )
        yield self._browser()
        yield Comparison(
            "feed-304", "feed, 304", self._ours_304, self._raw, SAME, NOT_MODIFIED, turns=_TURNS_IF_CLOSE
        )
        yield Comparison(
            "feed-304-empty", "feed, 304", self._ours_304, empty, "raw ASGI, 304 with the same headers"
        )

    def _browser(self) -> Comparison:
        packed = yardsticks.ask(self._house.feed, BROWSER)
        coding = packed.header("content-encoding") or "not packed"
        ours, raw = Address(self._house.feed, BROWSER), self._raw_address(packed)
        return Comparison(
            "feed-200-browser", f"feed, 200, as a browser asks ({coding})", ours, raw, "raw ASGI, those bytes"
        )

    def two_processes(self) -> Iterator[Comparison]:
        """The processes run only while they are measured: idle ones would affect what is measured next.

        The 32 connections are spread over them by chance, each time anew, so that one sample of either says little.
        """
        port = children.free_port()
        raw = self._raw_address(self._bytes.full.plain, processes=2)
        around, url = partial(self._two, port), f"http://127.0.0.1:{port}{feed_path()}"
        against = "raw ASGI, two processes"
        yield Comparison(
            "feed-200-two", "feed, 200, two processes", Address(url), raw, against, FULL,
            around=around, turns=_TURNS,
        )  # fmt: skip
        yield Comparison(
            "feed-304-two", "feed, 304, two processes", self._bytes.conditional(url), raw, against,
            NOT_MODIFIED, around=around, turns=_TURNS,
        )  # fmt: skip

    def counts(self) -> Iterator[Comparison]:
        answer = yardsticks.ask(self._house.counts)
        if answer.status != OK:
            self._notes.append(f"The batch counts answered {answer.status}: they were not measured.")
            return
        raw = self._raw_address(answer.plain, counts_path(self._house.filled))
        yield Comparison(
            "counts", f"counts of {URLS} addresses", Address(self._house.counts), raw, SAME, COUNTS
        )

    def _raw_address(self, answer: Answer, path: str | None = None, processes: int = 1) -> Address:
        return raw_beside(self._house, self._undo, answer, path, processes)

    @contextmanager
    def _two(self, port: int) -> Iterator[None]:
        """Starts them anew for each pair and polls them first, because their first second is half as fast as the others."""
        with self._house.stack.api(port, processes=2) as api:
            wrk.run(Address(api.base + feed_path()), _WARM)
            yield
