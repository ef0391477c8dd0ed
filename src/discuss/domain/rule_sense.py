"""What every rule keeps to, whoever writes it and whatever for: it has something to say, and asks for nothing that cannot be done."""

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
"""Texts that are nearly the same: of a flood the newest are looked at, so beyond them nothing could be counted."""

LINES: Mapping[str, int] = {
    "entries": MOST_ENTRIES,
    "allow": MOST_DOMAINS,
    "deny": MOST_DOMAINS,
    "articles": MOST_ARTICLES,
    "languages": MOST_LANGUAGES,
}


@dataclass(frozen=True, slots=True)
class Bounds:
    """`cause` and `told`: what is said to whoever asks for less or for more."""

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
        0, 1000, "rule-first-comments", "The first comments of an author are {least} to {most:,}."
    ),
    "younger_than_hours": Bounds(0, 10_000, "rule-hours", "Accounts are younger than {least} to {most:,} hours."),
    "minutes": Bounds(
        1, int(LOOKED_BACK.total_seconds()) // 60, "rule-minutes",
        "Repeats are looked for within {least} to {most:,} minutes.",
    ),
    "by_author": Bounds(
        2, MOST_COUNTED, "rule-by-author", "Repeats by one author count from {least} to {most} of them on."
    ),
    "by_anybody": Bounds(
        2, MOST_COUNTED, "rule-by-anybody", "Repeats by anybody count from {least} to {most} of them on."
    ),
}  # fmt: skip


def require_sense(name: str, action: Action, spec: Spec) -> None:
    """Raises `InvalidInput` for a rule without a name, one that would reject what is only new, and as `require_spec`."""
    if not name.strip() or len(name) > LONGEST_NAME:
        told = f"A rule has a name of at most {LONGEST_NAME} characters."
        raise InvalidInput(told, cause="rule-name", most=LONGEST_NAME)
    if isinstance(spec, PremoderationSpec) and action is Action.REJECT:
        raise InvalidInput("Premoderation holds comments; it cannot reject them.", cause="rule-holds-only")
    require_spec(spec)


def require_spec(spec: Spec) -> None:
    """Raises `InvalidInput` for what could never say anything, and for more than can be looked through or counted."""
    for name, most in LINES.items():
        if len(getattr(spec, name, ())) > most:
            raise InvalidInput(f"A list here has at most {most:,} lines.", cause="rule-lines", most=most)
    for name, bounds in NUMBERS.items():
        bounds.require(getattr(spec, name, bounds.least))
    if isinstance(spec, WordsSpec):
        require_room(letters(spec.entries))
    if isinstance(spec, PremoderationSpec):
        _require_known(spec)
    if _says_nothing(spec):
        told = "This rule says nothing yet: fill in what it should look for."
        raise InvalidInput(told, cause="rule-empty")


def require_room(held: int) -> None:
    """Raises `InvalidInput` for more letters than the lists of words of a site may have."""
    if held > MOST_LETTERS:
        told = f"All lists of words of a site have at most {MOST_LETTERS:,} letters together."
        raise InvalidInput(told, cause="rule-letters", most=MOST_LETTERS)


def _require_known(spec: PremoderationSpec) -> None:
    """A language that nobody writes in, or a share that nobody reaches, would make the rule silent and nobody the wiser."""
    for code in spec.languages:
        if not LANGUAGE.fullmatch(code):
            told = f"{code[:100]!r} is not a language code; examples are ru and en."
            raise InvalidInput(told, cause="rule-language", told=code[:100])
    if spec.rejected_share is not None and not 0 < spec.rejected_share <= 1:
        raise InvalidInput("The share of rejected comments is above 0 and at most 100 %.", cause="rule-share")


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
