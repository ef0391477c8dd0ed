"""How much memory the embedded PostgreSQL may use to cache pages of its tables."""

import os
from pathlib import Path

LEAST, MOST = 128, 4096
"""Megabytes. They are taken only as pages are read, and a small site never has so many."""

SHARE = 4
"""A quarter of the machine, which PostgreSQL's documentation suggests as a start: the API, the workers, Valkey and the system's file cache need the rest."""

CGROUP = Path("/sys/fs/cgroup/memory.max")


def shared_buffers(limit: Path = CGROUP) -> str:
    """The value of PostgreSQL's setting: a share of the machine's memory, or of a container's limit if that is lower."""
    share = min(_machine(), _container(limit)) // SHARE // 2**20
    return f"{max(LEAST, min(MOST, share))}MB"


def _machine() -> int:
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def _container(limit: Path) -> int:
    """Bytes; more than any machine has if there is no limit."""
    said = limit.read_text().strip() if limit.is_file() else "max"
    return int(said) if said.isdigit() else 2**63
