"""How arq is reached: one queue, one job for each bell, no results kept."""

from dataclasses import dataclass

import msgspec
from arq.connections import ArqRedis

from discuss import redis_client

QUEUE = "discuss:queue"
# arq's default is pickle, with which anybody who can write to Redis could run code here.
encode = msgspec.json.encode
decode = msgspec.json.decode

KNOCK = "discuss:knock"
"""List: an entry wakes one worker, which then looks into the queue."""


@dataclass(frozen=True, slots=True)
class Bell:
    """`flag` is set while a ring is on its way to `job`, which clears it before it looks into the outbox.

    `rest` is the number of seconds that one process waits before it rings again.
    """

    flag: str
    job: str
    rest: float


AT_ONCE = Bell("discuss:bell", "drain", 0.0)
SOON = Bell("discuss:bell:soon", "gather", 0.05)

BELL_LIFE = 10
"""Seconds after which a ring that nobody answered may be repeated."""

PATIENCE = 2.0
"""Seconds a command may take before the queue counts as away."""


def connect(url: str) -> ArqRedis:
    """Does without arq's own settings, which reach Sentinels without TLS and wait for ever for a silent server."""
    queue = redis_client.connect(url, PATIENCE, ArqRedis)
    queue.default_queue_name, queue.job_serializer, queue.job_deserializer = QUEUE, encode, decode
    return queue
