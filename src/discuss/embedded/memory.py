"""How much memory the embedded PostgreSQL may use to keep pages of its tables at hand."""

import os
from pathlib import Path

LEAST, MOST = 128, 4096
"""Megabytes. It is taken only as pages are read: a small site never has so many."""

SHARE = 4
"""A quarter of the machine, as PostgreSQL's own documentation has it for a start: the API, the workers, Valkey and the system's own cache of files need the rest."""

CGROUP = Path("/sys/fs/cgroup/memory.max")


def shared_buffers(limit: Path = CGROUP) -> str:
    """As PostgreSQL's setting has it; of a container's limit where there is one."""
    share = min(_machine(), _container(limit)) // SHARE // 2**20
    return f"{max(LEAST, min(MOST, share))}MB"


def _machine() -> int:
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def _container(limit: Path) -> int:
    """Bytes; as many as one likes where nothing is said."""
    said = limit.read_text().strip() if limit.is_file() else "max"
    return int(said) if said.isdigit() else 2**63
