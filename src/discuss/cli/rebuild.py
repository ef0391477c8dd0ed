"""`discuss rebuild`."""

import rich_click as click
from redis.exceptions import RedisError

from discuss.cli.running import with_services
from discuss.errors import SetupFailed
from discuss.usecases.build_feeds import build_every


@click.command()
@click.argument("site", required=False)
def rebuild(site: str | None) -> None:
    """Build the feed of SITE anew from the database, or the feeds of all sites.

    For a sidebar that is wrong, and after a backup was restored: what Redis held of the feed is forgotten. Readers are
    served the old one until the new one is there.
    """
    try:
        built = with_services(lambda services: build_every(services, site))
    except (RedisError, OSError) as error:
        raise SetupFailed(f"Redis cannot be reached: {error}") from error
    for slug in built:
        click.echo(f"{slug}: built anew")
