"""The engine, and the ways to use it: a transaction that commits, a long one, a single statement, and reading."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Self

import asyncpg
import msgspec
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from discuss.errors import Unavailable
from discuss.store import address

Tx = AsyncConnection
AWAY = (OperationalError, InterfaceError, PoolTimeoutError, OSError, asyncpg.InterfaceError)
REFUSED = ("28", "3D")
"""SQLSTATE classes: wrong user or password, no such database."""

GONE = ("08", "53", "57P", *REFUSED)
"""SQLSTATE classes: connection lost, refused, out of resources, shutting down or starting up."""

ROLLED_BACK = "40"
"""SQLSTATE class of deadlocks and serialisation failures: nothing was done, and trying again may work."""


class Database:
    """Only `transaction`, `long_transaction` and `statement` are for writing. All ways in raise `Unavailable` while PostgreSQL is away or refuses us."""

    def __init__(self, engine: AsyncEngine, **options: Any) -> None:
        """`options` are arguments of `asyncpg.connect` for the connections that are not the engine's."""
        self.engine = engine
        self._options = options

    @classmethod
    def connect(cls, url: str, pool: int, *, plan_once: bool = False) -> Self:
        """`plan_once` uses generic plans instead of planning for the values given: for processes that repeat few statements all day."""
        planned = {"server_settings": {"plan_cache_mode": "force_generic_plan"}} if plan_once else {}
        place = address.parse(url)
        options = {"timeout": 5, **place.options}
        return cls(
            create_async_engine(
                place.url,
                pool_size=pool,
                max_overflow=0,
                # The connection used last is taken first: what PostgreSQL's process behind it has read and planned is still warm.
                pool_use_lifo=True,
                # Most queries are single statements. Set here, autocommit costs them nothing; a transaction overrides it.
                isolation_level="AUTOCOMMIT",
                hide_parameters=True,  # errors are logged, what readers wrote is not
                pool_timeout=10,
                json_deserializer=msgspec.json.decode,
                connect_args={**options, "command_timeout": 30, **planned},
            ),
            **options,
        )

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Tx]:
        """One unit of work: commits on leaving, rolls back on any error."""
        with _away():
            async with self.engine.connect() as connection:
                await connection.execution_options(isolation_level="READ COMMITTED")
                async with connection.begin():
                    yield connection

    @asynccontextmanager
    async def long_transaction(self) -> AsyncIterator[Tx]:
        """A unit of work on a connection of its own, whose statements may take as long as they need: for migrations."""
        engine = create_async_engine(
            self.engine.url, poolclass=NullPool, hide_parameters=True, connect_args=self._options
        )
        with _away():
            async with engine.begin() as connection:
                yield connection

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Tx]:
        """For single statements that only read: no BEGIN, no COMMIT, one round trip each."""
        with _away():
            async with self.engine.connect() as connection:
                yield connection

    @asynccontextmanager
    async def statement(self) -> AsyncIterator[Tx]:
        """A unit of work of one statement, which PostgreSQL commits by itself: one round trip instead of three.

        What is read before it has a snapshot of its own.
        """
        async with self.reading() as connection:
            yield connection

    async def ping(self) -> None:
        async with self.reading() as tx:
            await tx.execute(text("SELECT 1"))

    async def close(self) -> None:
        await self.engine.dispose()


def refused(error: Unavailable) -> bool:
    """Whether PostgreSQL is there and does not let us in, which somebody must put right."""
    return _state(error.__cause__).startswith(REFUSED)


class _away:  # noqa: N801 - reads as a clause: `with _away():`
    """Turns the driver's many ways of saying that the server is gone into `Unavailable`."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if error is not None and _is_gone(error):
            raise Unavailable(
                "The database cannot be reached right now. Please try again in a moment."
            ) from error
        if _state(error).startswith(ROLLED_BACK):
            raise Unavailable("Another transaction got in the way. Please try again.") from error


def _is_gone(error: BaseException) -> bool:
    if isinstance(error, AWAY) or (isinstance(error, DBAPIError) and error.connection_invalidated):
        return True
    return _state(error).startswith(GONE)


def _state(error: BaseException | None) -> str:
    """The SQLSTATE, or an empty string."""
    return str(getattr(getattr(error, "orig", None), "sqlstate", None) or "")
