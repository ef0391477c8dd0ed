"""The only path by which anything appears to readers or disappears: comment, counters and feed together."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from discuss.domain.events import Fact, Topic
from discuss.domain.visibility import Showing, gain
from discuss.store import articles, comments, outbox
from discuss.store.database import Tx


async def change_visibility(
    tx: Tx, site_id: UUID, changes: Sequence[tuple[Showing, Showing]], now: datetime
) -> None:
    """Writes what readers see from now on. The articles must be locked (`articles.lock`)."""
    changes = [(before, after) for before, after in changes if before != after]
    gained: Counter[UUID] = Counter()
    for before, after in changes:
        gained[after.article_id] += gain(before, after)
    if changes:
        await comments.show(tx, [after for _, after in changes])
        await articles.settle(tx, gained)
        await outbox.put(
            tx, [Fact.at_once(Topic.ARTICLE_CHANGED, site_id, article_id, now) for article_id in gained]
        )
