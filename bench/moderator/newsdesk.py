"""One replay: comments come in, the real pipeline decides them, readers report, a moderator works the queue.

Time is made up, and so are the people. Use cases, classifier, policy and PostgreSQL are those of the service.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from sqlalchemy import or_, select

from bench.moderator.crowd import Arrival
from bench.moderator.fates import Fate
from bench.moderator.paper import Paper
from bench.moderator.shift import Moderator, Readers
from discuss.domain.decisions import Reason
from discuss.domain.rulings import Ruling
from discuss.domain.states import State
from discuss.errors import CommentNotFound
from discuss.store.tables import queue_entries
from discuss.usecases.decide import decide
from discuss.usecases.report import Complaint, report
from discuss.usecases.score import score
from discuss.usecases.services import Judge, Services
from discuss.usecases.submit import Submission, submit

STEP = timedelta(seconds=10)
AFTERMATH = timedelta(hours=36)
"""After the last comment. What nobody reported or decided by then stays as it is."""


@dataclass
class Clock:
    now: datetime

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the moderator takes up next."""

    comment: UUID
    revision: UUID
    decision: UUID


@dataclass
class Newsdesk:
    """`services` use `clock`."""

    services: Services
    clock: Clock
    judge: Judge
    paper: Paper
    moderator: Moderator
    readers: Readers
    chance: random.Random
    fates: dict[UUID, Fate] = field(default_factory=dict)

    @classmethod
    def open(cls, services: Services, clock: Clock, judge: Judge, paper: Paper, seed: int) -> Self:
        chance = random.Random(seed)  # noqa: S311  - repeatable, guards nothing
        return cls(services, clock, judge, paper, Moderator(chance, clock.now), Readers(chance), chance)

    async def play(self, arrivals: Sequence[Arrival]) -> datetime:
        """Returns the time of the end."""
        to_come, end = list(reversed(arrivals)), arrivals[-1].at + AFTERMATH
        while self.clock.now < end:
            came: list[Arrival] = []
            while to_come and to_come[-1].at <= self.clock.now:
                came.append(to_come.pop())
            await self._write(came)
            await self._report()
            idle = not await self._moderate()
            self.clock.now = self._then(to_come, end) if idle else self.clock.now + STEP
        return end

    def _then(self, to_come: Sequence[Arrival], end: datetime) -> datetime:
        """When the next thing happens while nobody works: a comment, a report, or the moderator's return."""
        duty = self.moderator.next_duty(self.clock.now)
        due = [*self.readers.due.values(), *(one.at for one in to_come[-1:]), duty, end]
        return max(self.clock.now + STEP, min(due))

    async def _write(self, came: Sequence[Arrival]) -> None:
        for arrival in came:
            asked = Submission(self.chance.choice(self.paper.articles), arrival.text)
            author = self.chance.choice(self.paper.readers)
            comment = await submit(self.services, author, self.paper.slug, asked)
            self.fates[comment.id] = Fate(arrival, author.account_id)
        if came:
            while await score(self.services, self.judge):
                pass
            await self._look(list(self.fates)[-len(came) :])

    async def _look(self, comments: Sequence[UUID]) -> None:
        """Note what became of these comments."""
        query = select(queue_entries.c.comment_id, queue_entries.c.state)
        async with self.services.database.reading() as tx:
            found = (await tx.execute(query.where(queue_entries.c.comment_id.in_(comments)))).all()
        for comment, state in found:
            self._note(comment, State(state))

    def _note(self, comment: UUID, state: State) -> None:
        fate = self.fates[comment]
        fate.held = fate.held or state is State.HELD
        if state is State.PUBLISHED and fate.shown is None:
            fate.shown = self.clock.now
            self.readers.see(comment, fate.arrival, self.clock.now)
        elif state is not State.PUBLISHED and fate.shown is not None and fate.gone is None:
            fate.gone = self.clock.now
        elif state is State.PUBLISHED:
            fate.gone = None

    async def _report(self) -> None:
        for comment in self.readers.report(self.clock.now):
            others = [one for one in self.paper.readers if one.account_id != self.fates[comment].author]
            complaint = Complaint(Reason.INSULT)
            try:
                await report(self.services, self.chance.choice(others), self.paper.slug, comment, complaint)
            except CommentNotFound:  # it has been taken away meanwhile
                continue
            await self._look([comment])

    async def _moderate(self) -> bool:
        """Decide about one comment. Returns whether there was one."""
        if not self.moderator.on_duty(self.clock.now):
            return False
        waiting = await self._next()
        if waiting is None:
            return False
        fate = self.fates[waiting.comment]
        rejects = self.moderator.rejects(fate.arrival, self.clock.now)
        ruling = Ruling(State.REJECTED, Reason.INSULT) if rejects else Ruling(State.PUBLISHED)
        await decide(
            self.services, self.paper.moderator, self.paper.slug, waiting.revision, ruling, seen=waiting.decision
        )  # fmt: skip
        self._note(waiting.comment, ruling.state)
        return True

    async def _next(self) -> Waiting | None:
        """Reported comments first, because readers see them; then held ones. The oldest first in each case."""
        entry = queue_entries.c
        query = (
            select(entry.comment_id, entry.revision_id, entry.decision_id)
            .where(entry.site_id == self.paper.site_id, or_(entry.state == State.HELD, entry.reports > 0))
            .order_by((entry.reports > 0).desc(), entry.created_at)
            .limit(1)
        )
        async with self.services.database.reading() as tx:
            row = (await tx.execute(query)).first()
        return Waiting(*row) if row else None
