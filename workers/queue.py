"""How arq is reached: one queue, one job, no results kept."""

import msgspec
from arq.connections import ArqRedis

from discuss import redis_client

QUEUE = "discuss:queue"
# arq's own choice is pickle, with which whoever writes to Redis runs code here.
encode = msgspec.json.encode
decode = msgspec.json.decode

BELL = "discuss:bell"
"""Set while a ring is on its way; whoever answers clears it before looking into the outbox."""

BELL_LIFE = 10
"""Seconds after which a ring that nobody answered may be repeated."""

PATIENCE = 2.0
"""Seconds a command may take before the queue counts as away."""


def connect(url: str) -> ArqRedis:
    """Not by arq's own settings: those ask Sentinels without TLS, and wait for ever for a server that is silent."""
    queue = redis_client.connect(url, PATIENCE, ArqRedis)
    queue.default_queue_name, queue.job_serializer, queue.job_deserializer = QUEUE, encode, decode
    return queue
