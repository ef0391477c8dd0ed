"""What a process holds of the feeds, whatever announcements it missed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import redis as plain
from redis.asyncio import Redis

from discuss import subscribing, wiring
from discuss.feed import listening
from discuss.feed.answers import Query
from discuss.feed.listening import Listener
from discuss.feed.projection import Projection
from discuss.feed.reading import Reader
from discuss.feed.shelf import Shelf
from discuss.feed.snapshot import Snapshot
from discuss.feed.snapshots import Snapshots
from discuss.settings import Settings
from tests.stack import PATIENCE, wait_for


async def build(redis: Redis, slug: str) -> None:
    projection = Projection(redis)
    run_id = await projection.begin(slug, "epoch", joint=True)
    assert await projection.finish(slug, "epoch", run_id, None)


async def test_a_site_whose_first_announcement_was_lost_is_found_all_the_same(
    redis: Redis, tmp_path: Path
) -> None:
    await build(redis, "unannounced")
    snapshots = Snapshots(Reader(redis), Shelf(tmp_path))
    listener = Listener(redis, snapshots)
    listener.start()
    try:
        await asyncio.to_thread(
            wait_for, "the unannounced feed", lambda: snapshots.find("unannounced", Query())
        )
    finally:
        await listener.stop()
    assert (tmp_path / "unannounced.json").exists()


async def test_whoever_gives_up_waiting_for_a_reading_takes_it_from_nobody_else(
    redis: Redis, tmp_path: Path
) -> None:
    await build(redis, "waited-for")
    snapshots = Snapshots(Reader(redis), Shelf(tmp_path))

    async def ask() -> Snapshot | None:
        await snapshots.renew("waited-for")
        return snapshots.find("waited-for", Query())

    impatient, patient = asyncio.create_task(ask()), asyncio.create_task(ask())
    await asyncio.sleep(0)
    impatient.cancel()
    assert await patient is not None
    assert impatient.cancelled()
    assert await ask() is not None


async def test_whoever_is_stopped_ends_whatever_it_is_doing(
    redis: Redis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also while it sends to Redis, where Python 3.11 may swallow a cancellation."""
    monkeypatch.setattr(listening, "LOOK", 0.0)
    await build(redis, "looked-at")
    for turns in range(0, 400, 2):
        listener = Listener(redis, Snapshots(Reader(redis), Shelf(tmp_path)))
        listener.start()
        for _ in range(turns):
            await asyncio.sleep(0)
        async with asyncio.timeout(PATIENCE):
            await listener.stop()


@asynccontextmanager
async def listening_to(redis: Redis, folder: Path) -> AsyncIterator[Listener]:
    listener = Listener(redis, Snapshots(Reader(redis), Shelf(folder)))
    listener.start()
    try:
        yield listener
    finally:
        await listener.stop()


async def test_a_line_on_which_nothing_happens_is_kept(
    configured: Settings, redis: Redis, tmp_path: Path
) -> None:
    """A process that gave it up and reconnected would miss what is announced meanwhile."""

    client = plain.Redis.from_url(configured.redis_url)

    def quiet_for_long() -> bool:
        return any(int(line["idle"]) >= 4 for line in client.client_list(_type="pubsub"))

    async with listening_to(redis, tmp_path):
        await asyncio.to_thread(wait_for, "a line that has been quiet for long", quiet_for_long)
    client.close()


async def test_a_line_that_died_without_a_word_is_left_for_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when a machine loses power: nobody closes the connection, and nothing arrives any more."""
    monkeypatch.setattr(subscribing, "QUIET", 0.1)
    lines: list[asyncio.StreamWriter] = []

    async def fall_silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        subscribed = False
        while said := await reader.read(1000):
            subscribed = subscribed or b"SUBSCRIBE" in said
            if b"SUBSCRIBE" in said:
                lines.append(writer)
            if not subscribed:
                writer.write(b"+OK\r\n" * said.count(b"SETINFO") + b"+PONG\r\n" * said.count(b"PING"))
        writer.close()

    async with await asyncio.start_server(fall_silent, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        redis = wiring.connect_redis(f"redis://127.0.0.1:{port}")
        async with listening_to(redis, tmp_path):
            await asyncio.to_thread(wait_for, "another line", lambda: len(lines) > 1)
        await redis.aclose()
