"""A reader reports a comment, or withdraws the report. Enough reports hold a comment that no person has looked at yet."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from discuss.desk.news import Kind
from discuss.domain.accounts import Principal, Role, require_role
from discuss.domain.comments import Comment
from discuss.domain.decisions import Decision, Reason, Source, require_persons_reason
from discuss.domain.reports import LONGEST_WORDS, Report, may_hold
from discuss.domain.sites import Site
from discuss.domain.states import State
from discuss.domain.text import clean_words
from discuss.errors import CommentNotFound, Forbidden, InvalidInput, ReportSettled
from discuss.limiting import Limit
from discuss.store import articles, comments, decisions, queue_entries, reports, revisions, sanctions, sites
from discuss.store.database import Tx
from discuss.usecases.decide import take_effect
from discuss.usecases.services import Services


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a reader says about a comment."""

    reason: Reason
    words: str | None = None

    def checked(self) -> "Complaint":
        """As it may be stored. Raises `InvalidInput`."""
        words = clean_words(self.words, "text of the report")
        if words is not None and len(words) > LONGEST_WORDS:
            raise InvalidInput(
                f"The report has {len(words)} characters; at most {LONGEST_WORDS} are allowed."
            )
        return Complaint(require_persons_reason(self.reason, "report"), words)


async def report(
    services: Services, principal: Principal, slug: str, comment_id: UUID, complaint: Complaint
) -> Report:
    """One report per reader and comment: a second one replaces the first, and reinstates one that was withdrawn.

    Raises `SiteNotFound`, `CommentNotFound`, `InvalidInput`, `ReportSettled`, `RateLimited`, `AuthorBanned`,
    `AuthorMuted`, `Unauthenticated`, or `Forbidden`, also for one's own comment.
    """
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, slug)
    reporter_id = require_role(principal, site.id, Role.READER)
    said = complaint.checked()
    await services.limiter.check(Limit("reports", str(reporter_id), site.settings.rates.reports))
    async with services.database.transaction() as tx:
        now = services.clock()
        (await sanctions.standing(tx, site.id, reporter_id, now)).require_voice()
        comment = await _reportable(tx, site, comment_id, reporter_id, now)
        made = _report(services, site, comment, reporter_id, said)
        _require_unsettled(await reports.by(tx, comment_id, reporter_id), made)
        await reports.put(tx, made)
        if not await _held(tx, services, site, comment, now):
            await queue_entries.settle(tx, [comment_id])
    services.doorbell.ring()
    services.announcer.tell(site.id, Kind.CHANGED, [comment_id])
    return made


async def withdraw(services: Services, principal: Principal, slug: str, comment_id: UUID) -> None:
    """Withdrawing a report that does not exist changes nothing.

    Raises `SiteNotFound`, `CommentNotFound`, `ReportSettled`, `Unauthenticated` or `Forbidden`.
    """
    async with services.database.transaction() as tx:
        site = await sites.by_slug(tx, slug)
        reporter_id = require_role(principal, site.id, Role.READER)
        comment = await comments.newest(tx, site.id, comment_id)
        await articles.lock(tx, [comment.article_id])
        mine = await reports.by(tx, comment_id, reporter_id)
        if mine is None and not comment.visible:
            raise CommentNotFound
        if mine is None or mine.withdrawn_at is not None:
            return
        if mine.outcome is not None:
            raise ReportSettled
        await reports.withdraw(tx, mine.id, services.clock())
        await queue_entries.settle(tx, [comment_id])
    services.announcer.tell(site.id, Kind.CHANGED, [comment_id])


async def _reportable(tx: Tx, site: Site, comment_id: UUID, reporter_id: UUID, now: datetime) -> Comment:
    """The comment as readers see it, with its article locked."""
    article_id = (await comments.visible(tx, site.id, comment_id)).article_id
    await articles.lock(tx, [article_id])
    comment = await comments.visible(tx, site.id, comment_id)
    if not comment.visible or not (await articles.by_id(tx, site.id, article_id)).shown_at(now):
        raise CommentNotFound
    if comment.author_id == reporter_id:
        raise Forbidden("This is your own comment; you can delete it instead.")
    return comment


def _report(services: Services, site: Site, comment: Comment, reporter_id: UUID, said: Complaint) -> Report:
    if comment.visible_revision_id is None:
        raise CommentNotFound
    return Report(
        id=services.new_id(), site_id=site.id, comment_id=comment.id, revision_id=comment.visible_revision_id,
        author_id=comment.author_id, reporter_id=reporter_id, reason=said.reason, words=said.words,
        created_at=services.clock(),
    )  # fmt: skip


def _require_unsettled(before: Report | None, made: Report) -> None:
    """Raises `ReportSettled` if a person has judged this very text since: reporting it again would count the same opinion twice."""
    if before is not None and before.outcome is not None and before.revision_id == made.revision_id:
        raise ReportSettled


async def _held(tx: Tx, services: Services, site: Site, comment: Comment, now: datetime) -> bool:
    """Holds the text if its reports weigh enough. Call it under the lock of the article."""
    limit, revision_id = site.settings.report_hold, comment.visible_revision_id
    if limit is None or revision_id is None or await reports.weight(tx, revision_id) < limit:
        return False
    standing = (await revisions.lock(tx, [revision_id]))[revision_id]
    if standing.decision_id is None:
        return False
    current = await decisions.by_id(tx, site.id, standing.decision_id)
    if not may_hold(standing.state, current.source):
        return False
    held = Decision(
        id=services.new_id(), site_id=site.id, revision_id=revision_id, previous_id=standing.decision_id,
        state=State.HELD, source=Source.POLICY, actor_id=None, reasons=[Reason.REPORTED], note=None, model=None,
        created_at=now,
    )  # fmt: skip
    await take_effect(tx, [(standing, held)], now)
    return True
