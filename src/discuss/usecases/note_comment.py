"""A moderator passes a comment on to a colleague: leaves a note about it and releases the claim."""

from collections.abc import Sequence
from uuid import UUID

from discuss.desk.news import Kind
from discuss.domain.accounts import Principal, Role, require_role
from discuss.domain.notes import Note, require_note
from discuss.store import claims, comments, notes, sites
from discuss.usecases.services import Services


async def note_comment(
    services: Services, principal: Principal, slug: str, comment_id: UUID, text: str
) -> Note:
    """Raises `SiteNotFound`, `CommentNotFound`, `InvalidInput`, `Unauthenticated` or `Forbidden`."""
    async with services.database.transaction() as tx:
        site = await sites.by_slug(tx, slug)
        actor_id = require_role(principal, site.id, Role.MODERATOR)
        await comments.newest(tx, site.id, comment_id)
        note = Note(
            services.new_id(), site.id, comment_id, actor_id, principal.name, require_note(text), services.clock()
        )  # fmt: skip
        await notes.add(tx, note)
        released = await claims.release(tx, comment_id, actor_id)
    services.announcer.tell(site.id, Kind.RELEASED if released else Kind.CHANGED, [comment_id])
    return note


async def read_comment_notes(
    services: Services, principal: Principal, slug: str, comment_id: UUID
) -> Sequence[Note]:
    """The newest first. Raises `SiteNotFound`, `CommentNotFound`, `Unauthenticated` or `Forbidden`."""
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, slug)
        require_role(principal, site.id, Role.MODERATOR)
        await comments.newest(tx, site.id, comment_id)
        return await notes.about(tx, site.id, comment_id)
