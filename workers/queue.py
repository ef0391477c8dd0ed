"""How arq is reached: one queue, one job, no results kept."""

from arq.connections import RedisSettings

QUEUE = "discuss:queue"
BELL = "discuss:bell"
"""Set while a ring is on its way; whoever answers clears it before looking into the outbox."""

BELL_LIFE = 10
"""Seconds after which a ring that nobody answered may be repeated."""


def redis_settings(url: str) -> RedisSettings:
    settings = RedisSettings.from_dsn(url)
    settings.conn_retries = 0
    return settings
