"""Posts every line through the public HTTP API, as many readers at the same time."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import httpx

from discuss.cli.replaying.lines import Line
from discuss.usecases.rehearse import Rehearsal

PUBLISHED = "2026-01-01T00:00:00Z"
TRIES = 20
PAUSE = 0.25


@dataclass(slots=True)
class Posted:
    """`accepted`: comment to line, for every comment that was answered 202."""

    accepted: dict[UUID, Line] = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0


async def register_articles(client: httpx.AsyncClient, rehearsal: Rehearsal, number: int) -> list[str]:
    ids = []
    for article in range(number):
        body = {
            "external_id": str(article + 1),
            "url": f"https://{rehearsal.site.slug}.invalid/{article + 1}",
            "title": f"Replay, article {article + 1}",
            "language": "en",
            "published_at": PUBLISHED,
        }
        answer = await client.put(
            f"/api/v1/sites/{rehearsal.site.slug}/articles",
            json=body,
            headers={"authorization": f"Bearer {rehearsal.key}"},
        )
        ids.append(answer.raise_for_status().json()["id"])
    return ids


async def post_all(
    client: httpx.AsyncClient, rehearsal: Rehearsal, articles: Sequence[str], lines: Sequence[Line], concurrency: int,
    advance: Callable[[], None],
) -> Posted:  # fmt: skip
    """Keeps `concurrency` requests in flight. A refusal is counted; a server that is away is tried again for a while."""
    posted, waiting = Posted(), iter(enumerate(lines))
    chance = random.Random(len(lines))  # noqa: S311 - spreads load, guards nothing
    began = time.perf_counter()

    async def poster() -> None:
        for number, line in waiting:
            article = chance.choice(articles)
            answer = await _post(client, rehearsal, number, article, line)
            if answer.status_code == httpx.codes.ACCEPTED:
                posted.accepted[UUID(answer.json()["id"])] = line
            else:
                posted.refused[_code(answer)] += 1
            advance()

    await asyncio.gather(*(poster() for _ in range(concurrency)))
    posted.seconds = time.perf_counter() - began
    return posted


async def _post(
    client: httpx.AsyncClient, rehearsal: Rehearsal, number: int, article: str, line: Line
) -> httpx.Response:
    """The idempotency key makes it safe to ask again if an answer was lost on the way."""
    token = rehearsal.tokens[number % len(rehearsal.tokens)]
    headers = {"authorization": f"Bearer {token}", "idempotency-key": f"line-{number}"}
    path = f"/api/v1/sites/{rehearsal.site.slug}/articles/{article}/comments"
    for _ in range(TRIES):
        try:
            answer = await client.post(path, json={"text": line.text}, headers=headers)
        except httpx.TransportError:
            await asyncio.sleep(PAUSE)
            continue
        if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
            return answer
        await asyncio.sleep(PAUSE)
    return httpx.Response(httpx.codes.SERVICE_UNAVAILABLE, json={"code": "unreachable"})


def _code(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["code"])
    except (ValueError, KeyError, TypeError):
        return f"status {answer.status_code}"
