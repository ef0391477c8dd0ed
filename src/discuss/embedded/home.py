"""The folder of one machine's data: made with care, used by one run at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from discuss.embedded.failure import refusals
from discuss.errors import SetupFailed


def prepare(home: Path) -> None:
    """Make the folder. One that exists keeps its permissions.

    Others can pass through root's folder (not read it), because the database runs as another account inside it; each
    folder in it is private.
    """
    with refusals(home):
        if not home.exists():
            home.mkdir(parents=True)
            home.chmod(0o711 if os.geteuid() == 0 else 0o700)
        (home / "log").mkdir(mode=0o700, exist_ok=True)


@contextmanager
def locked(home: Path) -> Iterator[None]:
    """Lock the folder for this run. The system releases it when the process ends, however it ends."""
    with refusals(home), open(home / "up.lock", "a+", opener=_private) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            holder = lock.read().strip()
            raise SetupFailed(
                f"Discuss is already running with {home}{f' (process {holder})' if holder else ''}. "
                "Stop it first, or choose another DISCUSS_HOME and DISCUSS_PORT."
            ) from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _private(path: str, flags: int) -> int:
    """Nobody else may open the file, because anybody who can open it could hold the lock."""
    return os.open(path, flags, 0o600)
