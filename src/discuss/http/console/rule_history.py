"""What each version of a rule changed, field by field as the editor names them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgspec import structs

from discuss.domain.rules import Rule
from discuss.http.console.rule_form import RuleForm, form_of

SHOWN = 200
"""Lines of a list, so that the page of a list of twenty thousand words stays small."""

NOT_SAID = frozenset({"kind", "act", "text", "days", "seen"})
"""Fields of the form that are no part of the rule."""


@dataclass(frozen=True, slots=True)
class Change:
    """Lines of one field, at most `SHOWN` of each; `more`: how many are left out."""

    field: str
    removed: Sequence[str]
    added: Sequence[str]
    more: int


def changes(versions: Sequence[Rule]) -> Sequence[tuple[Rule, Sequence[Change]]]:
    """`versions`: the newest first, as the result. The first version of a rule changed all that differs from an empty form."""
    forms = [form_of(each.kind, each.spec, each.name, each.mode, each.action) for each in versions]
    before = [*forms[1:], *(RuleForm(each.kind) for each in versions[-1:])]
    return [
        (version, list(_between(old, new))) for version, old, new in zip(versions, before, forms, strict=True)
    ]


def _between(old: RuleForm, new: RuleForm) -> Iterator[Change]:
    was, now = structs.asdict(old), structs.asdict(new)
    for field in now:
        if field in NOT_SAID or was[field] == now[field]:
            continue
        lines = _lines(was[field]), _lines(now[field])
        removed, added = (_without(one, other) for one, other in (lines, reversed(lines)))
        more = sum(max(0, len(each) - SHOWN) for each in (removed, added))
        yield Change(field, removed[:SHOWN], added[:SHOWN], more)


def _lines(value: object) -> Sequence[str]:
    return [] if value is None else str(value).splitlines()


def _without(lines: Sequence[str], others: Sequence[str]) -> Sequence[str]:
    known = set(others)
    return [line for line in lines if line not in known]
