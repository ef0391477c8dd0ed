"""Finished answers to "how many comments have these addresses?", kept until one of the articles changes, and for outages beyond."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import chain

from discuss.feed.facts import encode
from discuss.feed.reading import Delta
from discuss.feed.snapshot import Snapshot
from discuss.feed.window import Window

MOST_ANSWERS = 1000
"""Answers about one site that are kept before all are forgotten. As many, those made last, stay known when they are true no longer."""

LONGEST_KEPT = 16 * 1024
"""Bytes of an answer beyond which it is not kept: fifty addresses as sites have them take half of it."""

Urls = tuple[str, ...]


@dataclass(slots=True)
class Held:
    """`about`: which questions an article's change may answer otherwise: those that count it, those that name its address."""

    answers: dict[Urls, Snapshot] = field(default_factory=dict)
    about: dict[str, set[Urls]] = field(default_factory=dict)
    changes: int = 0
    kept: int = 0

    def drop(self, about: str) -> None:
        for urls in self.about.pop(about, ()):
            self.answers.pop(urls, None)


class Counts:
    """Hears of every change from `Snapshots.tell`; sites that this process does not follow are not kept."""

    def __init__(self) -> None:
        self._held: dict[str, Held] = {}
        self._last: dict[str, OrderedDict[Urls, Snapshot]] = {}

    def find(self, slug: str, urls: Urls) -> Snapshot | None:
        held = self._held.get(slug)
        return None if held is None else held.answers.get(urls)

    def find_last(self, slug: str, urls: Urls) -> Snapshot | None:
        """What was true when it was asked last: all that can be said while PostgreSQL is away."""
        last = self._last.get(slug)
        return None if last is None else last.get(urls)

    def changes(self, slug: str) -> int:
        """Taken before the counts are read, and given back to `keep`."""
        held = self._held.get(slug)
        return -1 if held is None else held.changes

    def keep(
        self, slug: str, urls: Urls, snapshot: Snapshot, about: Mapping[str, Sequence[str]], changes: int
    ) -> None:
        """`about`: address to the ids of the articles in its count. After changes meanwhile it is no more than the last known."""
        held = self._held.get(slug)
        # Whoever asked the same later may have been quicker.
        if len(snapshot.body) > LONGEST_KEPT or (held is not None and urls in held.answers):
            return
        self._remember(slug, urls, snapshot)
        if held is None or held.changes != changes:
            return
        # Questions stay in `about` when their answers are dropped: all that were ever kept count.
        if held.kept >= MOST_ANSWERS:
            held = self._held[slug] = Held(changes=changes)
        held.kept += 1
        held.answers[urls] = snapshot
        for counted in chain(urls, *about.values()):
            held.about.setdefault(counted, set()).add(urls)

    def _remember(self, slug: str, urls: Urls, snapshot: Snapshot) -> None:
        last = self._last.setdefault(slug, OrderedDict())
        last[urls] = snapshot
        last.move_to_end(urls)
        if len(last) > MOST_ANSWERS:
            last.popitem(last=False)

    def hear(self, slug: str, window: Window, delta: Delta) -> None:
        """An article that is not in the feed any more may be older than the feed goes, and then stand at any address."""
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
    """In the order asked; an address that nobody knows has no comments."""
    told = [{"url": url, "comment_count": counts.get(url, 0)} for url in urls]
    body = encode({"site": slug, "counts": told})
    return Snapshot(body, blake2b(body, digest_size=12).hexdigest())
