"""Readers who post comments at a fixed rate, in a process of their own: `python -m bench.feed.writing`.

It reads its orders from the first line of standard input, says `writing` when the first comment was accepted, goes on
until its input ends, and then says how it went. The rate is kept whatever the service does: a comment that is answered
late delays no other, and its time counts from when it was due.
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

import httpx

from bench import texts
from bench.feed.interval import percentile

_SEED, _TEXTS, _AT_ONCE, _LONGEST_ORDERS = 7, 1000, 32, 1 << 20


@dataclass
class Pen:
    """`orders`: address of the site, tokens, articles, rate."""

    orders: dict[str, Any]
    took: list[float] = field(default_factory=list)
    codes: Counter[str] = field(default_factory=Counter)

    async def post(self, client: httpx.AsyncClient, number: int, text: str, due: float) -> None:
        articles, tokens = self.orders["articles"], self.orders["tokens"]
        article, token = articles[number * 7919 % len(articles)], tokens[number % len(tokens)]
        try:
            answer = await client.post(
                f"{self.orders['site']}/articles/{article}/comments",
                json={"text": f"{text} {number}"},
                headers={"authorization": f"Bearer {token}"},
            )
            self.codes[str(answer.status_code)] += 1
        except httpx.HTTPError as error:
            self.codes[type(error).__name__] += 1
        if not self.took:
            print("writing", flush=True)  # noqa: T201  - who started us waits for it
        self.took.append(time.perf_counter() - due)

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
    pen = Pen(json.loads(await reader.readline()))
    over = asyncio.create_task(reader.read())
    began = time.perf_counter()
    limits = httpx.Limits(max_connections=_AT_ONCE, max_keepalive_connections=_AT_ONCE)
    async with httpx.AsyncClient(timeout=20, limits=limits) as client, asyncio.TaskGroup() as posts:
        for number, text in enumerate(itertools.cycle(civil())):
            due = began + number / pen.orders["rate"]
            await asyncio.wait([over], timeout=max(0.0, due - time.perf_counter()))
            lasted = time.perf_counter() - began
            if over.done():
                break
            posts.create_task(pen.post(client, pen.orders["first"] + number, text, due))
    print(json.dumps(pen.report(lasted)), flush=True)  # noqa: T201  - the answer


def civil() -> Sequence[str]:
    """What is to be published, not held."""
    return [text for text in texts.comments(_TEXTS, _SEED) if not texts.rude(text) and "://" not in text]


if __name__ == "__main__":
    asyncio.run(main())
