"""`discuss worker`."""

import rich_click as click
import uvloop

from discuss.cli.running import configured
from workers import main


@click.command()
def worker() -> None:
    """Score comments and keep the feed up to date, until stopped.

    Run as many as you like, on as many machines: they share the work and never do it twice. What a worker was
    doing when it was killed is taken up by the next one.
    """
    uvloop.run(main.run(configured()))
