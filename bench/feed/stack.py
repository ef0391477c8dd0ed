"""Discuss as an operator runs it: real stores, real API processes, a real worker."""

import asyncio
import shutil
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import asyncpg
from redis import Redis

from bench.feed import children
from discuss import settings, wiring
from discuss.embedded.postgres import EmbeddedPostgres
from discuss.embedded.valkey import EmbeddedValkey
from discuss.usecases.migrate import migrate
from discuss.usecases.services import Services

Answer = TypeVar("Answer")
_READY = 120.0
DISCUSS = (sys.executable, "-P", "-c", "from discuss.cli.main import main; main()")


@dataclass(frozen=True, slots=True)
class Api:
    """One `discuss serve`, on a port of its own."""

    base: str
    pid: int


class Stack:
    def __init__(self, home: Path) -> None:
        self.home = home
        self.postgres = EmbeddedPostgres(home / "postgres")
        self.valkey = EmbeddedValkey(home / "valkey")

    @contextmanager
    def api(self, port: int, processes: int = 1) -> Iterator[Api]:
        """The API is ready when it is yielded. Several of them may run at once."""
        told = self._environment() | {"DISCUSS_PORT": str(port), "DISCUSS_API_PROCESSES": str(processes)}
        base, log = f"http://127.0.0.1:{port}", self.home / f"api-{port}.log"
        with children.running([*DISCUSS, "serve"], told, log) as pid:
            children.wait_for(
                "the API to be ready",
                lambda: children.still_there(pid, log) and children.answers(f"{base}/health/ready"),
                _READY,
            )
            yield Api(base, pid)

    @contextmanager
    def worker(self) -> Iterator[int]:
        with children.running([*DISCUSS, "worker"], self._environment(), self.home / "worker.log") as pid:
            yield pid

    def use(self, action: Callable[[Services], Awaitable[Answer]]) -> Answer:
        """Runs a use case in this process, as the command line would."""
        known = settings.load(home=self.home, database_url=self.postgres.url, redis_url=self.valkey.url)

        async def run() -> Answer:
            async with wiring.services(known) as services:
                return await action(services)

        return asyncio.run(run())

    def sql(self, action: Callable[[asyncpg.Connection], Awaitable[Answer]]) -> Answer:
        async def run() -> Answer:
            connection = await asyncpg.connect(self.postgres.url)
            try:
                return await action(connection)
            finally:
                await connection.close()

        return asyncio.run(run())

    def redis(self) -> Redis:
        return Redis.from_url(self.valkey.url)

    def _environment(self) -> dict[str, str]:
        return {
            "DISCUSS_HOME": str(self.home),
            "DISCUSS_DATABASE_URL": self.postgres.url,
            "DISCUSS_REDIS_URL": self.valkey.url,
            "DISCUSS_LOG_LEVEL": "warning",
        }


@contextmanager
def stores(kept: Path | None = None) -> Iterator[Stack]:
    """Empty stores with our tables; PostgreSQL keeps the instant of every commit. `kept`: a folder to use, which is kept as it is left."""
    home = kept or Path(tempfile.mkdtemp(prefix="discuss-bench-"))
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o711)  # PostgreSQL, which never runs as root, looks for its folder in here
    stack = Stack(home)
    with ExitStack() as undo:
        if kept is None:
            undo.callback(shutil.rmtree, home, ignore_errors=True)
        undo.callback(stack.postgres.stop)
        stack.postgres.start()
        undo.callback(stack.valkey.stop)
        stack.valkey.start()
        stack.use(migrate)
        stack.sql(lambda sql: sql.execute("ALTER SYSTEM SET track_commit_timestamp = on"))
        stack.postgres.stop()
        stack.postgres.start()
        yield stack
