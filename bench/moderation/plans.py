"""What PostgreSQL does for each kind of question: every statement is explained where it runs, with its parameters."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import httpx
from litestar.types import ASGIApp
from sqlalchemy import Connection, Engine, event

from bench.moderation.questions import Question
from discuss import app
from discuss.settings import Settings

_EXPLAIN = "EXPLAIN (ANALYZE, BUFFERS) "
_LARGE = re.compile(r"\b(queue_entries|comments|revisions|decisions|signals|reports|likenesses)\b")
_READS = re.compile(r"\s*\(*(SELECT|WITH)\b")
_asked: ContextVar[str | None] = ContextVar("asked", default=None)


@dataclass(frozen=True, slots=True)
class Plan:
    group: str
    kind: str
    statement: str
    lines: Sequence[str]

    @property
    def execution_ms(self) -> float:
        return float(self._number(r"^Execution Time: ([\d.]+) ms"))

    @property
    def pages(self) -> int:
        """Pages of eight kilobytes that the whole statement read from memory or from disk."""
        first = next((line for line in self.lines if "Buffers:" in line), "")
        return sum(int(number) for number in re.findall(r"(?:hit|read)=(\d+)", first))

    @property
    def ways(self) -> list[str]:
        """The indexes that it used, and the tables that it read from end to end."""
        scans = r"(?:Index (?:Only )?Scan(?: Backward)? using|Bitmap Index Scan on) (\w+)|(Seq Scan on \w+)"
        found = [a or b.lower() for line in self.lines for a, b in re.findall(scans, line)]
        return list(dict.fromkeys(found))

    def _number(self, pattern: str) -> str:
        return next((match[1] for line in self.lines if (match := re.search(pattern, line))), "0")


async def plans(configured: Settings, token: str, questions: Sequence[Question]) -> list[Plan]:
    """Asks the first of each question's paths in this process. Statements that touch only small tables are left out."""
    found: list[Plan] = []
    groups = {question.kind: question.group for question in questions}
    async with _started(app.build(configured)) as application, _client(application, token) as client:
        with _listening(found, groups):
            for question in questions:
                asked = _asked.set(question.kind)
                (await client.get(question.paths[0])).raise_for_status()
                _asked.reset(asked)
    return found


def _client(application: ASGIApp, token: str) -> httpx.AsyncClient:
    transport: Any = httpx.ASGITransport(application)  # type: ignore[arg-type]
    return httpx.AsyncClient(
        transport=transport,
        base_url="http://127.0.0.1",
        timeout=600,
        headers={"authorization": f"Bearer {token}"},
    )


@contextmanager
def _listening(found: list[Plan], groups: Mapping[str, str]) -> Iterator[None]:
    def before(connection: Connection, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        kind = _asked.get()
        if kind is not None and _READS.match(statement) and _LARGE.search(statement):
            told = connection.exec_driver_sql(_EXPLAIN + statement, parameters)
            found.append(Plan(groups[kind], kind, statement, [row[0] for row in told]))

    event.listen(Engine, "before_cursor_execute", before)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", before)


@asynccontextmanager
async def _started(application: ASGIApp) -> AsyncIterator[ASGIApp]:
    """Starts and stops the application as a server does."""
    orders: asyncio.Queue[Any] = asyncio.Queue()
    answers: asyncio.Queue[Any] = asyncio.Queue()
    scope: Any = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
    running = asyncio.ensure_future(application(scope, orders.get, answers.put))
    await orders.put({"type": "lifespan.startup"})
    await answers.get()
    try:
        yield application
    finally:
        await orders.put({"type": "lifespan.shutdown"})
        await running


def listing(found: Sequence[Plan]) -> str:
    """All statements and plans, for a file."""
    return "\n".join(
        f"-- {plan.group}: {plan.kind}\n{plan.statement}\n\n" + "\n".join(plan.lines) + "\n\n"
        for plan in found
    )
