"""Why a server did not start, in a sentence made from what it logged or what the system refused."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from discuss.errors import SetupFailed

LINES_SHOWN = 8
READ_AT_MOST = 20_000

FULL = "The disk that holds {folder} is full. Free some space and start again."
READ_ONLY = "{folder} is on a read-only disk. Choose another DISCUSS_HOME."
UNFIT = "Its binary does not fit this system (processor or C library)."
FOREIGN = "Another server, perhaps in a container, uses {folder}."
DAMAGED = "Its data folder {folder} is damaged. Restore it from a backup, or move it away to start empty."
CAUSES = (  # the first one that is found counts, so the surer ones come first
    ("no space left on device", FULL),
    ("check free disk space", FULL),
    ("disk quota exceeded", FULL),
    ("read-only file system", READ_ONLY),
    ("error while loading shared libraries", UNFIT),
    ("could not create shared memory segment", "The system has too little shared memory for it."),
    ("cannot allocate memory", "The system has too little memory for it."),
    ("too many open files", "The system allows too few open files: see `ulimit -n`."),
    ("address already in use", FOREIGN),
    ("is another postmaster", FOREIGN),
    ("is another postgres", FOREIGN),
    (
        "has wrong ownership",
        "The data folder in {folder} belongs to another user. Start Discuss as that user.",
    ),
    ("invalid permissions", "The data folder in {folder} must be private: chmod 700."),
    ("permission denied", "It may not read or write {folder}. Check who owns it."),
    ("not a valid data directory", DAMAGED),
    ("could not find the database system", DAMAGED),
    ("checkpoint record", DAMAGED),
    ("required wal directory", DAMAGED),
    ("control file", DAMAGED),
    ("panic:", DAMAGED),
    ("no such file or directory", DAMAGED),
    ("bad file format", DAMAGED),
    ("wrong signature", DAMAGED),
    ("error reading the append only file", DAMAGED),
)
REFUSALS = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EROFS: READ_ONLY,
    errno.EACCES: "Discuss may not write in {folder}. Check who owns it, or choose another DISCUSS_HOME.",
    errno.EPERM: "Discuss may not change {folder}. Check who owns it, or choose another DISCUSS_HOME.",
}
FULL_BELOW = 1_000_000  # bytes; a server on a full disk cannot always log why it ended


def explain(server: str, folder: Path, log: Path, offset: int = 0) -> SetupFailed:
    """The error to raise; `offset` is where this start began in the log."""
    lines = last_lines(log, offset)
    said = "\n".join(lines).lower()
    cause = next((sentence for sign, sentence in CAUSES if sign in said), "It ended by itself.")
    if shutil.disk_usage(folder).free < FULL_BELOW:
        cause = FULL
    shown = "".join(f"\n  {line}" for line in lines[-LINES_SHOWN:])
    return SetupFailed(
        f"{server} could not be started. {cause.format(folder=folder)}\nThe end of {log}:{shown}"
    )


def last_lines(log: Path, offset: int = 0) -> list[str]:
    try:
        with log.open("rb") as stream:
            stream.seek(max(offset, log.stat().st_size - READ_AT_MOST))
            return [
                line.rstrip() for line in stream.read().decode(errors="replace").splitlines() if line.strip()
            ]
    except OSError as error:
        return [f"(the log cannot be read: {error})"]


@contextmanager
def refusals(folder: Path) -> Iterator[None]:
    """Turn what the system refuses inside into `SetupFailed` with a sentence."""
    try:
        yield
    except OSError as error:
        sentence = REFUSALS.get(error.errno or 0, "{folder} cannot be used.").format(folder=folder)
        raise SetupFailed(f"{sentence} ({error})") from error
