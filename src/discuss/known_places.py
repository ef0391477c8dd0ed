"""Where an account has logged in before. Redis holds digests, that say nothing to whoever reads them there."""

import hmac
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from redis.asyncio import Redis
from redis.exceptions import RedisError

KEY = "discuss:place:"
"""Begins the name of each; what follows is the digest."""


@dataclass(frozen=True, slots=True)
class Place:
    """An account at an address. Its password's hash is the key: whoever sets another password is known nowhere any more."""

    account: str
    address: str
    password_hash: str

    @property
    def key(self) -> str:
        told = f"{self.account} {self.address}"
        return KEY + hmac.new(self.password_hash.encode(), told.encode(), "sha256").hexdigest()[:32]


class KnownPlaces:
    """While Redis is away no place is known, and none is kept."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def has(self, place: Place) -> bool:
        with suppress(RedisError, OSError):
            return bool(await self._redis.exists(place.key))
        return False

    async def keep(self, place: Place, life: timedelta) -> None:
        with suppress(RedisError, OSError):
            await self._redis.set(place.key, b"", ex=life)
