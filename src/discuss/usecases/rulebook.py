"""The rules of sites as a worker remembers them: what a version says never changes, so each is read and compiled once."""

from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from discuss.classify.matching import WordLists
from discuss.classify.wordlists import WordList
from discuss.domain.rules import Mode, Rule, WordsSpec
from discuss.store import rules
from discuss.store.database import Tx
from discuss.store.rules import Version

MOST = 2000
"""Versions remembered; those asked for last are kept."""

Rules = Mapping[UUID, Sequence[Rule]]
"""By site."""


class Rulebook:
    def __init__(self) -> None:
        self._known: OrderedDict[Version, Rule] = OrderedDict()
        self._lists = WordLists()

    async def of(self, tx: Tx, site_ids: Collection[UUID]) -> Rules:
        """Those that say something: on or in the shadow."""
        heads = await rules.heads(tx, site_ids)
        wanted = {version for versions in heads.values() for version in versions}
        self._keep(await rules.versions(tx, wanted - self._known.keys()))
        said = {site: [self._known[version] for version in versions] for site, versions in heads.items()}
        while len(self._known) > MOST:
            self._known.popitem(last=False)
        return {site: [rule for rule in found if rule.mode is not Mode.OFF] for site, found in said.items()}

    def list_of(self, rule: Rule) -> WordList | None:
        """None for a rule that looks for no words. Compiling takes a while the first time: call it in a thread."""
        if not isinstance(rule.spec, WordsSpec):
            return None
        return self._lists.get(rule.id, rule.number, rule.spec.entries)

    def _keep(self, found: Sequence[Rule]) -> None:
        for rule in found:
            self._known[Version(rule.id, rule.number)] = rule
