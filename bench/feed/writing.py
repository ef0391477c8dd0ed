"""Readers who post comments at a fixed rate, in a process of their own: `python -m bench.feed.writing`.

It reads its orders from the first line of standard input, says `writing` when the first comment was answered, goes on
until its input ends, and then reports. The rate is kept whatever the service does: a comment that is answered late delays
no other while a connection is free, and its time counts from when it was due.

It stands for readers on machines of their own, and shares the cores with the service only because there are no others.
It therefore does no more than it must: bare HTTP over open connections, without a client library.
"""

import asyncio
import itertools
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import uvloop

from bench import texts
from bench.feed.interval import percentile
from bench.feed.polling import answer

_SEED, _TEXTS, _AT_ONCE, _LONGEST_ORDERS, _PATIENCE = 7, 1000, 32, 1 << 22, 20

Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass
class Pen:
    """`orders`: address of the site, tokens, articles, rate, texts if not the usual ones. `idle`: connections not in use; None stands for one to be opened."""

    orders: dict[str, Any]
    idle: "asyncio.LifoQueue[Line | None]"
    took: list[float] = field(default_factory=list)
    codes: Counter[str] = field(default_factory=Counter)

    async def post(self, number: int, text: str, due: float) -> None:
        line = await self.idle.get()
        try:
            async with asyncio.timeout(_PATIENCE):
                reader, writer = line = line or await self._connect()
                writer.write(self._request(number, text))
                status, _, _ = await answer(reader)
            self.codes[str(status)] += 1
        except (OSError, EOFError, TimeoutError) as error:
            self.codes[type(error).__name__] += 1
            line = None
        self.idle.put_nowait(line)
        if not self.took:
            print("writing", flush=True)  # noqa: T201  - the parent process waits for it
        self.took.append(time.perf_counter() - due)

    async def _connect(self) -> Line:
        site = urlsplit(self.orders["site"])
        return await asyncio.open_connection(site.hostname, site.port)

    def _request(self, number: int, text: str) -> bytes:
        articles, tokens = self.orders["articles"], self.orders["tokens"]
        article, token = articles[number * 7919 % len(articles)], tokens[number % len(tokens)]
        path, body = urlsplit(self.orders["site"]).path, json.dumps({"text": f"{text} {number}"})
        return (
            f"POST {path}/articles/{article}/comments HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer {token}\r\n"
            f"content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n{body}"
        ).encode("ascii")  # json escapes other letters as \u….

    def report(self, seconds: float) -> dict[str, Any]:
        ordered = sorted(self.took)
        return {
            "answers": dict(self.codes),
            "per_second": round(len(ordered) / seconds, 1),
            "p50_ms": round(1000 * percentile(ordered, 50), 1),
            "p99_ms": round(1000 * percentile(ordered, 99), 1),
            "processor_s": time.process_time(),
        }


async def main() -> None:
    reader = asyncio.StreamReader(limit=_LONGEST_ORDERS)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    pen = Pen(json.loads(await reader.readline()), asyncio.LifoQueue())
    for _ in range(_AT_ONCE):
        pen.idle.put_nowait(None)
    written, over = pen.orders["texts"] or civil(), asyncio.create_task(reader.read())
    began = time.perf_counter()
    async with asyncio.TaskGroup() as posts:
        for number, text in enumerate(itertools.cycle(written)):
            due = began + number / pen.orders["rate"]
            await asyncio.wait([over], timeout=max(0.0, due - time.perf_counter()))
            lasted = time.perf_counter() - began
            if over.done():
                break
            posts.create_task(pen.post(pen.orders["first"] + number, text, due))
    print(json.dumps(pen.report(lasted)), flush=True)  # noqa: T201  - the answer


def civil() -> Sequence[str]:
    """Comments that should be published, not held."""
    return [text for text in texts.comments(_TEXTS, _SEED) if not texts.rude(text) and "://" not in text]


if __name__ == "__main__":
    uvloop.run(main())
