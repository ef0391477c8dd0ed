"""A moderator asks what a rule would have done to published comments; the worker finds out, and the answer is read here."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from discuss.classify.wordlists import WordList
from discuss.domain.accounts import Principal, Role, require_role
from discuss.domain.backtests import MOST_DAYS, THRESHOLD, Backtest, Example, Progress, ThresholdSpec
from discuss.domain.events import Fact, Topic
from discuss.domain.likeness import LOOKED_BACK
from discuss.domain.rule_sense import require_spec
from discuss.domain.rules import Action, RepeatsSpec, Spec, WordsSpec, kind_of
from discuss.errors import InvalidInput
from discuss.store import backtests, outbox, sites
from discuss.usecases.services import Services

AT_ONCE = 5
"""Back-tests of one site at the same time: each reads through everything that was published."""


@dataclass(frozen=True, slots=True)
class Question:
    spec: Spec | ThresholdSpec
    action: Action
    days: int

    async def checked(self) -> None:
        """Raises `InvalidInput`."""
        most = LOOKED_BACK.days if isinstance(self.spec, RepeatsSpec) else MOST_DAYS
        if not 1 <= self.days <= most:
            told = f"A back-test of this kind can look back 1 to {most} days."
            raise InvalidInput(told, cause="backtest-days", most=most)
        if not isinstance(self.spec, ThresholdSpec):
            require_spec(self.spec)
        if isinstance(self.spec, WordsSpec):
            await asyncio.to_thread(WordList, self.spec.entries)


async def request_backtest(
    services: Services, principal: Principal, slug: str, question: Question
) -> Backtest:
    """The worker takes it up within two seconds.

    Raises `SiteNotFound`, `InvalidInput`, `Unauthenticated` or `Forbidden`.
    """
    async with services.database.reading() as tx:
        require_role(principal, (await sites.by_slug(tx, slug)).id, Role.MODERATOR)
    await question.checked()
    async with services.database.transaction() as tx:
        site = await sites.by_slug(tx, slug, lock=True)
        actor_id = require_role(principal, site.id, Role.MODERATOR)
        if await backtests.under_way(tx, site.id) >= AT_ONCE:
            told = f"{AT_ONCE} back-tests are already under way. Wait for one to finish, or cancel one."
            raise InvalidInput(told, cause="backtest-too-many", most=AT_ONCE)
        kind = THRESHOLD if isinstance(question.spec, ThresholdSpec) else str(kind_of(question.spec))
        asked = Backtest(
            services.new_id(), site.id, kind, question.action, question.spec, question.days, Progress.WAITING,
            0, 0, 0, (), None, actor_id, services.clock(), None,
        )  # fmt: skip
        await backtests.add(tx, asked)
        await outbox.put(tx, [Fact.at_once(Topic.BACKTEST_REQUESTED, site.id, asked.id, asked.created_at)])
    return asked


async def read_backtest(
    services: Services, principal: Principal, slug: str, backtest_id: UUID
) -> tuple[Backtest, Sequence[Example]]:
    """How far it is, with the examples found so far.

    Raises `BacktestNotFound`, `SiteNotFound`, `Unauthenticated` or `Forbidden`.
    """
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, slug)
        require_role(principal, site.id, Role.MODERATOR)
        made = await backtests.by_id(tx, site.id, backtest_id)
        return made, await backtests.examples(tx, made)


async def cancel_backtest(services: Services, principal: Principal, slug: str, backtest_id: UUID) -> None:
    """A back-test that is over stays as it is. Raises what `read_backtest` raises."""
    async with services.database.transaction() as tx:
        site = await sites.by_slug(tx, slug)
        require_role(principal, site.id, Role.MODERATOR)
        made = await backtests.by_id(tx, site.id, backtest_id, lock=True)
        if not made.over:
            await backtests.keep(tx, replace(made, state=Progress.CANCELLED, finished_at=services.clock()))
