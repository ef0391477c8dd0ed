"""`discuss rebuild`."""

import rich_click as click
from redis.exceptions import RedisError

from discuss.cli.running import with_services
from discuss.errors import SetupFailed
from discuss.usecases.build_feeds import build_every


@click.command()
@click.argument("site", required=False)
def rebuild(site: str | None) -> None:
    """Rebuild the feed of SITE, or of all sites, from the database.

    Use it when a sidebar is wrong or after restoring a backup: everything that Redis holds of the feed is replaced.
    Readers get the old feed until the new one is ready.
    """
    try:
        built = with_services(lambda services: build_every(services, site))
    except (RedisError, OSError) as error:
        raise SetupFailed(f"Redis cannot be reached: {error}") from error
    for slug in built:
        click.echo(f"{slug}: rebuilt")
