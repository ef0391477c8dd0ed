"""The account that the database runs as: PostgreSQL refuses to run as root, and no permissions are loosened for it."""

import os
import pwd
import shutil
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from discuss.errors import SetupFailed

ACCOUNTS = ("postgres", "nobody")


class Switch(TypedDict, total=False):
    user: int
    group: int
    extra_groups: tuple[int, ...]


@dataclass(frozen=True)
class Account:
    """An unprivileged account. `prefix` is put before a command that needs help to reach its files."""

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()

    @property
    def switch(self) -> Switch:
        """Arguments for `Popen`; none with a prefix, because setpriv must start as root and switches by itself."""
        return {} if self.prefix else {"user": self.uid, "group": self.gid, "extra_groups": ()}


def choose(folder: Path, data: Path) -> Account | None:
    """The account for a database in `folder`, or None to run as the current user."""
    made = data.stat() if data.exists() else None
    if os.geteuid() != 0:
        if made:
            check_owner(data)
        return None
    if made and made.st_uid == 0:
        raise SetupFailed(
            f"The database in {data} belongs to root, and PostgreSQL refuses to run as root. "
            f"Give it back to its account: chown -R {_name(_first_account().uid)} {folder}"
        )
    return Account(made.st_uid, made.st_gid) if made else _first_account()


def check_owner(data: Path) -> None:
    """Refuse a folder of another user: files of two users in one folder lock one of them out at the next start."""
    owner = data.stat().st_uid
    if owner != os.geteuid():
        raise SetupFailed(
            f"The data in {data} belongs to {_name(owner)}. Start Discuss as the user who made it "
            "(root, where the owner is the account of a database), or choose another DISCUSS_HOME."
        )


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def _first_account() -> Account:
    for name in ACCOUNTS:
        with suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(entry.pw_uid, entry.pw_gid)
    raise SetupFailed(
        "PostgreSQL refuses to run as root, and there is no account 'postgres' or 'nobody' to run it as. "
        "Start Discuss as an ordinary user, or set DISCUSS_DATABASE_URL."
    )


def with_reach(account: Account, folder: Path, program: Path) -> Account:
    """The account, with help to pass private parent folders (a clone in root's home) if it needs that.

    One ambient capability lets it read and pass; it may still write only what it owns.
    """
    if _reaches(account, folder, program):
        return account
    setpriv = shutil.which("setpriv")
    if setpriv is not None:
        helped = Account(account.uid, account.gid, _setpriv(setpriv, account))
        if _reaches(helped, folder, program):
            return helped
    raise SetupFailed(
        f"PostgreSQL refuses to run as root, and the account {_name(account.uid)} cannot reach {program.parent} and "
        f"{folder}, because a folder above is private. Put Discuss and DISCUSS_HOME where it can be reached "
        "(/opt, /srv), start it as an ordinary user, or set DISCUSS_DATABASE_URL."
    )


def _setpriv(setpriv: str, account: Account) -> tuple[str, ...]:
    only = "-all,+dac_read_search"
    return (
        setpriv,
        f"--reuid={account.uid}",
        f"--regid={account.gid}",
        "--clear-groups",
        f"--inh-caps={only}",
        f"--ambient-caps={only}",
        f"--bounding-set={only}",
        "--securebits=+no_setuid_fixup",
        "--",
    )


def _reaches(account: Account, folder: Path, program: Path) -> bool:
    """Ask the kernel instead of working it out: modes do not show access lists, mounts and containers."""
    probe = [*account.prefix, "/bin/sh", "-c", 'test -w "$0" && "$1" --version', str(folder), str(program)]
    try:
        done = subprocess.run(  # noqa: S603  - a fixed command
            probe, cwd="/", capture_output=True, check=False, **account.switch
        )
    except OSError:
        return False
    return done.returncode == 0
