"""Real hashes, each password's made once: hundreds of accounts here have the same one, and argon2 is slow on purpose."""

from discuss.usecases.services import Passwords

HASHES: dict[str, str] = {}


class Remembered:
    """What it takes to log in is untouched: `matches` still compares."""

    def __init__(self, real: Passwords) -> None:
        self._real = real

    async def hash(self, password: str) -> str:
        if password not in HASHES:
            HASHES[password] = await self._real.hash(password)
        return HASHES[password]

    async def matches(self, password: str, hashed: str | None) -> bool:
        return await self._real.matches(password, hashed)
