"""Rules of a site: what else than a score speaks against a text. A rule is changed by a new version; the old ones stay on record."""

from collections.abc import Sequence
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
"""Of one site, retired ones not counted."""

MOST_LETTERS = 500_000
"""In the lists of words of one site, all together: they are compiled as one, and what was compiled is kept."""

MOST_SPANS = 8
"""Kept of what one rule found in one text: more would mark half a comment and tell nothing."""

SOURCE = "rule"


class Kind(StrEnum):
    WORDS = "words"
    LINKS = "links"
    PREMODERATION = "premoderation"
    REPEATS = "repeats"


class Mode(StrEnum):
    """A rule in the shadow is asked and what it says is kept, but decides nothing."""

    ON = "on"
    SHADOW = "shadow"
    OFF = "off"


class Action(StrEnum):
    HOLD = "hold"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class WordsSpec:
    """Words and phrases in any form; `word*` for whatever begins so, `"exact words"` for nothing else."""

    entries: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class LinksSpec:
    """Links to `allow` always pass, with all below those domains. Links to `deny` never do.

    `first_comments`: any other link, until readers have seen so many comments of the author; 0: other links pass.
    """

    allow: Sequence[str] = ()
    deny: Sequence[str] = ()
    first_comments: int = 0

    def __post_init__(self) -> None:
        """Names of sites are compared in one form, so they are kept in it, wherever they come from."""
        for name in ("allow", "deny"):
            object.__setattr__(self, name, [host_form(domain) for domain in getattr(self, name)])


@dataclass(frozen=True, slots=True)
class PremoderationSpec:
    """Whose comments wait: any one that holds is enough.

    `first_comments`: of an author of whom readers have seen fewer. `rejected_share` is of the author's latest comments, and
    counts from five of them on.
    """

    everything: bool = False
    articles: Sequence[UUID] = ()
    languages: Sequence[str] = ()
    first_comments: int = 0
    younger_than_hours: int = 0
    rejected_share: float | None = None

    def __post_init__(self) -> None:
        """Languages of texts are told in small letters, and compared with these."""
        object.__setattr__(self, "languages", [code.lower() for code in self.languages])


@dataclass(frozen=True, slots=True)
class RepeatsSpec:
    """Nearly the same text again within `minutes`, under any article: from so many comments on, this one counted."""

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


def kind_of(spec: Spec) -> Kind:
    return next(kind for kind, made in SPECS.items() if isinstance(spec, made))


@dataclass(frozen=True, slots=True)
class Rule:
    """`number` is that of the version; `id` stays."""

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
    """What a rule says of a text. `matched` is the entry or domain; `spans` are parts of the source, in code points."""

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
