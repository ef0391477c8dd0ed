"""The form of a rule: one struct for all kinds; the page of each kind shows only its own fields."""

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit
from uuid import UUID

from msgspec import Meta, Struct

from discuss.domain.hosts import host_form
from discuss.domain.likeness import LOOKED_BACK
from discuss.domain.rules import (
    Action,
    Kind,
    LinksSpec,
    Mode,
    PremoderationSpec,
    RepeatsSpec,
    Spec,
    WordsSpec,
)
from discuss.errors import InvalidInput
from discuss.http.patterns import DOMAIN, LONGEST_DOMAIN

LONGEST_TRIED = 20_000
"""Characters; twice as many as the page allows."""

USUAL = 90

Number = Annotated[int, Meta(ge=-1_000_000, le=1_000_000)]


class RuleForm(Struct):
    """Lists have one entry per line. `rejected_percent`: rejections among the author's latest comments.

    Few limits are set here: `discuss.domain.rule_sense` checks them, with complaints that can be translated.
    `seen`: the newest version when the page was made.
    """

    kind: Kind
    act: Literal["try", "backtest", "save", "retire"] = "try"
    name: str = ""
    mode: Mode = Mode.SHADOW
    action: Action = Action.HOLD
    entries: str = ""
    allow: str = ""
    deny: str = ""
    first_comments: Number = 0
    everything: Literal["yes"] | None = None
    articles: str = ""
    languages: str = ""
    younger_than_hours: Number = 0
    rejected_percent: Number | None = None
    minutes: Number = 60
    by_author: Number = 2
    by_anybody: Number = 5
    text: Annotated[str, Meta(max_length=LONGEST_TRIED)] = ""
    days: Number | None = None
    seen: Number | None = None

    @property
    def looks_back(self) -> int:
        """Days of a back-test; fewer for repeats, because near-duplicates can be found for a few days only."""
        return (LOOKED_BACK.days if self.kind is Kind.REPEATS else USUAL) if self.days is None else self.days

    @property
    def spec(self) -> Spec:
        """Raises `InvalidInput`."""
        match self.kind:
            case Kind.WORDS:
                return WordsSpec(_lines(self.entries))
            case Kind.LINKS:
                return LinksSpec(_domains(self.allow), _domains(self.deny), self.first_comments)
            case Kind.PREMODERATION:
                return self._premoderation()
            case Kind.REPEATS:
                return RepeatsSpec(self.minutes, self.by_author, self.by_anybody)

    def _premoderation(self) -> PremoderationSpec:
        share = None if self.rejected_percent is None else self.rejected_percent / 100
        return PremoderationSpec(
            self.everything is not None, _ids(self.articles), _lines(self.languages), self.first_comments,
            self.younger_than_hours, share,
        )  # fmt: skip


def form_of(kind: Kind, spec: Spec, name: str, mode: Mode, action: Action) -> RuleForm:
    """The form filled in from a rule."""
    form = RuleForm(kind, name=name, mode=mode, action=action)
    match spec:
        case WordsSpec():
            form.entries = "\n".join(spec.entries)
        case LinksSpec():
            form.allow, form.deny, form.first_comments = (
                "\n".join(spec.allow),
                "\n".join(spec.deny),
                spec.first_comments,
            )
        case PremoderationSpec():
            _fill(form, spec)
        case RepeatsSpec():
            form.minutes, form.by_author, form.by_anybody = spec.minutes, spec.by_author, spec.by_anybody
    return form


def _fill(form: RuleForm, spec: PremoderationSpec) -> None:
    form.everything = "yes" if spec.everything else None
    form.articles, form.languages = "\n".join(map(str, spec.articles)), "\n".join(spec.languages)
    form.first_comments, form.younger_than_hours = spec.first_comments, spec.younger_than_hours
    form.rejected_percent = None if spec.rejected_share is None else round(spec.rejected_share * 100)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _domains(text: str) -> list[str]:
    return [_domain(line) for line in _lines(text)]


def _domain(told: str) -> str:
    """The host name; the address of a page stands for its site. Raises `InvalidInput`."""
    try:
        name = host_form(urlsplit(told if "://" in told else f"//{told}").hostname or "")
    except ValueError:
        name = ""
    if len(name) > LONGEST_DOMAIN or not re.match(DOMAIN, name):
        raise InvalidInput(f"This is not a domain name: {told[:100]}.", cause="rule-site", told=told[:100])
    return name


def _ids(text: str) -> list[UUID]:
    try:
        return [UUID(line) for line in _lines(text)]
    except ValueError as error:
        told = "Give the web address or the id of each article, one per line."
        raise InvalidInput(told, cause="rule-article") from error
