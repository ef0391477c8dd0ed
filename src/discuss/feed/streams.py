"""Tells listeners of a site's feed what changed: ids and versions, so that they can ask for what they need."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from secrets import randbelow

from discuss.errors import RateLimited
from discuss.feed.facts import encode
from discuss.feed.reading import Delta
from discuss.feed.window import Window

HEARTBEAT = 15.0
"""Seconds of silence after which a listener is told that it is still connected."""

MOST_LISTENERS = 10_000
"""How many listeners one process takes."""

MOST_FROM_ONE = 200
"""How many of them may come from one address, unless the operator sets another number."""

FULL_HOUSE = 60
"""Seconds after which an address that has too many streams open may ask again."""

MOST_BEHIND = 256
"""How many events a listener may be behind before it is told to start afresh."""

MOST_NAMED = 100
"""How many articles one event names."""

SOONEST, SPREAD = 3000, 6000
"""Milliseconds until a listener whose stream broke comes back, and by how much they differ: after a restart all come back."""

BEAT = b": \n\n"
RESET = b"event: reset\ndata: {}\n\n"


class Link:
    """One event in a site's chain. Every listener holds the link it read last; links that nobody holds any more are freed."""

    __slots__ = ("come", "following", "number", "said")

    def __init__(self, number: int, said: bytes) -> None:
        self.number = number
        self.said = said
        self.come = asyncio.Event()
        self.following: Link | None = None


class Streams:
    """`closed` is done when all streams are to end."""

    def __init__(self, most_from_one: int = MOST_FROM_ONE) -> None:
        self._most_from_one = most_from_one
        self._from: Counter[str] = Counter()
        self._newest: dict[str, Link] = {}
        self.listeners = 0
        self.closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def close(self) -> None:
        if not self.closed.done():
            self.closed.set_result(None)

    def enter(self, address: str) -> None:
        """Counts one more listener from this address, which must `leave` in the end. Raises `RateLimited` if there are too many."""
        if self._from[address] >= self._most_from_one:
            raise RateLimited(
                FULL_HOUSE,
                "Too many streams are open from your address. Please close some, or request the feed instead.",
            )
        self._from[address] += 1

    def leave(self, address: str) -> None:
        self._from[address] -= 1
        if not self._from[address]:
            del self._from[address]

    def hear(self, slug: str, window: Window, delta: Delta) -> None:
        """For `Snapshots.tell`."""
        link = self._newest.get(slug)
        if link is None:
            return
        if not (delta.whole or delta.placed or delta.gone or delta.left_beyond):
            return  # nobody may see these articles yet
        changed = {placed.facts.id: placed.seq for placed in delta.placed}
        said = _reset(window) if delta.whole else _changed(window, changed, list(delta.gone))
        link.following = self._newest[slug] = Link(link.number + 1, said)
        link.come.set()

    def listen(self, slug: str, window: Window | None, last: str | None) -> AsyncIterator[bytes]:
        """Events as they come, with heartbeats in between.

        `window` is what this process knows; None: nothing yet, and its first reading will be an event.
        `last` is the id of the last event heard, on an earlier connection. Whatever happens after this call is heard, however
        late the first event is asked for.
        """
        return self._events(slug, self._newest.setdefault(slug, Link(0, b"")), window, last)

    async def _events(
        self, slug: str, link: Link, window: Window | None, last: str | None
    ) -> AsyncIterator[bytes]:
        self.listeners += 1
        try:
            yield _begin(window) + (b"" if window is None else catch_up(window, last))
            while True:
                try:
                    async with asyncio.timeout(HEARTBEAT):
                        await link.come.wait()
                except TimeoutError:
                    yield BEAT
                    continue
                newest = self._newest[slug]
                too_far = newest.number - link.number > MOST_BEHIND
                link = newest if too_far else (link.following or newest)
                yield RESET if too_far else link.said
        finally:
            self.listeners -= 1


def _begin(window: Window | None) -> bytes:
    known = b"" if window is None else b"id: %s\n" % window.point.encode()
    return b"retry: %d\n%s\n" % (SOONEST + randbelow(SPREAD), known)


def catch_up(window: Window, last: str | None) -> bytes:
    """What a listener that last heard `last` has missed. Empty if it heard nothing yet, or more than this process knows."""
    if not last or window.is_behind(last):
        return b""
    seq = window.reached(last)
    if seq is None:
        return _reset(window)
    if seq == window.seq:
        return b""
    changed = window.changed_after(seq)
    here = {name: placed.seq for name in changed if (placed := window.article(name)) is not None}
    return _changed(window, here, sorted(changed - here.keys()))


def _changed(window: Window, changed: dict[str, int], left: list[str]) -> bytes:
    """A reset if there are too many to name, as when a site registers its whole archive: listeners then ask for the feed anyway."""
    if len(changed) + len(left) > MOST_NAMED:
        return _reset(window)
    articles = [{"id": name, "version": seq} for name, seq in changed.items()]
    return _event("feed", window.point, encode({"point": window.point, "articles": articles, "left": left}))


def _reset(window: Window) -> bytes:
    return _event("reset", window.point, b"{}")


def _event(name: str, point: str, data: bytes) -> bytes:
    return b"id: %s\nevent: %s\ndata: %s\n\n" % (point.encode(), name.encode(), data)
