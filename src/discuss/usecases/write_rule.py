"""An admin writes a site's rules, moderators read them. A change is a new version; the old one stays on record."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from discuss.classify.wordlists import WordList
from discuss.domain.accounts import Principal, Role, require_role
from discuss.domain.rule_sense import require_room, require_sense
from discuss.domain.rules import (
    LONGEST_NAME,
    MOST_RULES,
    Action,
    Kind,
    Mode,
    Rule,
    Spec,
    WordsSpec,
    kind_of,
    letters,
)
from discuss.domain.text import clean_line
from discuss.errors import InvalidInput, RuleStale
from discuss.store import brakes, rules, sites
from discuss.store.database import Tx
from discuss.usecases.services import Services


@dataclass(frozen=True, slots=True)
class Wording:
    """What a rule is to say."""

    name: str
    mode: Mode
    action: Action
    spec: Spec

    async def checked(self) -> "Wording":
        """As it may be stored. A word list is compiled to see that it can be, which is slow. Raises `InvalidInput`."""
        require_sense(self.name, self.action, self.spec)
        if isinstance(self.spec, WordsSpec):
            await asyncio.to_thread(WordList, self.spec.entries)
        return replace(self, name=clean_line(self.name, "name", LONGEST_NAME))


async def list_rules(services: Services, principal: Principal, slug: str) -> Sequence[Rule]:
    """The rules in use, by name. Raises `SiteNotFound`, `Unauthenticated` or `Forbidden`."""
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, slug)
        require_role(principal, site.id, Role.MODERATOR)
        return await rules.of_site(tx, site.id)


async def read_rule(services: Services, principal: Principal, slug: str, rule_id: UUID) -> Sequence[Rule]:
    """Every version, the newest first. Raises `RuleNotFound`, `SiteNotFound`, `Unauthenticated` or `Forbidden`."""
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, slug)
        require_role(principal, site.id, Role.MODERATOR)
        return await rules.history(tx, site.id, rule_id)


async def add_rule(services: Services, principal: Principal, slug: str, wording: Wording) -> Rule:
    """Raises `SiteNotFound`, `InvalidInput`, `Unauthenticated` or `Forbidden`."""
    await _require_admin(services, principal, slug)
    asked = await wording.checked()
    async with services.database.transaction() as tx:
        site = await sites.by_slug(tx, slug, lock=True)
        actor_id = require_role(principal, site.id, Role.ADMIN)
        if await rules.count(tx, site.id) >= MOST_RULES:
            told = f"A site can have at most {MOST_RULES} rules. Retire one first."
            raise InvalidInput(told, cause="rule-too-many", most=MOST_RULES)
        rule = _rule(services, asked, services.new_id(), site.id, kind_of(asked.spec), 1, actor_id)
        await _require_room(tx, rule)
        await rules.add(tx, rule)
    return rule


async def change_rule(
    services: Services, principal: Principal, slug: str, rule_id: UUID, wording: Wording, seen: int | None = None
) -> Rule:  # fmt: skip
    """The rule as it is from now on; a rule keeps its kind. `seen`: the number of the version that is to be replaced.

    Raises `RuleStale` if that is not the newest one any more, `RuleNotFound`, and what `add_rule` raises.
    """
    await _require_admin(services, principal, slug)
    asked = await wording.checked()
    async with services.database.transaction() as tx:
        site_id, actor_id = await _admin(tx, principal, slug, lock=True)
        before = await rules.lock(tx, site_id, rule_id)
        if seen is not None and seen != before.number:
            raise RuleStale(version=before.number)
        if kind_of(asked.spec) is not before.kind:
            told = f"This rule is about {before.kind}, and that cannot change. Create another rule instead."
            raise InvalidInput(told, cause="rule-kind")
        rule = _rule(services, asked, before.id, site_id, before.kind, before.number + 1, actor_id)
        await _require_room(tx, rule)
        await rules.add_version(tx, rule)
    return rule


async def retire_rule(services: Services, principal: Principal, slug: str, rule_id: UUID) -> None:
    """The rule is not asked any more, and no brake stays on it. Raises `RuleNotFound`, `SiteNotFound`, `Unauthenticated` or `Forbidden`."""
    async with services.database.transaction() as tx:
        site_id, actor_id = await _admin(tx, principal, slug)
        await rules.lock(tx, site_id, rule_id)
        now = services.clock()
        await rules.retire(tx, rule_id, now)
        await brakes.release_rule(tx, site_id, rule_id, actor_id, now)


async def _require_admin(services: Services, principal: Principal, slug: str) -> None:
    """Checked before a list is compiled, so that nobody else can have one compiled."""
    async with services.database.reading() as tx:
        await _admin(tx, principal, slug)


async def _admin(tx: Tx, principal: Principal, slug: str, *, lock: bool = False) -> tuple[UUID, UUID]:
    site = await sites.by_slug(tx, slug, lock=lock)
    return site.id, require_role(principal, site.id, Role.ADMIN)


async def _require_room(tx: Tx, rule: Rule) -> None:
    """Every text is searched for all of a site's lists at once, so their size is bounded together."""
    if not isinstance(rule.spec, WordsSpec):
        return
    others = [one.spec for one in await rules.of_site(tx, rule.site_id) if one.id != rule.id]
    held = sum(letters(spec.entries) for spec in others if isinstance(spec, WordsSpec))
    require_room(held + letters(rule.spec.entries))


def _rule(
    services: Services, asked: Wording, rule_id: UUID, site_id: UUID, kind: Kind, number: int, actor_id: UUID
) -> Rule:
    return Rule(
        rule_id, site_id, asked.name, kind, number, asked.mode, asked.action, asked.spec, services.clock(), actor_id
    )  # fmt: skip
