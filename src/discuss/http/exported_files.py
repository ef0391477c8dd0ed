"""The files of one site: replaced as a whole, never by an older state, and never by another one with the same validator."""

import fcntl
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from discuss.feed.points import SKEW, is_behind
from discuss.feed.snapshot import Snapshot

SUFFIXES = {"": "", "gzip": ".gz", "br": ".br", "zstd": ".zst"}
POINT = "point"
"""The file that says how far the others are, and names their content."""


def replace(folder: Path, files: Mapping[str, Snapshot], point: str) -> bool:
    """Each file as a whole, all under one lock; passed over when another process was here with the same or something newer.

    False: it is too early, as `_is_too_young` has it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # At the same point the processes may differ in the views, which are news to nobody; after an upgrade in more.
        said = " ".join([point, *(snapshot.digest for snapshot in files.values())])
        known = _read(folder / POINT).decode(errors="replace")
        if is_behind(point, known.partition(" ")[0]) or (known == said and _all_there(folder, files)):
            return True
        changed, now = _changed(folder, files), int(time.time())
        if any(_is_too_young(path, now) for path in changed):
            return False
        for path, body in changed.items():
            _put(path, body, now)
        _put(folder / POINT, said.encode(), now)
    return True


def _all_there(folder: Path, files: Mapping[str, Snapshot]) -> bool:
    return all((folder / f"{name}{suffix}").exists() for name in files for suffix in SUFFIXES.values())


def _changed(folder: Path, files: Mapping[str, Snapshot]) -> dict[Path, bytes]:
    """What is not there yet: a file that is replaced by the same bytes would have another validator."""
    coded = {
        folder / f"{name}{suffix}": snapshot.coded(coding)
        for name, snapshot in files.items()
        for coding, suffix in SUFFIXES.items()
    }
    return {path: body for path, body in coded.items() if _read(path) != body}


def _read(path: Path) -> bytes:
    with suppress(OSError):
        return path.read_bytes()
    return b""


def _is_too_young(path: Path, now: int) -> bool:
    """Whether another state of the file may have had the validator that one written now would have.

    Web servers make it of the size, which changes seldom, and of the whole second in which a file was written: so no second sees
    two states. Times that run ahead instead would run further with every change. A file from later than now says that the clock
    was set back, and is waited for; but never for longer than `SKEW`.
    """
    with suppress(OSError):
        return 0 <= int(path.stat().st_mtime) - now < SKEW
    return False


def _put(path: Path, body: bytes, at: int) -> None:
    """`at` is the second that was looked at: the clock of a file system lags a little, and may be in the one before.

    Under the lock one name is enough for what is not finished: what a process left that was killed is overwritten.
    """
    part = path.with_name(f".{path.name}")
    try:
        part.write_bytes(body)
        part.chmod(0o644)
        os.utime(part, (at, at))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
