"""One comment with everything a moderator needs to decide about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from discuss.domain.accounts import Principal, Role, require_role
from discuss.domain.authors import Record
from discuss.domain.comments import Comment
from discuss.domain.notes import Note
from discuss.domain.queue import Item, Text
from discuss.domain.record import Entry, Wanted
from discuss.domain.reports import Flood
from discuss.domain.sanctions import Sanctioned
from discuss.errors import CommentNotFound
from discuss.store import (
    author_records,
    comments,
    notes,
    queue_items,
    record,
    reports,
    sanctions,
    sites,
    texts,
)
from discuss.usecases.read_alike import NearDuplicates, near_duplicates
from discuss.usecases.services import Services

MOST_DECISIONS = 50


@dataclass(frozen=True, slots=True)
class Dossier:
    """`texts`: all revisions, oldest first. `decisions`: those on any of them, newest first.

    `parent` is the comment that it answers, with its newest text; None: it begins a thread.
    """

    item: Item
    parent: Comment | None
    author: Record
    sanctions: Sequence[Sanctioned]
    author_notes: Sequence[Note]
    reports: Flood
    alike: NearDuplicates
    texts: Sequence[Text]
    decisions: Sequence[Entry]
    notes: Sequence[Note]


async def read_item(services: Services, principal: Principal, slug: str, comment_id: UUID) -> Dossier:
    """Raises `CommentNotFound`, also for a comment that is deleted or not decided yet, `SiteNotFound`, `Unauthenticated` or `Forbidden`."""
    now = services.clock()
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, slug)
        require_role(principal, site.id, Role.MODERATOR)
        item = await queue_items.item(tx, site.id, comment_id, now)
        if item is None:
            raise CommentNotFound
        parent_id = (await comments.newest(tx, site.id, comment_id)).parent_id
        return Dossier(
            item=item,
            parent=None if parent_id is None else await comments.newest(tx, site.id, parent_id),
            author=(await author_records.of(tx, site.id, [item.author_id], now))[item.author_id],
            sanctions=await sanctions.of_author(tx, site.id, item.author_id),
            author_notes=await notes.about(tx, site.id, item.author_id),
            reports=await reports.flood(tx, comment_id),
            alike=await near_duplicates(tx, services, item.revision_id),
            texts=await texts.of_comment(tx, comment_id),
            decisions=await record.page(tx, site.id, Wanted(comment_id=comment_id), None, MOST_DECISIONS),
            notes=await notes.about(tx, site.id, comment_id),
        )
