"""What an operator's monitoring wants to know about the feeds."""

from dataclasses import dataclass

from redis.exceptions import RedisError

from discuss.usecases.services import Services


@dataclass(frozen=True, slots=True)
class Measured:
    """`drift`: how many articles were ever found wrong in the feed. `compared_at`: when it was last compared, in Unix seconds; 0: never."""

    site: str
    drift: int
    compared_at: int


async def measure_feeds(services: Services) -> list[Measured]:
    """One for each site this process follows; none while Redis is away."""
    try:
        return [Measured(slug, *await services.reader.drift(slug)) for slug in services.listener.followed]
    except (RedisError, OSError):
        return []
