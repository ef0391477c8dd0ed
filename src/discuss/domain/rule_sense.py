"""What every rule must satisfy, whoever writes it and for whatever purpose: it can match something, and asks for nothing impossible."""

from collections.abc import Mapping
from dataclasses import dataclass

from discuss.domain.likeness import LOOKED_BACK
from discuss.domain.rules import (
    LONGEST_NAME,
    MOST_LETTERS,
    Action,
    LinksSpec,
    PremoderationSpec,
    RepeatsSpec,
    Spec,
    WordsSpec,
    letters,
)
from discuss.domain.sites import LANGUAGE
from discuss.errors import InvalidInput

MOST_ENTRIES = 20_000
MOST_DOMAINS = 2000
MOST_ARTICLES = 1000
MOST_LANGUAGES = 20
MOST_COUNTED = 50
"""Near-duplicates that a rule can count: of a flood, only the newest are looked at."""

LINES: Mapping[str, int] = {
    "entries": MOST_ENTRIES,
    "allow": MOST_DOMAINS,
    "deny": MOST_DOMAINS,
    "articles": MOST_ARTICLES,
    "languages": MOST_LANGUAGES,
}


@dataclass(frozen=True, slots=True)
class Bounds:
    """`cause` and `told`: the error for a value outside them."""

    least: int
    most: int
    cause: str
    told: str

    def require(self, value: int) -> None:
        if not self.least <= value <= self.most:
            told = self.told.format(least=self.least, most=self.most)
            raise InvalidInput(told, cause=self.cause, least=self.least, most=self.most)


NUMBERS: Mapping[str, Bounds] = {
    "first_comments": Bounds(
        0, 1000, "rule-first-comments", "The number of first comments must be from {least} to {most:,}."
    ),
    "younger_than_hours": Bounds(0, 10_000, "rule-hours", "The age of accounts must be from {least} to {most:,} hours."),
    "minutes": Bounds(
        1, int(LOOKED_BACK.total_seconds()) // 60, "rule-minutes",
        "Repeats can be looked for within {least} to {most:,} minutes.",
    ),
    "by_author": Bounds(
        2, MOST_COUNTED, "rule-by-author", "The number of copies by one author must be from {least} to {most}."
    ),
    "by_anybody": Bounds(
        2, MOST_COUNTED, "rule-by-anybody", "The number of copies by anyone must be from {least} to {most}."
    ),
}  # fmt: skip


def require_sense(name: str, action: Action, spec: Spec) -> None:
    """Raises `InvalidInput` for a name that is missing or too long, for premoderation that would reject, and where `require_spec` does."""
    if not name.strip() or len(name) > LONGEST_NAME:
        told = f"A rule needs a name of at most {LONGEST_NAME} characters."
        raise InvalidInput(told, cause="rule-name", most=LONGEST_NAME)
    if isinstance(spec, PremoderationSpec) and action is Action.REJECT:
        raise InvalidInput("Premoderation holds comments; it cannot reject them.", cause="rule-holds-only")
    require_spec(spec)


def require_spec(spec: Spec) -> None:
    """Raises `InvalidInput` for a rule that could never match, and for more than can be searched or counted."""
    for name, most in LINES.items():
        if len(getattr(spec, name, ())) > most:
            raise InvalidInput(f"This list can have at most {most:,} lines.", cause="rule-lines", most=most)
    for name, bounds in NUMBERS.items():
        bounds.require(getattr(spec, name, bounds.least))
    if isinstance(spec, WordsSpec):
        require_room(letters(spec.entries))
    if isinstance(spec, PremoderationSpec):
        _require_known(spec)
    if _says_nothing(spec):
        told = "This rule matches nothing yet: fill in what it should look for."
        raise InvalidInput(told, cause="rule-empty")


def require_room(held: int) -> None:
    """Raises `InvalidInput` for more letters than the word lists of a site may have together."""
    if held > MOST_LETTERS:
        told = f"All word lists of a site together can have at most {MOST_LETTERS:,} letters."
        raise InvalidInput(told, cause="rule-letters", most=MOST_LETTERS)


def _require_known(spec: PremoderationSpec) -> None:
    """An impossible language or share would silence the rule without anybody noticing."""
    for code in spec.languages:
        if not LANGUAGE.fullmatch(code):
            told = f"{code[:100]!r} is not a language code; examples are ru and en."
            raise InvalidInput(told, cause="rule-language", told=code[:100])
    if spec.rejected_share is not None and not 0 < spec.rejected_share <= 1:
        raise InvalidInput(
            "The share of rejected comments must be above 0 and at most 100 %.", cause="rule-share"
        )


def _says_nothing(spec: Spec) -> bool:
    match spec:
        case WordsSpec():
            return not spec.entries
        case LinksSpec():
            return not spec.deny and spec.first_comments == 0
        case PremoderationSpec():
            listed = bool(spec.everything or spec.articles or spec.languages)
            authors = bool(spec.first_comments or spec.younger_than_hours or spec.rejected_share is not None)
            return not listed and not authors
        case RepeatsSpec():
            return False
