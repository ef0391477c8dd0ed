"""The rules of sites as a worker remembers them: a version never changes, so each is read and compiled once."""

import threading
from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from discuss.domain.rules import MOST_LETTERS, Mode, Rule, WordsSpec
from discuss.store import rules
from discuss.store.database import Tx
from discuss.store.rules import Version
from discuss.usecases.listed import Listed

MOST = 2000
"""How many versions are remembered; the most recently used are kept."""

MOST_COMPILED = 4 * MOST_LETTERS
"""How many letters of word lists are kept compiled."""

Rules = Mapping[UUID, Sequence[Rule]]
"""By site."""


class Rulebook:
    def __init__(self) -> None:
        self._known: OrderedDict[Version, Rule] = OrderedDict()
        self._lock = threading.Lock()
        self._listed: OrderedDict[tuple[Version, ...], Listed] = OrderedDict()

    async def of(self, tx: Tx, site_ids: Collection[UUID]) -> Rules:
        """The rules that are on or in shadow mode."""
        heads = await rules.heads(tx, site_ids)
        wanted = {version for versions in heads.values() for version in versions}
        # Collected before waiting: meanwhile another batch may make this book forget them.
        known = {version: self._known[version] for version in wanted & self._known.keys()}
        read = await rules.versions(tx, wanted - known.keys())
        known |= {Version(rule.id, rule.number): rule for rule in read}
        self._keep(known)
        said = {site: [known[version] for version in versions] for site, versions in heads.items()}
        return {site: [rule for rule in found if rule.mode is not Mode.OFF] for site, found in said.items()}

    def listed(self, rules: Sequence[Rule]) -> Listed | None:
        """None if no rule looks for words. Compiling is slow the first time: call it in a thread."""
        words = [rule for rule in rules if isinstance(rule.spec, WordsSpec)]
        key = tuple(Version(rule.id, rule.number) for rule in words)
        with self._lock:
            made = self._listed.get(key)
        if words and made is None:
            made = Listed.of(words)
        return self._remembered(key, made) if made else None

    def _remembered(self, key: tuple[Version, ...], made: Listed) -> Listed:
        """Drops the least recently used lists until few enough letters are kept."""
        with self._lock:
            self._listed[key] = made
            self._listed.move_to_end(key)
            while len(self._listed) > 1 and sum(one.letters for one in self._listed.values()) > MOST_COMPILED:
                self._listed.popitem(last=False)
        return made

    def _keep(self, used: Mapping[Version, Rule]) -> None:
        """Drops the least recently used versions until few enough are kept."""
        for version, rule in used.items():
            self._known[version] = rule
            self._known.move_to_end(version)
        while len(self._known) > MOST:
            self._known.popitem(last=False)
