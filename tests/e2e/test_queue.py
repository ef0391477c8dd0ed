"""Redis is shared with others: what is in the queue is data, never code."""

import pickle
import time
from pathlib import Path

import redis

from tests.stack import Stack, wait_for
from workers.queue import QUEUE


class Touch:
    """An object that creates a file if it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return Path.touch, (self.path,)  # type: ignore[return-value]


def test_a_pickled_job_runs_no_code_in_the_worker(stack: Stack, tmp_path: Path) -> None:
    made = tmp_path / "made"
    job = pickle.dumps({"t": 1, "f": "drain", "a": (Touch(made),), "k": {}, "et": 1})
    with redis.Redis.from_url(stack.valkey.url) as client:
        client.set("arq:job:foreign", job)
        client.zadd(QUEUE, {"foreign": int(time.time() * 1000)})
        wait_for("the worker to throw it away", lambda: client.zscore(QUEUE, "foreign") is None)
    assert not made.exists()
    site = stack.site("queue")
    anna = site.person()
    comment = site.comment(anna, site.article("one"), "The worker goes on.")
    assert site.decided(anna, comment["id"])["state"] == "published"
