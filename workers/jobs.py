"""What the worker does: drain the outbox when the bell rings, sweep it every two seconds in case it did not, and write views down."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from redis.exceptions import RedisError

from discuss.errors import Unavailable
from discuss.usecases.build_feeds import build_changed, build_unsound
from discuss.usecases.flush_views import flush_views
from discuss.usecases.project import project
from discuss.usecases.reconcile_feeds import reconcile_feeds
from discuss.usecases.score import score
from discuss.usecases.services import Services
from discuss.usecases.tidy import tidy
from workers.queue import BELL
from workers.serving import Serving

Context = dict[str, Any]

log = structlog.get_logger()


async def drain(ctx: Context) -> None:
    """Clears the bell before it looks, so that a ring during the last look is never lost."""
    await ctx["redis"].delete(BELL)
    await empty_outbox(ctx["services"], ctx["serving"])


async def sweep(ctx: Context) -> None:
    """Finds what no bell announced: lost rings, deferred rows, articles whose hour has come, missing feeds."""
    await empty_outbox(ctx["services"], ctx["serving"])
    with _away():
        await build_unsound(ctx["services"])


async def empty_outbox(services: Services, serving: Serving) -> None:
    """Scores and projects in turn until nothing is due. A feed that cannot be written keeps nobody from being scored."""
    with _away():
        scored = True
        while scored:
            scored = bool(await score(services, await serving.judge()))
            with _away():
                while await project(services) or await build_changed(services):
                    pass


@contextmanager
def _away() -> Iterator[None]:
    """A store that is away is no failure of the job: the next sweep finds everything as it was."""
    try:
        yield
    except (Unavailable, RedisError, OSError) as error:
        log.warning("worker.store_away", error=type(error).__name__)


async def write_views(ctx: Context) -> None:
    with _away():
        await flush_views(ctx["services"])


async def reconcile(ctx: Context) -> None:
    with _away():
        await reconcile_feeds(ctx["services"])


async def clean(ctx: Context) -> None:
    await tidy(ctx["services"])
