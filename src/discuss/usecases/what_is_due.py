"""What the worker finds when it looks into the outbox."""

from discuss.domain.events import Topic
from discuss.store import outbox
from discuss.usecases.services import Services


async def what_is_due(services: Services) -> frozenset[Topic]:
    """Topics with facts that are due; another worker may already be working on them."""
    async with services.database.reading() as tx:
        return await outbox.due(tx, services.clock())
