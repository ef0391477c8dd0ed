"""Builds the application: settings and services in, one ASGI callable out."""

import asyncio
import gc
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import structlog
from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.types import ASGIApp

from discuss import __version__, logs, settings, wiring
from discuss.ending import end
from discuss.errors import Unavailable
from discuss.http import auth, docs, health, metrics, problem
from discuss.http.console import console
from discuss.http.demo import demo
from discuss.http.embed import embed
from discuss.http.export import Export
from discuss.http.front import Front
from discuss.http.pages.assets import assets
from discuss.http.pages.errors import as_pages
from discuss.http.stopping import told_at_once
from discuss.http.v1 import v1
from discuss.settings import Settings
from discuss.store.database import refused
from discuss.usecases import read_feed
from discuss.usecases.migrate import schema_is_current
from discuss.usecases.services import Services
from workers.doorbell import ArqDoorbell

LARGEST_BODY = 256 * 1024
WAIT = 0.5
"""Seconds between two checks whether the schema is in place."""
WAIT_AFTER_ERROR = 5.0
"""The same after an error that somebody must put right."""

log = structlog.get_logger()


def create_app() -> ASGIApp:
    """The factory that granian calls. Settings come from the environment."""
    configured = settings.load()
    logs.configure(configured)
    return build(configured).answer


def build(configured: Settings) -> Front:
    """Services are made when the server starts and closed when it stops, in the loop that uses them."""
    state = State(
        {
            "doors": auth.Doors(configured.base_url, configured.trusted_proxies),
            "warm": asyncio.Event(),
            "metrics_token": configured.metrics_token,
        }
    )

    @asynccontextmanager
    async def running(app: Litestar) -> AsyncIterator[None]:
        bell = ArqDoorbell(configured.queue_url or configured.redis_url)
        async with wiring.services(configured, bell) as services:
            app.state.services = services
            front.open(services.snapshots, services.counts)
            bell.start()
            exports = _exports(configured, services)
            services.listener.start()
            services.consoles.start()
            warming = asyncio.create_task(warm_up(services, app.state.warm))
            with told_at_once(services.streams.close, services.consoles.close):
                yield
            stopping = [
                end([warming]),
                services.listener.stop(),
                services.consoles.stop(),
                bell.stop(),
                *(each.stop() for each in exports),
            ]
            await asyncio.gather(*stopping, return_exceptions=True)
        log.info("http.stopped")

    front = Front(_litestar(state, running, [demo] if configured.shows_demo else []))
    return front


def _litestar(state: State, running: Any, demo_pages: Sequence[Router]) -> Litestar:
    pages: list[Any] = [console, embed, assets, docs.docs, docs.problem_page, *demo_pages]
    return Litestar(
        route_handlers=[v1, health.live, health.ready, metrics.metrics, *pages],
        lifespan=[running],
        state=state,
        dependencies={
            "services": Provide(_services, sync_to_thread=False),
            "principal": Provide(auth.principal),
        },
        exception_handlers=as_pages(problem.HANDLERS),
        openapi_config=OpenAPIConfig(
            title="Discuss",
            version=__version__,
            path="/api",
            render_plugins=[JsonRenderPlugin()],
            use_handler_docstrings=True,
        ),
        request_max_body_size=LARGEST_BODY,
        logging_config=None,
    )


def _exports(configured: Settings, services: Services) -> list[Export]:
    if configured.feed_export_dir is None:
        return []
    export = Export(configured.feed_export_dir, services)
    export.start()
    return [export]


def _services(state: State) -> Any:
    return state.services


def _settle() -> None:
    """What is loaded by now stays, so the garbage collector need not go through it again under load."""
    gc.collect()
    gc.freeze()


async def warm_up(services: Services, warm: asyncio.Event) -> None:
    """Runs until the first feed has been read.

    What an earlier process left on disk is enough to be ready: during an outage, and on tables that are still to be migrated.
    """
    if read_feed.recall(services):
        warm.set()
    while True:
        wait = WAIT
        try:
            if await schema_is_current(services):
                await read_feed.warm(services)
                warm.set()
                _settle()
                return
        except Unavailable as error:
            wait = WAIT_AFTER_ERROR if refused(error) else WAIT
            log.warning("app.database_away", cause=str(error.__cause__), retry_in=wait)
        except Exception:
            # Such as a privilege that PostgreSQL refuses: a process that gave up would never be ready.
            log.exception("app.warm_up_failed")
            wait = WAIT_AFTER_ERROR
        await asyncio.sleep(wait)
