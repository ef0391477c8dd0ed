"""What every verb shares: settings with an address for both stores, and a loop to run in."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from discuss import logs, settings, wiring
from discuss.embedded.postgres import EmbeddedPostgres
from discuss.embedded.valkey import EmbeddedValkey
from discuss.errors import SetupFailed
from discuss.settings import Settings
from discuss.usecases.services import Services

Answer = TypeVar("Answer")


def configured() -> Settings:
    """The settings. A store that is not named is the embedded one in DISCUSS_HOME, which `discuss up` runs.

    Raises `SetupFailed` if there is none, or if it is out of this user's reach.
    """
    found = settings.load()
    logs.configure(found)
    home = found.home.resolve()
    missing = [
        what
        for what, url, folder in (
            ("database", found.database_url, "postgres"),
            ("Redis", found.redis_url, "valkey"),
        )
        if not url and not _there(home / folder)
    ]
    if missing:
        raise SetupFailed(
            f"No {' and no '.join(missing)} found. Run `discuss up` in this folder first, or set DISCUSS_DATABASE_URL and DISCUSS_REDIS_URL."
        )
    return found.model_copy(
        update={
            "home": home,
            "database_url": found.database_url or EmbeddedPostgres(home / "postgres").url,
            "redis_url": found.redis_url or EmbeddedValkey(home / "valkey").url,
        }
    )


def _there(folder: Path) -> bool:
    try:
        folder.stat()
    except PermissionError as error:
        raise SetupFailed(
            f"This user may not look into {folder.parent}. Run this as the user who runs Discuss."
        ) from error
    except OSError:
        return False
    return True


def with_services(action: Callable[[Services], Awaitable[Answer]]) -> Answer:
    """Runs one use case, or a few, and closes everything afterwards."""

    async def run() -> Answer:
        async with wiring.services(configured()) as services:
            return await action(services)

    return asyncio.run(run())
