"""`discuss verify`."""

import sys

import rich_click as click
from redis.exceptions import RedisError
from rich.console import Console

from discuss.cli.running import with_services
from discuss.errors import SetupFailed
from discuss.usecases.services import Services
from discuss.usecases.verify import verify as compare

MOST_SHOWN = 20


@click.command()
def verify() -> None:
    """Compare the feed in Redis with the database, and the database with itself.

    For each site it checks the feed's rows, counts and order; the article counters against the visible comments; that
    every comment was scored and decided exactly once; and the moderators' queues against the decisions. Prints any
    differences and exits with 1, or says that all is well and exits with 0. Run it when nothing is being posted: work
    in progress is reported as waiting.
    """
    console = Console(highlight=False)

    async def all_sites(services: Services) -> int:
        differences = 0
        async for slug, found in compare(services):
            console.print(
                f"{slug}: {'all is well' if not found else f'{len(found)} differences'}", markup=False
            )
            for sentence in found[:MOST_SHOWN]:
                console.print(f"  {sentence}", markup=False, soft_wrap=True)
            if len(found) > MOST_SHOWN:
                console.print(f"  … and {len(found) - MOST_SHOWN} more")
            differences += len(found)
        return differences

    try:
        sys.exit(1 if with_services(all_sites) else 0)
    except (RedisError, OSError) as error:
        raise SetupFailed(f"Redis cannot be reached: {error}") from error
