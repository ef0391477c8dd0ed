"""`discuss serve`."""

import os
import resource

import rich_click as click
from granian import Granian
from granian.constants import Interfaces, Loops

from discuss.cli.running import configured
from discuss.cli.stopping import KILLED_AFTER
from discuss.http.stopping import kept_while_loading
from discuss.logs import THROUGH_ROOT

MOST_AT_ONCE = 12_000
"""Requests that one process may have open: listeners of event streams, and room for the rest."""


@click.command()
def serve() -> None:
    """Serve HTTP on DISCUSS_HOST and DISCUSS_PORT until stopped.

    Needs a database that `discuss migrate` has prepared, and Redis or Valkey. The latest discussion is still
    served while either of them is unavailable.
    """
    settings = configured()
    os.environ["DISCUSS_DATABASE_URL"] = settings.database_url
    os.environ["DISCUSS_REDIS_URL"] = settings.redis_url
    _let_many_connect()
    kept_while_loading()
    Granian(
        "discuss.app:create_app",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        loop=Loops.uvloop,
        workers=settings.api_processes,
        respawn_failed_workers=True,
        workers_kill_timeout=KILLED_AFTER,
        backpressure=MOST_AT_ONCE,
        log_access=False,
        log_dictconfig=dict(THROUGH_ROOT),
    ).serve()


def _let_many_connect() -> None:
    """Every connection is an open file, so take as many as the machine allows."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
