"""What a comment costs each process, in processor time: from the post until every process serves it."""

import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import psutil

from bench.feed.under_writing import Written

COMMENTS = 1000

_SETTLE = 1.0
"""Seconds in which the last comments reach the feeds."""


def spending(found: Written) -> dict[str, Any]:
    """Milliseconds per comment. What the processes use for sweeps and looks when nobody writes is counted separately.

    Processor time hardly depends on what else the machine does, unlike time by the clock.
    """
    began = time.monotonic()
    idle_before = _used(found)
    time.sleep(COMMENTS / found.writers.rate / 2)
    idle, waited = _since(found, idle_before), time.monotonic() - began
    before, began = _used(found), time.monotonic()
    with found.writers.at_work():
        time.sleep(COMMENTS / found.writers.rate)
    time.sleep(_SETTLE)
    used, lasted = _since(found, before), time.monotonic() - began
    report = found.writers.reports.pop()
    posted = report["accepted"]
    each = {name: 1000 * seconds / posted for name, seconds in used.items()}
    alone = {name: 1000 * idle[name] * lasted / waited / posted for name in idle}
    return {
        "comments": posted,
        "each_ms": {name: round(ms, 2) for name, ms in each.items()},
        "idle_ms": {name: round(ms, 2) for name, ms in alone.items()},
        "total_ms": round(sum(each.values()), 2),
        "writers_own_ms": round(1000 * report["processor_s"] / posted, 2),
    }


def _since(found: Written, before: Mapping[str, float]) -> dict[str, float]:
    return {name: seconds - before[name] for name, seconds in _used(found).items()}


def _used(found: Written) -> dict[str, float]:
    house, stack = found.house, found.house.stack
    roots = {
        "API that readers poll": house.api.pid,
        "API that takes the comments": found.entrance.pid,
        "worker": house.worker,
        "PostgreSQL": stack.postgres.pid,
        "Valkey": stack.valkey.pid,
    }
    return {name: _seconds(pid) for name, pid in roots.items() if pid is not None}


def _seconds(pid: int) -> float:
    """Processor time of a process and all its children, including those that have ended."""
    root = psutil.Process(pid)
    total = 0.0
    for one in [root, *root.children(recursive=True)]:
        with suppress(psutil.NoSuchProcess):
            times = one.cpu_times()
            total += times.user + times.system + times.children_user + times.children_system
    return total
