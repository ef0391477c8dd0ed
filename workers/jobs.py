"""What the worker does: drain the outbox when the bell rings, sweep it every two seconds in case it did not, and write views down."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from redis.exceptions import RedisError

from discuss.domain.events import Topic
from discuss.errors import Unavailable
from discuss.usecases.brake import put_brakes_on
from discuss.usecases.build_feeds import build_changed, build_unsound
from discuss.usecases.flush_views import flush_views
from discuss.usecases.project import project
from discuss.usecases.reconcile_feeds import reconcile_feeds
from discuss.usecases.remove_comments import remove_some
from discuss.usecases.renew_reach import renew_reach
from discuss.usecases.run_backtest import run_backtest
from discuss.usecases.score import score
from discuss.usecases.services import Services
from discuss.usecases.tidy import tidy
from discuss.usecases.what_is_due import what_is_due
from workers.pace import Pace
from workers.queue import AT_ONCE, SOON
from workers.serving import Serving

Context = dict[str, Any]

log = structlog.get_logger()


async def drain(ctx: Context) -> None:
    """Clears the bell before it looks, so that a ring during the last look is never lost."""
    await ctx["redis"].delete(AT_ONCE.flag)
    await empty_outbox(ctx["services"], ctx["serving"])


async def gather(ctx: Context) -> None:
    """The same for new texts. Their bell stays set while they wait for company, so that those that come rings no further."""
    pace: Pace = ctx["pace"]
    async with pace.turn():
        await ctx["redis"].delete(SOON.flag)
        await empty_outbox(ctx["services"], ctx["serving"])


async def sweep(ctx: Context) -> None:
    """Finds what no bell announced: another model, lost rings, deferred rows, articles whose hour has come, missing feeds."""
    await ctx["serving"].follow()
    await empty_outbox(ctx["services"], ctx["serving"])
    with _away():
        await build_unsound(ctx["services"])


async def empty_outbox(services: Services, serving: Serving) -> None:
    """Projects and scores in turn until nothing is due that others do not hold.

    What readers are to see comes first. A feed that cannot be written keeps nobody from being scored, and a model that is
    missing keeps no feed from being written. Texts that come while a batch is scored have rung for one of their own: only
    behind a full batch is there a backlog.
    """
    with _away():
        taken, full = 1, True
        while taken:
            due, taken = await what_is_due(services), 0
            with _away():
                if Topic.ARTICLE_CHANGED in due:
                    taken += await project(services)
                if Topic.SITE_CHANGED in due:
                    taken += await build_changed(services)
            if Topic.REVISION_SUBMITTED in due and full and (judge := await serving.judge()):
                scored = await score(services, judge)
                taken, full = taken + scored, scored == judge.batch
            if Topic.REVISION_UNHEARD in due and (judge := await serving.judge()):
                taken += await score(services, judge, Topic.REVISION_UNHEARD)


async def remove(ctx: Context) -> None:
    """Removes authors' comments beside the scoring, not in front of it. One run in a process leaves room for other jobs."""
    if ctx["removing"].locked():
        return
    async with ctx["removing"]:
        with _away():
            while await remove_some(ctx["services"]):
                while await project(ctx["services"]):
                    pass


async def backtest(ctx: Context) -> None:
    """Tries rules on what is stored, some comments at a time, so that scoring goes on beside it."""
    if ctx["backtesting"].locked():
        return
    async with ctx["backtesting"]:
        with _away():
            while await run_backtest(ctx["services"], ctx["lists"]):
                pass


async def brake(ctx: Context) -> None:
    with _away():
        await put_brakes_on(ctx["services"])


@contextmanager
def _away() -> Iterator[None]:
    """A store that is away is no failure of the job: the next sweep finds everything as it was."""
    try:
        yield
    except (Unavailable, RedisError, OSError) as error:
        log.warning("worker.store_away", error=type(error).__name__)


async def reach(ctx: Context) -> None:
    with _away():
        await renew_reach(ctx["services"])


async def write_views(ctx: Context) -> None:
    with _away():
        await flush_views(ctx["services"])


async def reconcile(ctx: Context) -> None:
    with _away():
        await reconcile_feeds(ctx["services"])


async def clean(ctx: Context) -> None:
    await tidy(ctx["services"])
