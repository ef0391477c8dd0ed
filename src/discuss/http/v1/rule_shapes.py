"""How the API takes and shows rules, back-tests and brakes."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from discuss.classify.wordlists import LONGEST_ENTRY
from discuss.domain.backtests import Backtest, Example, Progress, ThresholdSpec
from discuss.domain.brakes import Brake
from discuss.domain.rule_sense import MOST_ARTICLES, MOST_DOMAINS, MOST_ENTRIES, MOST_LANGUAGES, NUMBERS
from discuss.domain.rules import (
    Action,
    Kind,
    LinksSpec,
    Mode,
    PremoderationSpec,
    RepeatsSpec,
    Rule,
    Spec,
    WordsSpec,
)
from discuss.errors import InvalidInput
from discuss.http.patterns import DOMAIN, LABEL, LANGUAGE, LONGEST_DOMAIN

Entry = Annotated[str, Meta(min_length=1, max_length=LONGEST_ENTRY + 2)]
Domain = Annotated[str, Meta(pattern=DOMAIN, max_length=LONGEST_DOMAIN)]
Language = Annotated[str, Meta(pattern=LANGUAGE)]


def _within(name: str) -> Meta:
    """The bounds of one of a rule's numbers, which are the same for every way in."""
    return Meta(ge=NUMBERS[name].least, le=NUMBERS[name].most)


FirstComments = Annotated[int, _within("first_comments")]
Share = Annotated[float, Meta(ge=0, le=1)]


class WordsShape(Struct, forbid_unknown_fields=True):
    """Words and phrases, matched in all their forms. `word*` matches every word that begins so; `"exact words"` match in no other form."""

    entries: Annotated[list[Entry], Meta(min_length=1, max_length=MOST_ENTRIES)]


class LinksShape(Struct, forbid_unknown_fields=True):
    """Links to `allow` and their sub-domains always pass, links to `deny` never.

    `first_comments`: any other link is stopped until readers have seen this many comments by the author.
    """

    allow: Annotated[list[Domain], Meta(max_length=MOST_DOMAINS)] = []
    deny: Annotated[list[Domain], Meta(max_length=MOST_DOMAINS)] = []
    first_comments: FirstComments = 0


class PremoderationShape(Struct, forbid_unknown_fields=True):
    """Which comments are held before readers see them; matching any one field is enough.

    `rejected_share`: the share of rejections among the author's last 20 comments.
    """

    everything: bool = False
    articles: Annotated[list[UUID], Meta(max_length=MOST_ARTICLES)] = []
    languages: Annotated[list[Language], Meta(max_length=MOST_LANGUAGES)] = []
    first_comments: FirstComments = 0
    younger_than_hours: Annotated[int, _within("younger_than_hours")] = 0
    rejected_share: Annotated[float, Meta(gt=0, le=1)] | None = None


class RepeatsShape(Struct, forbid_unknown_fields=True):
    """Nearly the same text anywhere on the site within `minutes`.

    `by_author`, `by_anybody`: the number of such comments, including the new one, from which it is stopped.
    """

    minutes: Annotated[int, _within("minutes")] = 60
    by_author: Annotated[int, _within("by_author")] = 2
    by_anybody: Annotated[int, _within("by_anybody")] = 5


class ThresholdQuestion(Struct, forbid_unknown_fields=True):
    """What a threshold would stop: texts that score at least `hold` for `label`, in one language or in all."""

    label: Annotated[str, Meta(pattern=LABEL)]
    hold: Share
    language: Language | None = None


class Says(Struct, forbid_unknown_fields=True, kw_only=True):
    """Exactly one of `words`, `links`, `premoderation` and `repeats` is given."""

    words: WordsShape | None = None
    links: LinksShape | None = None
    premoderation: PremoderationShape | None = None
    repeats: RepeatsShape | None = None


class NewRule(Says, forbid_unknown_fields=True, kw_only=True):
    """What the rule says and what follows from it. Exactly one of `words`, `links`, `premoderation` and `repeats` is given.

    A rule in `shadow` mode is evaluated and its findings are kept, but it holds or rejects nothing.
    """

    name: Annotated[str, Meta(min_length=1, max_length=100)]
    mode: Mode = Mode.ON
    action: Action = Action.HOLD


