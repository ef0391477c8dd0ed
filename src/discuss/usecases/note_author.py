"""A moderator leaves a note about an author for colleagues."""

from collections.abc import Sequence
from uuid import UUID

from discuss.domain.accounts import Principal, Role, require_role
from discuss.domain.notes import Note, require_note
from discuss.store import author_records, notes, sites
from discuss.usecases.services import Services


async def note_author(
    services: Services, principal: Principal, slug: str, account_id: UUID, text: str
) -> Note:
    """Raises `SiteNotFound`, `AuthorNotFound`, `InvalidInput`, `Unauthenticated` or `Forbidden`."""
    async with services.database.transaction() as tx:
        site = await sites.by_slug(tx, slug)
        actor_id = require_role(principal, site.id, Role.MODERATOR)
        await author_records.author(tx, site.id, account_id)
        note = Note(
            services.new_id(), site.id, account_id, actor_id, principal.name, require_note(text), services.clock()
        )  # fmt: skip
        await notes.add(tx, note)
    return note


async def read_author_notes(
    services: Services, principal: Principal, slug: str, account_id: UUID
) -> Sequence[Note]:
    """The newest first. Raises `SiteNotFound`, `AuthorNotFound`, `Unauthenticated` or `Forbidden`."""
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, slug)
        require_role(principal, site.id, Role.MODERATOR)
        await author_records.author(tx, site.id, account_id)
        return await notes.about(tx, site.id, account_id)
