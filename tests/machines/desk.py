"""A site at work: readers write, edit, delete and report, moderators decide, undo and ban, any of it concurrently."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select

from discuss.domain.accounts import Principal, Role
from discuss.domain.articles import Article
from discuss.domain.comments import Comment
from discuss.domain.decisions import Reason
from discuss.domain.removals import Span
from discuss.domain.reports import Outcome
from discuss.domain.rulings import Ruling
from discuss.domain.sanctions import Sanction
from discuss.domain.sites import Site
from discuss.domain.states import State
from discuss.errors import DiscussError
from discuss.store import comments, truth
from discuss.store.tables import comments as seen
from discuss.store.tables import reports
from discuss.usecases.decide import decide
from discuss.usecases.delete import delete
from discuss.usecases.edit import edit
from discuss.usecases.remove_comments import remove_some
from discuss.usecases.renew_reach import renew_reach
from discuss.usecases.report import Complaint, report, withdraw
from discuss.usecases.sanction import Wanted, lift, sanction
from discuss.usecases.services import Services
from discuss.usecases.undo import undo
from tests.authors import person
from tests.judging import drain, write

IN_SIGHT = (
    select(reports.c.comment_id)
    .join(seen, seen.c.visible_revision_id == reports.c.revision_id)
    .where(reports.c.outcome == Outcome.UPHELD)
)
"""Comments whose visible text was reported, with the report upheld: there must be none."""

READERS = 3
TEXTS = ("fine", "toxic", "fine, and longer", "toxic and longer")


@dataclass
class Desk:
    """Every act takes a number that determines who does it and to what. Acts that are forbidden or pointless change nothing."""

    services: Services
    site: Site
    article: Article
    readers: Sequence[Principal]
    moderator: Principal
    written: list[tuple[Principal, Comment]] = field(default_factory=list)
    decided: list[UUID] = field(default_factory=list)
    laid: list[tuple[UUID, UUID]] = field(default_factory=list)

    @classmethod
    async def set_up(cls, services: Services, site: Site, article: Article) -> "Desk":
        readers = [await person(services, site) for _ in range(READERS)]
        return cls(services, site, article, readers, await person(services, site, Role.MODERATOR))

    async def at_once(self, acts: Sequence[tuple[str, int]]) -> None:
        await asyncio.gather(*(self._try(ACTS[name](self, number)) for name, number in acts))

    async def wrong(self) -> Sequence[UUID]:
        """Where the queues differ from the record, as `discuss verify` finds it, and comments that readers should not see."""
        async with self.services.database.reading() as tx:
            return [
                *await truth.wrong_entries(tx, self.site.id),
                *await truth.badly_decided(tx, self.site.id),
                *await tx.scalars(IN_SIGHT.where(reports.c.site_id == self.site.id)),
            ]

    async def _try(self, act: Awaitable[None]) -> None:
        with suppress(DiscussError):
            await act

    def _reader(self, number: int) -> Principal:
        return self.readers[number % READERS]

    def _comment(self, number: int) -> tuple[Principal, Comment]:
        if not self.written:
            raise DiscussError("Nothing was written yet.")
        return self.written[number // READERS % len(self.written)]

    async def comment(self, number: int) -> None:
        reader, text = self._reader(number), TEXTS[number % len(TEXTS)]
        self.written.append((reader, await write(self.services, self.site, reader, self.article, text)))

    async def edit(self, number: int) -> None:
        author, comment = self._comment(number)
        text = f"{TEXTS[number % len(TEXTS)]}, changed {number}"
        await edit(self.services, author, self.site.slug, comment.id, text)

    async def delete(self, number: int) -> None:
        author, comment = self._comment(number)
        await delete(self.services, author, self.site.slug, comment.id)

    async def score(self, _: int) -> None:
        await drain(self.services)

    async def decide(self, number: int) -> None:
        """Decides about the newest text. If it was reported, publishing it dismisses the reports."""
        state = (State.PUBLISHED, State.HELD, State.REJECTED)[number % 3]
        _, comment = self._comment(number)
        async with self.services.database.reading() as tx:
            newest = (await comments.newest(tx, self.site.id, comment.id)).revision
        ruling = Ruling(state, Reason.SPAM if state is State.REJECTED else None)
        if newest is not None:
            made = await decide(self.services, self.moderator, self.site.slug, newest.id, ruling)
            self.decided.append(made.id)

    async def undo(self, number: int) -> None:
        if self.decided:
            made = self.decided[-1 - number % len(self.decided)]
            self.decided.append((await undo(self.services, self.moderator, self.site.slug, made)).id)

    async def report(self, number: int) -> None:
        _, comment = self._comment(number)
        await report(
            self.services, self._reader(number), self.site.slug, comment.id, Complaint(Reason.INSULT)
        )

    async def withdraw(self, number: int) -> None:
        _, comment = self._comment(number)
        await withdraw(self.services, self._reader(number), self.site.slug, comment.id)

    async def ban(self, number: int) -> None:
        """Bans an author and removes all that they wrote."""
        account_id = self._reader(number).account_id
        assert account_id is not None
        wanted = Wanted(Sanction.BAN, Reason.SPAM, "Enough.", removing=Span())
        laid, _ = await sanction(self.services, self.moderator, self.site.slug, account_id, wanted)
        self.laid.append((account_id, laid.id))

    async def forgive(self, number: int) -> None:
        if self.laid:
            account_id, sanction_id = self.laid[-1 - number % len(self.laid)]
            await lift(self.services, self.moderator, self.site.slug, account_id, sanction_id)

    async def remove(self, _: int) -> None:
        await remove_some(self.services)

    async def renew(self, _: int) -> None:
        await renew_reach(self.services)


ACTS: Mapping[str, Callable[[Desk, int], Awaitable[None]]] = {
    "comment": Desk.comment,
    "edit": Desk.edit,
    "delete": Desk.delete,
    "score": Desk.score,
    "decide": Desk.decide,
    "undo": Desk.undo,
    "report": Desk.report,
    "withdraw": Desk.withdraw,
    "ban": Desk.ban,
    "forgive": Desk.forgive,
    "remove": Desk.remove,
    "renew": Desk.renew,
}
USUAL = ("comment", "score", "comment", "score", "report", "decide")
"""The acts that happen most often."""
