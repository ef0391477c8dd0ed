"""From the commit of a moderator's decision to every API process serving it, while readers poll."""

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg
import httpx

from bench.feed.filling import SLUG
from bench.feed.interval import percentile
from bench.feed.polling import Watch, watching
from bench.feed.stack import Stack
from bench.processes import Failed

POLLS, DECISIONS = 1000, 200
_PATIENCE = 20.0
_COMMITTED = """
SELECT pg_xact_commit_timestamp(xmin) FROM decisions WHERE revision_id = $1 AND previous_id IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Scene:
    """`bases`: every API process, each at its own address; the first one takes the decisions."""

    stack: Stack
    bases: Sequence[str]
    moderator: str
    held: Sequence[tuple[UUID, UUID]]


def propagation(scene: Scene, announce: Callable[[str], None]) -> dict[str, Any]:
    return asyncio.run(_measure(scene, announce))


async def _measure(scene: Scene, announce: Callable[[str], None]) -> dict[str, Any]:
    watch = Watch([f"{base}/api/v1/sites/{SLUG}/feed" for base in scene.bases], POLLS)
    loop, chance = asyncio.get_running_loop(), random.Random(1)  # noqa: S311  - guards nothing
    sql = await asyncpg.connect(scene.stack.postgres.url)
    took: list[float] = []
    try:
        async with httpx.AsyncClient(timeout=20) as client, watching(watch):
            began = loop.time()
            announce(f"{len(scene.held)} decisions")
            for article, revision in scene.held:
                await asyncio.sleep(chance.uniform(0.05, 0.15))  # never in step with the sweep
                seen = await _decide(scene, client, watch, article, revision)
                took.append(1000 * (seen - await _committed(sql, revision)))
            lasted = loop.time() - began
    finally:
        await sql.close()
    return {**summary(took), "polls_per_second": round(watch.polls / lasted), "refused": watch.refused}


async def _decide(
    scene: Scene, client: httpx.AsyncClient, watch: Watch, article: UUID, revision: UUID
) -> float:
    """When the last process showed it. The article was far from the first page before, and is the first row afterwards."""
    watch.look_for(str(article).encode())
    answer = await client.post(
        f"{scene.bases[0]}/api/v1/sites/{SLUG}/revisions/{revision}/decisions",
        json={"state": "published"},
        headers={"authorization": f"Bearer {scene.moderator}"},
    )
    if answer.is_error:
        raise Failed(f"a decision was refused: {answer.text}")
    try:
        await asyncio.wait_for(watch.complete.wait(), _PATIENCE)
    except TimeoutError:
        raise Failed(f"a decision was not in every feed after {_PATIENCE:g} s") from None
    return max(watch.seen.values())


async def _committed(sql: asyncpg.Connection, revision: UUID) -> float:
    """When PostgreSQL began to write the commit, by its own clock, which is this machine's."""
    return float((await sql.fetchval(_COMMITTED, revision)).timestamp())


def summary(took_ms: Sequence[float]) -> dict[str, Any]:
    ordered = sorted(took_ms)
    return {
        "decisions": len(ordered),
        "p50_ms": round(percentile(ordered, 50), 1),
        "p99_ms": round(percentile(ordered, 99), 1),
        "most_ms": round(ordered[-1], 1),
        "all_ms": [round(one, 1) for one in took_ms],
    }