class ChangedRule(NewRule, forbid_unknown_fields=True, kw_only=True):
    """`seen`: the `version` of the rule that this is to replace; without it, whichever is the newest."""

    seen: Annotated[int, Meta(ge=1)] | None = None


class RuleTrial(Says, forbid_unknown_fields=True, kw_only=True):
    """A text, and either `words` or `links`."""

    text: Annotated[str, Meta(min_length=1, max_length=20_000)]
    action: Action = Action.HOLD


class NewBacktest(Says, forbid_unknown_fields=True, kw_only=True):
    """Exactly one of `words`, `links`, `premoderation`, `repeats` and `threshold`, tried on what was published in the last `days`."""

    threshold: ThresholdQuestion | None = None
    action: Action = Action.HOLD
    days: Annotated[int, Meta(ge=1, le=365)] = 90


class RuleShape(Struct):
    """The member named by `kind` holds what the rule says; the others are null."""

    id: UUID
    name: str
    kind: Kind
    version: int
    mode: Mode
    action: Action
    changed_at: datetime
    changed_by: UUID
    words: WordsShape | None = None
    links: LinksShape | None = None
    premoderation: PremoderationShape | None = None
    repeats: RepeatsShape | None = None


class ExampleShape(Struct):
    comment_id: UUID
    revision_id: UUID
    text: str
    author: str
    article: str
    created_at: datetime


class BacktestShape(Struct):
    """`seen` of `total` published comments have been examined, and `hits` would have been stopped. At most 20 examples."""

    id: UUID
    kind: str
    action: Action
    days: int
    state: Progress
    total: int
    seen: int
    hits: int
    examples: list[ExampleShape]
    created_at: datetime
    finished_at: datetime | None


class BrakeShape(Struct):
    """`rule` is null for a label of the model.

    `hits` of `seen` texts were hit in the hour when the brake was put on; `usual` is the share in the days before.
    """

    id: UUID
    subject: str
    rule: str | None
    usual: float
    seen: int
    hits: int
    tripped_at: datetime


_SPECS: Sequence[tuple[str, type[Any]]] = (
    ("words", WordsSpec),
    ("links", LinksSpec),
    ("premoderation", PremoderationSpec),
    ("repeats", RepeatsSpec),
)
_SHAPES: Mapping[Kind, type[Any]] = {
    Kind.WORDS: WordsShape,
    Kind.LINKS: LinksShape,
    Kind.PREMODERATION: PremoderationShape,
    Kind.REPEATS: RepeatsShape,
}


def spec_of(given: Says) -> Spec:
    """Raises `InvalidInput` unless exactly one is given."""
    found = [(kind, value) for name, kind in _SPECS if (value := getattr(given, name)) is not None]
    if len(found) != 1:
        raise InvalidInput("Give exactly one of words, links, premoderation and repeats.")
    kind, value = found[0]
    spec: Spec = msgspec.convert(msgspec.to_builtins(value), kind)
    return spec


def question_of(given: NewBacktest) -> Spec | ThresholdSpec:
    """Raises `InvalidInput` unless exactly one is given."""
    asked = given.threshold
    if asked is None:
        return spec_of(given)
    if any(getattr(given, name) is not None for name, _ in _SPECS):
        raise InvalidInput("Give either a threshold or one kind of rule.")
    return ThresholdSpec(asked.label, asked.hold, asked.language)


def rule_shape(rule: Rule) -> RuleShape:
    """Without validation, so that rules saved before today's bounds existed are shown as they are."""
    shape = RuleShape(
        rule.id, rule.name, rule.kind, rule.number, rule.mode, rule.action, rule.created_at, rule.actor_id
    )
    said = {field.name: getattr(rule.spec, field.name) for field in fields(rule.spec)}
    setattr(shape, rule.kind, _SHAPES[rule.kind](**said))
    return shape


def backtest_shape(made: Backtest, examples: Sequence[Example] = ()) -> BacktestShape:
    return BacktestShape(
        made.id, made.kind, made.action, made.days, made.state, made.total, made.seen, made.hits,
        [
            ExampleShape(one.comment_id, one.revision_id, one.source, one.author_name, one.article_title, one.created_at)
            for one in examples
        ],
        made.created_at, made.finished_at,
    )  # fmt: skip


def brake_shape(brake: Brake) -> BrakeShape:
    return BrakeShape(
        brake.id, brake.subject, brake.rule, brake.usual, brake.seen, brake.hits, brake.tripped_at
    )
