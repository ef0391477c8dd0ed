"""What the worker does: drain the outbox when the bell rings, and sweep it every two seconds in case it did not."""

from typing import Any

import structlog

from discuss.errors import Unavailable
from discuss.usecases.project import project, rebuild_missing
from discuss.usecases.score import score
from discuss.usecases.services import Judge, Services
from discuss.usecases.tidy import tidy
from workers.queue import BELL

Context = dict[str, Any]

log = structlog.get_logger()


async def drain(ctx: Context) -> None:
    """Clears the bell before it looks, so that a ring during the last look is never lost."""
    await ctx["redis"].delete(BELL)
    await empty_outbox(ctx["services"], ctx["judge"])


async def sweep(ctx: Context) -> None:
    """Finds what no bell announced: lost rings, deferred rows, articles whose hour has come, missing feeds."""
    try:
        await rebuild_missing(ctx["services"])
        await empty_outbox(ctx["services"], ctx["judge"])
    except Unavailable:
        log.warning("sweep.database_away")


async def empty_outbox(services: Services, judge: Judge) -> None:
    """Scores and projects in turn until nothing is due."""
    while await score(services, judge) + await project(services):
        pass


async def clean(ctx: Context) -> None:
    await tidy(ctx["services"])
