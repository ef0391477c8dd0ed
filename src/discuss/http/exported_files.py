"""The files of one site: replaced as a whole, and never by an older state."""

import fcntl
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from discuss.feed.points import is_behind
from discuss.feed.snapshot import Snapshot

SUFFIXES = {"": "", "gzip": ".gz", "br": ".br", "zstd": ".zst"}
POINT = "point"
"""The file that says how far the others are."""


def replace(folder: Path, files: Mapping[str, Snapshot], point: str) -> None:
    """Each file as a whole, all under one lock; passed over when another process was here with something newer."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if is_behind(point, _read(folder / POINT).decode(errors="replace")):
            return
        for name, snapshot in files.items():
            for coding, suffix in SUFFIXES.items():
                _put(folder / f"{name}{suffix}", snapshot.coded(coding))
        _put(folder / POINT, point.encode())


def _read(path: Path) -> bytes:
    with suppress(OSError):
        return path.read_bytes()
    return b""


def _put(path: Path, body: bytes) -> None:
    """Under the lock one name is enough for what is not finished: what a process left that was killed is overwritten."""
    part = path.with_name(f".{path.name}")
    try:
        part.write_bytes(body)
        part.chmod(0o644)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
