"""The data folder of PostgreSQL: made once, completely or not at all."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from discuss.embedded.account import Account
from discuss.embedded.binaries import POSTGRES_MAJOR
from discuss.embedded.failure import explain
from discuss.embedded.process import Child, finish, spawn
from discuss.errors import SetupFailed

# The system's locales are not used: a slim container has none, and sorting must not change with the C library.
INITDB = (
    "--username=discuss",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--auth=peer",  # has no effect: each start says anew who may connect
)
# Nothing of the caller's environment reaches the server: PGDATA, PGPORT or LANG would change what it does.
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
SCRATCH = "new-"
# One call for the whole disk instead of one for each of a thousand files, which saves seconds on a busy machine.
SYNC = "syncfs" if sys.platform == "linux" else "fsync"


@dataclass(frozen=True)
class Programs:
    """The binaries of PostgreSQL, run as the account that may run them."""

    binaries: Path
    account: Account | None
    folder: Path
    log: Path

    def start(self, name: str, *arguments: str | Path, stdin: int = subprocess.DEVNULL) -> Child:
        command = [self.binaries / name, *arguments]
        # The current folder may be one that the account cannot enter.
        return spawn(command, self.log, account=self.account, env=ENVIRONMENT, stdin=stdin, cwd="/")

    def run(self, name: str, *arguments: str | Path, cancelled: Callable[[], bool], text: str = "") -> None:
        offset = self.log.stat().st_size if self.log.exists() else 0
        child = self.start(name, *arguments, stdin=subprocess.PIPE)
        if finish(child, text, cancelled) != 0:
            raise explain("PostgreSQL", self.folder, self.log, offset)

    def give(self, place: Path) -> None:
        if self.account:
            os.chown(place, self.account.uid, self.account.gid)


def check(data: Path) -> None:
    """Refuse a data folder that this server cannot run."""
    version = data / "PG_VERSION"
    try:
        found = version.read_text().strip()
    except FileNotFoundError as error:
        raise SetupFailed(
            f"The data folder {data} is damaged: {version.name} is missing. Restore it from a backup, or move it away "
            "to start empty."
        ) from error
    if found != str(POSTGRES_MAJOR):
        raise SetupFailed(
            f"The data folder {data} was made by PostgreSQL {found}; this Discuss brings {POSTGRES_MAJOR}. "
            "Move it over with pg_dump and pg_restore, or choose another DISCUSS_HOME."
        )


def create(data: Path, programs: Programs, cancelled: Callable[[], bool]) -> None:
    """Make the data folder with an empty database `discuss`.

    It has a temporary name until it is complete, so that a run killed half-way leaves nothing that looks finished.
    """
    for left in data.parent.glob(f"{SCRATCH}*"):
        shutil.rmtree(left, ignore_errors=True)
    scratch = Path(tempfile.mkdtemp(prefix=SCRATCH, dir=data.parent))
    programs.give(scratch)
    single = ("--single", "-D", scratch, "-c", "exit_on_error=on", "-c", "fsync=off", "postgres")
    programs.run("initdb", "-D", scratch, *INITDB, "--no-sync", cancelled=cancelled)
    programs.run("postgres", *single, text="CREATE DATABASE discuss\n", cancelled=cancelled)
    programs.run("initdb", "-D", scratch, "--sync-only", f"--sync-method={SYNC}", cancelled=cancelled)
    scratch.rename(data)
