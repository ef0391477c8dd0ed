"""A private folder for a server's socket, short enough for the system's limit on such paths."""

import os
import shutil
import stat
import tempfile
from pathlib import Path

from discuss.embedded.survivors import mark_of
from discuss.errors import SetupFailed

PATH_LIMIT = 103  # the smallest limit in use (macOS; Linux allows 107)


def socket_folder(folder: Path, name: str) -> Path:
    """Inside `folder` if the path of the socket `name` fits, else in the system's temporary folder.

    The answer is the same at every start, so that an address once given out stays valid.
    """
    inside = folder / "socket"
    if len(str(inside / name).encode()) <= PATH_LIMIT:
        return inside
    outside = Path(tempfile.gettempdir()).resolve() / mark_of(folder)
    if len(str(outside / name).encode()) <= PATH_LIMIT:
        return outside
    raise SetupFailed(f"The path {folder} is too long for a socket. Choose a shorter DISCUSS_HOME.")


def prepare(place: Path, owner: int) -> None:
    """Make the folder, empty and private. A folder that somebody else put there is refused."""
    place.mkdir(mode=0o700, exist_ok=True)
    status = place.lstat()
    private = stat.S_ISDIR(status.st_mode) and not stat.S_IMODE(status.st_mode) & 0o077
    if not private or status.st_uid not in (owner, os.geteuid()):
        raise SetupFailed(
            f"{place} should be a private folder of Discuss, but it is not. Remove it and start again."
        )
    for left in place.iterdir():
        left.unlink()


def remove(place: Path) -> None:
    shutil.rmtree(place, ignore_errors=True)
