"""Runs the parts of the bench that need an environment of their own."""

import json
import subprocess
from collections.abc import Iterable, Mapping
from typing import IO, Any

from bench.roster import PLAIN, ROOT, Candidate, surroundings

_PATIENCE = 3600
"""Seconds for one process. It should end by itself, but must not hang here for ever if it does not."""


class Failed(Exception):  # its message is what the process said
    """A candidate did not start, or broke down."""


def answer(
    candidate: Candidate,
    program: str,
    *arguments: str,
    told: IO[str] | None = None,
    extra: Mapping[str, str] | None = None,
) -> Any:
    """What the program printed, which is JSON. It reads `told` from its standard input."""
    done = subprocess.run(  # noqa: S603  - commands are built here
        [candidate.python, "-m", program, *arguments],
        cwd=ROOT, env={**surroundings(), **(extra or {})}, stdin=told or subprocess.DEVNULL,
        capture_output=True, text=True, check=False, timeout=_PATIENCE,
    )  # fmt: skip
    if done.returncode:
        raise Failed(_last_line(done.stderr) or f"it ended with status {done.returncode}")
    return json.loads(done.stdout or "null")


def write_lines(target: IO[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Write JSON Lines, ready to be read from the beginning."""
    target.writelines(json.dumps(row) + "\n" for row in rows)
    target.flush()
    target.seek(0)


def fit_plain(told: IO[str], target: str) -> None:
    answer(PLAIN, "bench.candidates.plain", target, told=told)


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1].strip() if lines else ""
