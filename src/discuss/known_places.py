"""Where accounts have logged in before. Redis holds only digests, which tell a reader of Redis nothing."""

import hmac
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from redis.asyncio import Redis
from redis.exceptions import RedisError

KEY = "discuss:place:"
"""The prefix of every key; the digest follows."""


@dataclass(frozen=True, slots=True)
class Place:
    """An account at an address. The digest is keyed with the hash of the password, so a new password makes all places unknown."""

    account: str
    address: str
    password_hash: str

    @property
    def key(self) -> str:
        told = f"{self.account} {self.address}"
        return KEY + hmac.new(self.password_hash.encode(), told.encode(), "sha256").hexdigest()[:32]


class KnownPlaces:
    """While Redis is away, no place is known and none is kept."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def has(self, place: Place) -> bool:
        with suppress(RedisError, OSError):
            return bool(await self._redis.exists(place.key))
        return False

    async def keep(self, place: Place, life: timedelta) -> None:
        with suppress(RedisError, OSError):
            await self._redis.set(place.key, b"", ex=life)
