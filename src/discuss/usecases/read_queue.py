"""A page of a moderators' queue."""

from collections.abc import Sequence
from dataclasses import dataclass

from discuss.domain import cursors
from discuss.domain.accounts import Principal, Role, require_role
from discuss.domain.queue import Item, View, orders
from discuss.domain.text import clean_note
from discuss.errors import InvalidInput
from discuss.store import queue, queue_items, sites
from discuss.store.queue_views import Place
from discuss.usecases.services import Services


@dataclass(frozen=True, slots=True)
class QueuePage:
    """`next_cursor` is None on the last page."""

    items: Sequence[Item]
    next_cursor: str | None


async def read_queue(
    services: Services, principal: Principal, slug: str, view: View, cursor: str | None, limit: int
) -> QueuePage:
    """At most `limit` items. `View()` is everything held, oldest first.

    Raises `SiteNotFound`, `CursorInvalid`, `Unauthenticated`, `Forbidden`, or `InvalidInput` for a search without a word or
    with characters that no text has, and for an order that this queue does not have.
    """
    if view.order not in orders(view.queue):
        raise InvalidInput("Only the queue of reported comments can be ordered by reports.")
    if view.search is not None:
        clean_note(view.search, "search")
    after = None if cursor is None else Place(*cursors.decode_place(view.order, cursor))
    now = services.clock()
    async with services.database.reading() as tx:
        site = await sites.by_slug(tx, slug)
        asker = require_role(principal, site.id, Role.MODERATOR)
        if view.search is not None and not await queue.is_searchable(tx, view.search):
            raise InvalidInput("The search contains no words that can be searched for.")
        found = await queue.places(tx, site.id, asker, view, after, limit + 1, now)
        shown = found[:limit]
        items = await queue_items.items(tx, [place.comment_id for place in shown], now)
    more = (
        cursors.encode_place(view.order, shown[-1].key, shown[-1].comment_id) if len(found) > limit else None
    )
    return QueuePage(items, more)
