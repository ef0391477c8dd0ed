"""`discuss worker`."""

import rich_click as click
import uvloop

from discuss.cli.running import configured
from workers import main


@click.command()
def worker() -> None:
    """Score comments and keep the feed up to date, until stopped.

    Run as many as you like, on as many machines as you like: they share the work and never do it twice. If a worker is
    killed, another one takes over what it was doing.
    """
    uvloop.run(main.run(configured()))
