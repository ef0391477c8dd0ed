"""What a process holds of the feeds, whatever announcements it missed."""

import asyncio
from pathlib import Path

from redis.asyncio import Redis

from discuss.feed.answers import Query
from discuss.feed.listening import Listener
from discuss.feed.projection import Projection
from discuss.feed.reading import Reader
from discuss.feed.shelf import Shelf
from discuss.feed.snapshots import Snapshots
from tests.stack import wait_for


async def test_a_site_whose_first_announcement_was_lost_is_found_all_the_same(
    redis: Redis, tmp_path: Path
) -> None:
    projection = Projection(redis)
    run_id = await projection.begin("unannounced", "epoch", joint=True)
    await projection.finish("unannounced", "epoch", run_id, None)
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
