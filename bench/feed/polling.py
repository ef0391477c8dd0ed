"""Polls the feed of every API process at a steady rate, and notes when each of them first shows an article."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

LINES = 10
"""Connections to each process. One alone would fall behind whenever an answer takes longer than the pause."""

_NOT_MODIFIED = 304


@dataclass
class Watch:
    """`polls` and `refused` count all answers; `seen` holds when each address first showed what is looked for."""

    urls: Sequence[str]
    rate: float
    sought: bytes = b""
    seen: dict[str, float] = field(default_factory=dict)
    complete: asyncio.Event = field(default_factory=asyncio.Event)
    polls: int = 0
    refused: int = 0

    def look_for(self, what: bytes) -> None:
        self.sought = what
        self.seen.clear()
        self.complete.clear()

    def heard(self, url: str, status: int, body: bytes) -> None:
        """The clock is read after the whole answer has arrived."""
        self.polls += 1
        self.refused += status >= 400  # noqa: PLR2004  - what went wrong
        if self.sought and self.sought in body and url not in self.seen:
            self.seen[url] = time.time()
            if len(self.seen) == len(self.urls):
                self.complete.set()


@asynccontextmanager
async def watching(watch: Watch) -> AsyncIterator[None]:
    pause = LINES * len(watch.urls) / watch.rate
    began = time.perf_counter()
    lines = [
        (url, began + pause * n / (LINES * len(watch.urls))) for n, url in enumerate([*watch.urls] * LINES)
    ]
    tasks = [asyncio.create_task(_poll(watch, url, due, pause)) for url, due in lines]
    try:
        yield
    finally:
        broken = [task.exception() for task in tasks if task.done()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for error in broken:
            if error:
                raise error


async def _poll(watch: Watch, url: str, due: float, pause: float) -> None:
    """Poll conditionally, as a page does: most answers are 304."""
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    etag = b""
    try:
        while True:
            await asyncio.sleep(due - time.perf_counter())
            condition = b"if-none-match: " + etag + b"\r\n" if etag else b""
            writer.write(b"GET %b HTTP/1.1\r\nhost: bench\r\n%b\r\n" % (parts.path.encode(), condition))
            status, headers, body = await answer(reader)
            etag = headers.get(b"etag", etag)
            watch.heard(url, status, body)
            due += pause
    finally:
        writer.close()


async def answer(reader: asyncio.StreamReader) -> tuple[int, dict[bytes, bytes], bytes]:
    """Status, headers and body. Raises `EOFError` if the connection ends first."""
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).rstrip().split(b"\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(b":") for line in lines)}
    status = int(first.split(b" ")[1])
    length = 0 if status == _NOT_MODIFIED else int(headers.get(b"content-length", b"0"))
    return status, headers, await reader.readexactly(length)
