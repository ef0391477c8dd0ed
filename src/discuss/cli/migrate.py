"""`discuss migrate`."""

import rich_click as click

from discuss.cli.running import with_services
from discuss.usecases import migrate as migrating


@click.command()
def migrate() -> None:
    """Bring the database schema up to date with this version.

    Safe to run at any time, even on several machines at once: they wait for each other, and if there is nothing to do,
    nothing is changed. `discuss up` does this automatically; with outside servers, run it before `discuss serve`.
    """
    with_services(migrating.migrate)
    click.echo("The database schema is up to date.")
