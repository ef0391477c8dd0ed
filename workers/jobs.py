"""The worker's jobs: work through the outbox when the bell rings, sweep it every two seconds in case it did not, and the rest by the clock."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from redis.exceptions import RedisError

from discuss.domain.events import Topic
from discuss.errors import Unavailable
from discuss.usecases.brake import put_brakes_on
from discuss.usecases.build_feeds import BATCH as BUILT
from discuss.usecases.build_feeds import build_changed, build_unsound
from discuss.usecases.flush_views import flush_views
from discuss.usecases.project import BATCH as PROJECTED
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

SCORED = frozenset({Topic.REVISION_SUBMITTED, Topic.REVISION_UNHEARD})

LONGEST_TURN = 60.0
"""Seconds after which a scoring job leaves the rest to the next one. Otherwise arq would at some point cut it off in mid-batch."""

log = structlog.get_logger()


async def drain(ctx: Context) -> None:
    """Clears the bell before looking, so that a ring during the last look is never lost."""
    await ctx["redis"].delete(AT_ONCE.flag)
    await show(ctx)


async def gather(ctx: Context) -> None:
    """Scores what was written. The bell stays set while the job waits for more texts, so that texts which arrive meanwhile need not ring."""

    async def in_turn() -> None:
        pace: Pace = ctx["pace"]
        async with pace.turn():
            await ctx["redis"].delete(SOON.flag)
            await score_waiting(ctx)

    await ctx["rung"].take(in_turn)


async def sweep(ctx: Context) -> None:
    """Finds what no bell announced: another model, lost rings, deferred rows, articles whose time has come.

    It scores independently of `gather`, so that a text on which the classifier hangs blocks only one of them.
    """
    await show(ctx)
    await ctx["serving"].follow()
    await ctx["swept"].take(lambda: score_waiting(ctx))


async def rebuild(ctx: Context) -> None:
    """Builds the feeds that Redis lacks, in parallel with scoring and however much is waiting to be scored."""
    if ctx["rebuilding"].locked():
        return
    async with ctx["rebuilding"]:
        with _away():
            await build_unsound(ctx["services"])


async def show(ctx: Context) -> None:
    """Brings changes to the feeds. Changes made meanwhile ring for themselves, so there is more to do only after a full batch."""
    services: Services = ctx["services"]
    with _away():
        full = True
        while full:
            due, projected, built = await what_is_due(services), None, None
            if Topic.ARTICLE_CHANGED in due:
                projected = await ctx["projecting"].take(lambda: project(services))
            if Topic.SITE_CHANGED in due:
                built = await ctx["building"].take(lambda: build_changed(services))
            full = projected == PROJECTED or built == BUILT


async def score_waiting(ctx: Context) -> None:
    """Scores until a batch is not full or `LONGEST_TURN` is over, and brings each outcome to the feeds at once.

    A feed that cannot be written does not keep texts from being scored, and a missing model does not keep feeds from being
    written.
    """
    full, end = True, time.monotonic() + LONGEST_TURN
    with _away():
        while full:
            due = SCORED & await what_is_due(ctx["services"])
            full = any([await _is_full(ctx, topic) for topic in sorted(due)]) and time.monotonic() < end
            if due:
                await show(ctx)


async def _is_full(ctx: Context, topic: Topic) -> bool:
    """Scores a batch and returns whether it was full; False also if there is no model."""
    serving: Serving = ctx["serving"]
    judge = await serving.judge()
    return judge is not None and await score(ctx["services"], judge, topic) == judge.batch


async def remove(ctx: Context) -> None:
    """Removes authors' comments in parallel with scoring, not before it. One run per process leaves room for other jobs."""
    if ctx["removing"].locked():
        return
    async with ctx["removing"]:
        with _away():
            while await remove_some(ctx["services"]):
                while await project(ctx["services"]):
                    pass


async def backtest(ctx: Context) -> None:
    """Tries rules on stored comments, some at a time, so that scoring goes on in parallel."""
    if ctx["backtesting"].locked():
        return
    async with ctx["backtesting"]:
        with _away():
            while await run_backtest(ctx["services"], ctx["serving"].rulebook):
                pass


async def brake(ctx: Context) -> None:
    with _away():
        await put_brakes_on(ctx["services"])


@contextmanager
def _away() -> Iterator[None]:
    """A store that is away does not fail the job: the next sweep finds everything as it was."""
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
    with _away():
        await tidy(ctx["services"])
