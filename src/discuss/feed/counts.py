"""Finished answers to "how many comments have these addresses?", kept until one of the articles changes, and after that for outages."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import chain

from discuss.feed.facts import encode
from discuss.feed.reading import Delta
from discuss.feed.snapshot import Snapshot
from discuss.feed.window import Window

LONGEST_KEPT = 16 * 1024
"""Bytes of an answer beyond which it is not kept: fifty addresses as sites have them take half of it."""

ROOM = 64 * 1024 * 1024
"""Bytes of answers, as estimated by `_weight`, that a process keeps for all sites: the latest ones, even when they are out of date."""

SENT, WRITINGS, LETTER, NAMED = 24 * 1024, 4, 4, 400
"""What an answer may come to weigh: what is prepared of it for many kinds of browsers, its body in each coding, the letters
of its addresses, and each name under which a change looks for it."""

Urls = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """`about`: the articles and the addresses whose change may change the answer."""

    snapshot: Snapshot
    about: Sequence[str]
    weight: int


@dataclass(slots=True)
class Held:
    """`about`: by article id or address, the questions whose answers a change of that article may change."""

    answers: dict[Urls, Snapshot] = field(default_factory=dict)
    about: dict[str, set[Urls]] = field(default_factory=dict)
    changes: int = 0

    def keep(self, urls: Urls, kept: Kept) -> None:
        self.answers[urls] = kept.snapshot
        for name in kept.about:
            self.about.setdefault(name, set()).add(urls)

    def forget(self, urls: Urls, kept: Kept) -> None:
        self.answers.pop(urls, None)
        for name in kept.about:
            questions = self.about.get(name, set())
            questions.discard(urls)
            if not questions:
                self.about.pop(name, None)

    def drop(self, about: str) -> None:
        for urls in self.about.pop(about, ()):
            self.answers.pop(urls, None)


class Counts:
    """Hears of every change from `Snapshots.tell`. For sites that this process does not follow, answers are kept only as last known.

    Every answer that is held is also in `_last`, which therefore limits both.
    """

    def __init__(self, room: int = ROOM) -> None:
        self._held: dict[str, Held] = {}
        self._last: OrderedDict[tuple[str, Urls], Kept] = OrderedDict()
        self._room = room
        self._used = 0

    def find(self, slug: str, urls: Urls) -> Snapshot | None:
        held = self._held.get(slug)
        return None if held is None else held.answers.get(urls)

    def find_last(self, slug: str, urls: Urls) -> Snapshot | None:
        """The answer when it was last asked for: all that can be said while PostgreSQL is away."""
        last = self._last.get((slug, urls))
        return None if last is None else last.snapshot

    def changes(self, slug: str) -> int:
        """The number of changes so far: take it before reading the counts, and pass it to `keep`."""
        held = self._held.get(slug)
        return -1 if held is None else held.changes

    def keep(
        self, slug: str, urls: Urls, snapshot: Snapshot, about: Mapping[str, Sequence[str]], changes: int
    ) -> None:
        """`about`: address to the ids of the articles counted there. If anything changed meanwhile, the answer is only kept as last known."""
        held = self._held.get(slug)
        # Somebody who asked the same later may have been quicker.
        if len(snapshot.body) > LONGEST_KEPT or (held is not None and urls in held.answers):
            return
        names = tuple(dict.fromkeys(chain(urls, *about.values())))
        kept = Kept(snapshot, names, _weight(snapshot, urls, names))
        self._forget(slug, urls)
        self._last[slug, urls] = kept
        self._used += kept.weight
        if held is not None and held.changes == changes:
            held.keep(urls, kept)
        while self._used > self._room:
            self._forget(*next(iter(self._last)))

    def _forget(self, slug: str, urls: Urls) -> None:
        kept = self._last.pop((slug, urls), None)
        if kept is None:
            return
        self._used -= kept.weight
        if slug in self._held:
            self._held[slug].forget(urls, kept)

    def hear(self, slug: str, window: Window, delta: Delta) -> None:
        """Drops the answers that a change may alter: all of them if an article is not in the feed, since its address is not known then."""
        del window
        before = self._held.get(slug)
        if before is None or delta.whole or delta.gone or delta.unseen:
            self._held[slug] = Held(changes=before.changes + 1 if before else 0)
            return
        before.changes += 1
        for facts in (placed.facts for placed in delta.placed):
            before.drop(facts.id)
            before.drop(facts.url)


def render(slug: str, urls: Urls, counts: Mapping[str, int]) -> Snapshot:
    """In the order asked; an unknown address has no comments."""
    told = [{"url": url, "comment_count": counts.get(url, 0)} for url in urls]
    body = encode({"site": slug, "counts": told})
    return Snapshot(body, blake2b(body, digest_size=12).hexdigest())


def _weight(snapshot: Snapshot, urls: Urls, about: Sequence[str]) -> int:
    letters = sum(map(len, urls))
    return SENT + WRITINGS * len(snapshot.body) + LETTER * letters + NAMED * (len(urls) + len(about))
