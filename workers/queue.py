"""How arq is reached: one queue, one job, no results kept."""

import msgspec
from arq.connections import RedisSettings

QUEUE = "discuss:queue"
# arq's own choice is pickle, with which whoever writes to Redis runs code here.
encode = msgspec.json.encode
decode = msgspec.json.decode

BELL = "discuss:bell"
"""Set while a ring is on its way; whoever answers clears it before looking into the outbox."""

BELL_LIFE = 10
"""Seconds after which a ring that nobody answered may be repeated."""


def redis_settings(url: str) -> RedisSettings:
    settings = RedisSettings.from_dsn(url)
    settings.conn_retries = 0
    return settings
