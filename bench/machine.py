"""What this process may use and has used."""

import os
from pathlib import Path

_STATUS = Path("/proc/self/status")


def pin(core: int) -> None:
    """Keep to one core, if the system can do that."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {core})


def last_core() -> int:
    """The core to pin to: the last, because a system does its own work on the first."""
    allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else {0}
    return max(allowed)


def resident_mb() -> float | None:
    return _status("VmRSS")


def peak_mb() -> float | None:
    """The peak of this program alone; the figure of getrusage would start from the memory of the process that started it."""
    return _status("VmHWM")


def _status(name: str) -> float | None:
    """None where there is no /proc."""
    if not _STATUS.exists():
        return None
    fields = dict(line.split(":", 1) for line in _STATUS.read_text().splitlines())
    return int(fields[name].split()[0]) / 1024
