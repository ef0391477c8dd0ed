"""The word lists among a site's rules, compiled together, so that a text is searched once for all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self
from uuid import UUID

import structlog

from discuss.classify.matching import Legible
from discuss.classify.wordbook import Wordbook
from discuss.classify.wordlists import WordList
from discuss.domain.detecting import Match
from discuss.domain.rules import Rule, WordsSpec, letters
from discuss.errors import InvalidInput

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Listed:
    """`entries` are those of each list, by rule. `unreadable`: rules whose lists were valid when written, but no longer are."""

    entries: Mapping[UUID, Sequence[str]]
    unreadable: Sequence[UUID]
    book: Wordbook

    @classmethod
    def of(cls, rules: Sequence[Rule]) -> Self:
        """Slow: call it in a thread."""
        read = {rule.id: _read(rule, rule.spec) for rule in rules if isinstance(rule.spec, WordsSpec)}
        fine = {rule_id: words for rule_id, words in read.items() if words is not None}
        return cls(
            {rule_id: words.entries for rule_id, words in fine.items()},
            [rule_id for rule_id in read if rule_id not in fine],
            Wordbook([words.paths for words in fine.values()]),
        )

    @property
    def letters(self) -> int:
        return sum(map(letters, self.entries.values()))

    def matches(self, text: Legible, heard: str) -> Mapping[UUID, Sequence[Match] | None]:
        """By rule; None for lists that cannot be read.

        `heard`: the text as the classifier reads it, which sees through disguises that a list does not, such as starred letters
        or Russian in Latin letters. Matches found only there have no place in the source.
        """
        told: dict[UUID, Sequence[Match] | None] = dict.fromkeys(self.unreadable)
        hits = self.book.find(text.text)
        again = self.book.find(heard) if heard not in {"", text.text} and not all(hits) else [()] * len(hits)
        for (rule_id, entries), seen, read in zip(self.entries.items(), hits, again, strict=True):
            told[rule_id] = [text.match(entries, hit) for hit in seen] or [
                Match(entries[hit.entry], 0, 0) for hit in read
            ]
        return told


def _read(rule: Rule, spec: WordsSpec) -> WordList | None:
    try:
        return WordList(spec.entries)
    except InvalidInput:
        log.exception("rule.failed", rule=str(rule.id), version=rule.number)
        return None
