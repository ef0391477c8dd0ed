"""Staff notes, by what they are about: a comment, or an author's account."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import insert, select

from discuss.domain.notes import Note
from discuss.store.database import Tx
from discuss.store.tables import accounts, notes

MOST = 200
"""How many notes on one subject are shown: the newest."""

NOTE = [
    notes.c.id, notes.c.site_id, notes.c.subject_id, notes.c.actor_id, accounts.c.name, notes.c.text,
    notes.c.created_at,
]  # fmt: skip


async def add(tx: Tx, note: Note) -> None:
    """The caller checks that the subject exists and belongs to this site."""
    row = {
        "id": note.id, "site_id": note.site_id, "subject_id": note.subject_id, "actor_id": note.actor_id,
        "text": note.text, "created_at": note.created_at,
    }  # fmt: skip
    await tx.execute(insert(notes).values(row))


async def about(tx: Tx, site_id: UUID, subject_id: UUID) -> Sequence[Note]:
    """The newest first."""
    query = (
        select(*NOTE)
        .select_from(notes.join(accounts, accounts.c.id == notes.c.actor_id))
        .where(notes.c.subject_id == subject_id, notes.c.site_id == site_id)
        .order_by(notes.c.created_at.desc(), notes.c.id.desc())
        .limit(MOST)
    )
    return [Note(*row) for row in await tx.execute(query)]
