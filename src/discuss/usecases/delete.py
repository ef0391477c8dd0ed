"""An author takes a comment back: readers see a tombstone if it has replies, and otherwise nothing."""

from uuid import UUID

from discuss.desk.news import Kind
from discuss.domain.accounts import Principal, require_account
from discuss.domain.visibility import after_deletion
from discuss.store import articles, comments, queue_entries, sites
from discuss.usecases.change_visibility import change_visibility
from discuss.usecases.edit import own
from discuss.usecases.services import Services


async def delete(services: Services, principal: Principal, slug: str, comment_id: UUID) -> None:
    """Raises `SiteNotFound`, `CommentNotFound`, `Unauthenticated` or `Forbidden`."""
    account_id = require_account(principal)
    async with services.database.transaction() as tx:
        site = await sites.by_slug(tx, slug)
        comment = await comments.newest(tx, site.id, comment_id)
        await articles.lock(tx, [comment.article_id])
        comment = await own(tx, site.id, comment_id, account_id)
        before = (await comments.showings(tx, [comment.id]))[comment.id]
        after = after_deletion(before, services.clock())
        await change_visibility(tx, site.id, [(before, after)], services.clock())
        await queue_entries.settle(tx, [comment.id])
    services.doorbell.ring()
    services.announcer.tell(site.id, Kind.CHANGED, [comment_id])
