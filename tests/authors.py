"""People who write, report and moderate, for tests without HTTP and without a worker."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import select

from discuss.domain.accounts import Credential, Grant, Principal, Role
from discuss.domain.comments import Comment
from discuss.domain.decisions import Reason
from discuss.domain.reports import Report
from discuss.domain.sanctions import Sanction, Sanctioned
from discuss.domain.sites import Site
from discuss.store.tables import queue_entries
from discuss.usecases.register_account import add_account
from discuss.usecases.report import Complaint, report
from discuss.usecases.sanction import Wanted, sanction
from discuss.usecases.services import Services

NUMBERS = count(1)


async def person(
    services: Services, site: Site, role: Role = Role.READER, name: str | None = None
) -> Principal:
    """A reader or moderator of the site."""
    number = next(NUMBERS)
    called = name or f"Somebody {number}"
    account = await add_account(
        services, site.id, called, f"somebody{number}@example.org", "correct horse battery", role
    )
    grants = (Grant(role, site.id),) if role > Role.READER else ()
    return Principal(Credential.BEARER, account, name=called, site_id=site.id, grants=grants)


@dataclass(frozen=True)
class Bench:
    """A moderator at work on one site."""

    services: Services
    site: Site
    moderator: Principal

    async def lay(self, author: Principal, kind: Sanction, until: datetime | None = None) -> Sanctioned:
        assert author.account_id is not None
        if kind is Sanction.MUTE and until is None:
            until = self.services.clock() + timedelta(days=1)
        wanted = Wanted(kind, Reason.SPAM, "Enough of this.", until)
        return (await sanction(self.services, self.moderator, self.site.slug, author.account_id, wanted))[0]

    async def report(self, reader: Principal, comment: Comment, reason: Reason = Reason.INSULT) -> Report:
        return await report(self.services, reader, self.site.slug, comment.id, Complaint(reason))

    async def readers(self, number: int) -> list[Principal]:
        return [await person(self.services, self.site) for _ in range(number)]


async def entry(services: Services, comment: Comment) -> tuple[str, int, float]:
    """State, number of open reports and their weight, as the queue has them."""
    query = select(queue_entries.c.state, queue_entries.c.reports, queue_entries.c.report_weight).where(
        queue_entries.c.comment_id == comment.id
    )
    async with services.database.reading() as tx:
        row = (await tx.execute(query)).one()
    return row.state, row.reports, row.report_weight
