"""Where results are kept, and which commit they belong to."""

import json
import shutil
import subprocess
from pathlib import Path

from bench.roster import ROOT

RESULTS = ROOT / "bench" / "results"


def commit() -> str:
    """The current commit, with `-dirty` if the working tree differs from it."""
    git = shutil.which("git")
    asked = git and subprocess.run(  # noqa: S603  - a fixed command
        [git, "describe", "--always", "--dirty", "--exclude", "*"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return (asked and asked.stdout.strip()) or "unknown"


def write(name: str, content: object) -> Path:
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / name
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path
