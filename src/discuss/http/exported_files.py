"""The exported files of one site: replaced whole, never by an older state, and never by another with the same validator."""

import fcntl
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from discuss.feed.points import SKEW, is_behind
from discuss.feed.snapshot import Snapshot

AS_IT_IS = 60
"""Seconds a file is left as it is if only what the digest leaves out would change: views, and the point of the answer."""

SUFFIXES = {"": "", "gzip": ".gz", "br": ".br", "zstd": ".zst"}
POINT = "point"
"""The file that records the point of the others and the digests of their content."""


def replace(folder: Path, files: Mapping[str, Snapshot], point: str) -> bool:
    """Replaces each file atomically, under one lock for all, unless another process has written this state or a newer one.

    False: it is too early to write, see `_is_too_young`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # At the same point, processes may differ in views, which the digests leave out, and after an upgrade in more.
        said = " ".join([point, *(snapshot.digest for snapshot in files.values())])
        known = _read(folder / POINT).decode(errors="replace")
        if is_behind(point, known.partition(" ")[0]) or (known == said and _all_there(folder, files)):
            return True
        changed, now = _changed(folder, files), int(time.time())
        if known.split()[1:] == said.split()[1:]:
            changed = {path: body for path, body in changed.items() if not _is_recent(path, now)}
        if any(_is_too_young(path, now) for path in changed):
            return False
        for path, body in changed.items():
            _put(path, body, now)
        _put(folder / POINT, said.encode(), now)
    return True


def _all_there(folder: Path, files: Mapping[str, Snapshot]) -> bool:
    return all((folder / f"{name}{suffix}").exists() for name in files for suffix in SUFFIXES.values())


def _changed(folder: Path, files: Mapping[str, Snapshot]) -> dict[Path, bytes]:
    """The files whose content differs: rewriting the same bytes would change the validator."""
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
    """Whether a file written now could have the same validator as another state of it.

    Web servers make validators from the size, which seldom changes, and the modification time in whole seconds, so no file is
    written twice within one second. (Setting times ahead instead would move them further ahead with every change.) A file dated
    in the future means that the clock was set back; it is waited for, but only if it is less than `SKEW` ahead.
    """
    with suppress(OSError):
        return 0 <= int(path.stat().st_mtime) - now < SKEW
    return False


def _is_recent(path: Path, now: int) -> bool:
    with suppress(OSError):
        return 0 <= now - int(path.stat().st_mtime) < AS_IT_IS
    return False


def _put(path: Path, body: bytes, at: int) -> None:
    """Sets the modification time to `at`, the second that was checked: a file system's clock lags and may still be in the one before.

    Under the lock, one temporary name is enough: what a killed process left behind is overwritten.
    """
    part = path.with_name(f".{path.name}")
    try:
        part.write_bytes(body)
        part.chmod(0o644)
        os.utime(part, (at, at))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
