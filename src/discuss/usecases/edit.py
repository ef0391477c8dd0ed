"""An author changes a comment: a new revision, scored and decided like any other while the old one stays visible."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from discuss.domain.accounts import Principal, require_account
from discuss.domain.comments import Comment, Revision
from discuss.domain.states import State
from discuss.domain.text import clean_comment
from discuss.errors import CommentNotFound, EditWindowClosed, Forbidden
from discuss.limiting import Limit
from discuss.markup import rendered
from discuss.store import articles, comments, sanctions, sites
from discuss.store.database import Tx
from discuss.usecases.services import Services


async def edit(services: Services, principal: Principal, slug: str, comment_id: UUID, text: str) -> Comment:
    """Raises `EditWindowClosed`, and what `submit` raises."""
    account_id = require_account(principal)
    async with services.database.transaction() as tx:
        site = await sites.by_slug(tx, slug)
        comment = await own(tx, site.id, comment_id, account_id)
        now = services.clock()
        (await sanctions.standing(tx, site.id, account_id, now)).require_voice()
        (await articles.by_id(tx, site.id, comment.article_id)).require_open(now)
        if now - comment.created_at > timedelta(minutes=site.settings.edit_minutes):
            raise EditWindowClosed
        source = clean_comment(text, site.settings.longest_comment)
        await services.limiter.check(Limit("comments", str(account_id), site.settings.rates.comments))
        revision = Revision(
            id=services.new_id(), comment_id=comment.id, number=comment.revision.number + 1 if comment.revision else 1,
            source=source, html=await rendered(source), language=None, state=State.PENDING, decision_id=None, created_at=now,
        )  # fmt: skip
        await comments.add_revision(tx, site.id, revision)
    services.doorbell.ring_soon()
    return replace(comment, revision=revision)


async def own(tx: Tx, site_id: UUID, comment_id: UUID, account_id: UUID) -> Comment:
    """The author's own comment, locked.

    Raises `Forbidden` for somebody else's visible comment, `CommentNotFound` for a hidden one and for a deleted one.
    """
    comment = await comments.newest(tx, site_id, comment_id, lock=True)
    if comment.author_id != account_id:
        raise Forbidden("This is somebody else's comment.") if comment.visible else CommentNotFound
    if comment.deleted_at is not None:
        raise CommentNotFound
    return comment
