"""`discuss migrate`."""

import rich_click as click

from discuss.cli.running import with_services
from discuss.usecases import migrate as migrating


@click.command()
def migrate() -> None:
    """Bring the database schema to the version of this program.

    Safe to run at any time and by several machines at once: they wait for each other, and where there is nothing
    to do nothing is done. `discuss up` does it by itself; with outside servers run it before `discuss serve`.
    """
    with_services(migrating.migrate)
    click.echo("The database schema is up to date.")
