"""What is in the moderators' queues, for tests of what gets into them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from discuss.domain.queue import Item, Queue, Sort, View
from discuss.domain.sites import Site
from discuss.domain.states import State
from discuss.store import queue, queue_items
from discuss.store.database import Tx

NOBODY = UUID(int=0)


async def in_queue(tx: Tx, site: Site, state: State) -> Sequence[Item]:
    """Everything in this state, oldest first."""
    now, view = datetime.now(UTC), View(Queue.ALL, Sort.OLDEST, state=state)
    places = await queue.places(tx, site.id, NOBODY, view, None, 100, now)
    return await queue_items.items(tx, [place.comment_id for place in places], now)
