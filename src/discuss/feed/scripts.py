"""The Lua scripts beside this module. Each takes all keys of one site, in the order of `keys.every`."""

from functools import cache
from importlib.resources import files
from typing import Any

from redis.asyncio import Redis

from discuss.feed import keys


class Scripts:
    """Loaded into Redis when first used, and again whenever it has forgotten them."""

    def __init__(self, redis: Redis, *names: str) -> None:
        self._scripts = {name: redis.register_script(_text("keys") + _text(name)) for name in names}

    async def run(self, name: str, slug: str, *arguments: Any) -> Any:
        """Raises `RedisError` while Redis is away."""
        return await self._scripts[name](keys=keys.every(slug), args=list(arguments))


@cache
def _text(name: str) -> str:
    return (files("discuss.feed") / "lua" / f"{name}.lua").read_text(encoding="utf-8")
