"""Real hashes, each made and compared only once: hundreds of test accounts share a password, and argon2 is slow on purpose."""

from discuss.usecases.services import Passwords

HASHES: dict[str, str] = {}
MATCHES: dict[tuple[str, str | None], bool] = {}


class Remembered:
    def __init__(self, real: Passwords) -> None:
        self._real = real

    async def hash(self, password: str) -> str:
        if password not in HASHES:
            HASHES[password] = await self._real.hash(password)
        return HASHES[password]

    async def matches(self, password: str, hashed: str | None) -> bool:
        if (password, hashed) not in MATCHES:
            MATCHES[password, hashed] = await self._real.matches(password, hashed)
        return MATCHES[password, hashed]
