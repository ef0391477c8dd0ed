"""A site's rules: what speaks against a text besides its scores. A changed rule is a new version; the old ones stay on record."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from discuss.domain.decisions import Reason
from discuss.domain.hosts import host_form
from discuss.domain.policy import Ground
from discuss.domain.signals import Signal

LONGEST_NAME = 100
MOST_RULES = 100
"""At one site, not counting retired ones."""

MOST_LETTERS = 500_000
"""In all word lists of one site together: they are compiled as one, and the result is kept."""

MOST_SPANS = 8
"""Spans kept of what one rule found in one text: more would mark half a comment and tell nobody anything."""

SOURCE = "rule"


class Kind(StrEnum):
    WORDS = "words"
    LINKS = "links"
    PREMODERATION = "premoderation"
    REPEATS = "repeats"


class Mode(StrEnum):
    """A rule in shadow mode is asked and its findings are kept, but they decide nothing."""

    ON = "on"
    SHADOW = "shadow"
    OFF = "off"


class Action(StrEnum):
    HOLD = "hold"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class WordsSpec:
    """Words and phrases in any form; `word*` for every word that begins so, `"exact words"` for exactly these."""

    entries: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class LinksSpec:
    """Links to the domains in `allow` always pass; other links to those in `deny` never do. Both include subdomains.

    `first_comments`: any other link is stopped until readers have seen this many comments of the author; 0: it passes.
    """

    allow: Sequence[str] = ()
    deny: Sequence[str] = ()
    first_comments: int = 0

    def __post_init__(self) -> None:
        """Host names are compared in one form, so they are kept in it, wherever they come from."""
        for name in ("allow", "deny"):
            object.__setattr__(self, name, [host_form(domain) for domain in getattr(self, name)])


@dataclass(frozen=True, slots=True)
class PremoderationSpec:
    """Which comments wait for a person: any one of these conditions is enough.

    `first_comments`: readers have seen fewer comments of the author. `rejected_share`: at least this share of the author's
    latest decided comments was rejected; it applies once there are five.
    """

    everything: bool = False
    articles: Sequence[UUID] = ()
    languages: Sequence[str] = ()
    first_comments: int = 0
    younger_than_hours: int = 0
    rejected_share: float | None = None

    def __post_init__(self) -> None:
        """The languages of texts, which these are compared with, are in lower case."""
        object.__setattr__(self, "languages", [code.lower() for code in self.languages])


@dataclass(frozen=True, slots=True)
class RepeatsSpec:
    """Near-duplicates within `minutes`, under any article: the rule matches from this many comments on, including the present one."""

    minutes: int = 60
    by_author: int = 2
    by_anybody: int = 5


Spec = WordsSpec | LinksSpec | PremoderationSpec | RepeatsSpec

SPECS: dict[Kind, type[Spec]] = {
    Kind.WORDS: WordsSpec,
    Kind.LINKS: LinksSpec,
    Kind.PREMODERATION: PremoderationSpec,
    Kind.REPEATS: RepeatsSpec,
}


def letters(entries: Sequence[str]) -> int:
    return sum(map(len, entries))


def most_counted(specs: Iterable[object]) -> int:
    """How far an author's earlier comments must be counted to apply all of these: beyond that, more make no difference."""
    asking = (spec for spec in specs if isinstance(spec, LinksSpec | PremoderationSpec))
    return max((spec.first_comments for spec in asking), default=0)


def kind_of(spec: Spec) -> Kind:
    return next(kind for kind, made in SPECS.items() if isinstance(spec, made))


@dataclass(frozen=True, slots=True)
class Rule:
    """`number` is the version; `id` stays the same."""

    id: UUID
    site_id: UUID
    name: str
    kind: Kind
    number: int
    mode: Mode
    action: Action
    spec: Spec
    created_at: datetime
    actor_id: UUID


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule says about a text. `matched` is the entry or domain; `spans` are parts of the source, in code points."""

    rule: Rule
    reason: Reason
    matched: str = ""
    spans: Sequence[tuple[int, int]] = field(default_factory=tuple)

    @property
    def ground(self) -> Ground | None:
        if self.rule.mode is not Mode.ON:
            return None
        rejects = self.rule.action is Action.REJECT and self.reason is not Reason.NOT_SCORED
        return Ground(str(self.rule.id), self.reason, rejects=rejects)

    @property
    def signal(self) -> Signal:
        detail: dict[str, object] = {"rule": self.rule.name, "matched": self.matched}
        if self.spans:
            detail["spans"] = [[start, end, 1.0] for start, end in self.spans[:MOST_SPANS]]
        if self.rule.mode is Mode.SHADOW:
            detail["shadow"] = True
        return Signal(SOURCE, str(self.reason), 1.0, f"{self.rule.id} v{self.rule.number}", detail)
