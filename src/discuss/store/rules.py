"""Rules and their versions. A version never changes, so it may be remembered by id and number."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Select, bindparam, func, insert, select, tuple_, update

from discuss.domain.rules import SPECS, Action, Kind, Mode, Rule
from discuss.errors import RuleNotFound
from discuss.store.among import among
from discuss.store.database import Tx
from discuss.store.tables import rule_versions, rules

HEADS = select(rules.c.site_id, rules.c.id, rules.c.number).where(
    among(rules.c.site_id, "sites"), rules.c.retired_at.is_(None)
)


@dataclass(frozen=True, slots=True)
class Version:
    """Identifies what a rule says at one time."""

    rule_id: UUID
    number: int


def _rules() -> Select[Any]:
    return select(
        rules.c.id, rules.c.site_id, rules.c.name, rules.c.kind, rule_versions.c.number, rule_versions.c.mode,
        rule_versions.c.action, rule_versions.c.spec, rule_versions.c.created_at, rule_versions.c.actor_id,
    ).join(rule_versions, rule_versions.c.rule_id == rules.c.id)  # fmt: skip


def _rule(row: Any) -> Rule:
    kind = Kind(row.kind)
    return Rule(
        row.id, row.site_id, row.name, kind, row.number, Mode(row.mode), Action(row.action),
        spec_from(kind, row.spec), row.created_at, row.actor_id,
    )  # fmt: skip


def spec_from(kind: Kind, stored: object) -> Any:
    return msgspec.convert(stored, SPECS[kind])


async def heads(tx: Tx, site_ids: Collection[UUID]) -> Mapping[UUID, Sequence[Version]]:
    """By site, the current versions of its rules. Cheap: every batch of the worker asks for them."""
    found: dict[UUID, list[Version]] = defaultdict(list)
    for row in await tx.execute(HEADS, {"sites": list(site_ids)}):
        found[row.site_id].append(Version(row.id, row.number))
    return found


async def versions(tx: Tx, wanted: Collection[Version]) -> Sequence[Rule]:
    pairs = [(version.rule_id, version.number) for version in wanted]
    place = tuple_(rule_versions.c.rule_id, rule_versions.c.number)
    return [_rule(row) for row in await tx.execute(_rules().where(place.in_(pairs)))] if pairs else []


async def of_site(tx: Tx, site_id: UUID) -> Sequence[Rule]:
    """The current versions, by name."""
    current = (
        rules.c.site_id == site_id,
        rules.c.retired_at.is_(None),
        rule_versions.c.number == rules.c.number,
    )
    return [
        _rule(row) for row in await tx.execute(_rules().where(*current).order_by(rules.c.name, rules.c.id))
    ]


async def history(tx: Tx, site_id: UUID, rule_id: UUID) -> Sequence[Rule]:
    """Every version, the newest first. Raises `RuleNotFound`, also for a rule of another site."""
    query = _rules().where(rules.c.id == rule_id, rules.c.site_id == site_id)
    found = [_rule(row) for row in await tx.execute(query.order_by(rule_versions.c.number.desc()))]
    if not found:
        raise RuleNotFound
    return found


async def lock(tx: Tx, site_id: UUID, rule_id: UUID) -> Rule:
    """The current version. Nobody else can change the rule until the transaction ends. Raises `RuleNotFound`."""
    query = select(rules.c.number).where(
        rules.c.id == rule_id, rules.c.site_id == site_id, rules.c.retired_at.is_(None)
    )
    number = await tx.scalar(query.with_for_update())
    if number is None:
        raise RuleNotFound
    return (await versions(tx, [Version(rule_id, number)]))[0]


async def count(tx: Tx, site_id: UUID) -> int:
    query = select(func.count()).where(rules.c.site_id == site_id, rules.c.retired_at.is_(None))
    return await tx.scalar(query) or 0


async def add(tx: Tx, rule: Rule) -> None:
    """Adds a rule with its first version."""
    await tx.execute(
        insert(rules).values(
            id=rule.id, site_id=rule.site_id, name=rule.name, kind=rule.kind, number=rule.number,
            created_at=rule.created_at,
        )
    )  # fmt: skip
    await add_version(tx, rule)


async def add_version(tx: Tx, rule: Rule) -> None:
    """Adds a version, which is current from now on. Call it under the lock of the rule."""
    await tx.execute(
        insert(rule_versions).values(
            rule_id=rule.id, number=rule.number, site_id=rule.site_id, mode=rule.mode, action=rule.action,
            spec=msgspec.to_builtins(rule.spec), actor_id=rule.actor_id, created_at=rule.created_at,
        )
    )  # fmt: skip
    current = update(rules).where(rules.c.id == bindparam("rule"))
    await tx.execute(
        current.values(number=bindparam("version"), name=bindparam("title")),
        {"rule": rule.id, "version": rule.number, "title": rule.name},
    )


async def retire(tx: Tx, rule_id: UUID, at: datetime) -> None:
    await tx.execute(update(rules).where(rules.c.id == rule_id).values(retired_at=at))
