"""Why a server did not start, in a sentence made from what it logged or what the system refused."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from discuss.errors import SetupFailed

LINES_SHOWN = 8
READ_AT_MOST = 20_000

DAMAGED = "Its data folder {folder} is damaged. Restore it from a backup, or move it away to start empty."
CAUSES = (
    ("no space left on device", "The disk that holds {folder} is full. Free some space and start again."),
    ("read-only file system", "{folder} is on a read-only disk. Choose another DISCUSS_HOME."),
    ("no such file or directory: could not open shared", "Its binary does not fit this system."),
    ("error while loading shared libraries", "Its binary does not fit this system (C library)."),
    ("could not create shared memory segment", "The system has too little shared memory for it."),
    ("cannot allocate memory", "The system has too little memory for it."),
    ("address already in use", "Another server uses its socket in {folder}."),
    ("is another postmaster", "Another server, perhaps in a container, uses {folder}."),
    ("is another postgres", "Another server, perhaps in a container, uses {folder}."),
    (
        "has wrong ownership",
        "The data folder in {folder} belongs to another user. Start Discuss as that user.",
    ),
    ("invalid permissions", "The data folder in {folder} must be private: chmod 700."),
    ("not a valid data directory", DAMAGED),
    ("checkpoint record", DAMAGED),
    ("panic:", DAMAGED),
    ("control file", DAMAGED),
    ("could not open file", DAMAGED),
    ("could not open directory", DAMAGED),
    ("bad file format", DAMAGED),
    ("wrong signature", DAMAGED),
    ("error reading the append only file", DAMAGED),
    ("permission denied", "It may not read or write {folder}. Check who owns it."),
)


def explain(server: str, folder: Path, log: Path, offset: int = 0) -> SetupFailed:
    """The error to raise; `offset` is where this start began in the log."""
    lines = last_lines(log, offset)
    said = "\n".join(lines).lower()
    cause = next((sentence for sign, sentence in CAUSES if sign in said), "It ended by itself.")
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


REFUSALS = {
    errno.ENOSPC: "The disk that holds {folder} is full. Free some space and start again.",
    errno.EDQUOT: "The disk quota for {folder} is used up. Free some space and start again.",
    errno.EROFS: "{folder} is on a read-only disk. Choose another DISCUSS_HOME.",
    errno.EACCES: "Discuss may not write in {folder}. Check who owns it, or choose another DISCUSS_HOME.",
    errno.EPERM: "Discuss may not change {folder}. Check who owns it, or choose another DISCUSS_HOME.",
}


@contextmanager
def refusals(folder: Path) -> Iterator[None]:
    """What the system refuses inside becomes a sentence."""
    try:
        yield
    except OSError as error:
        sentence = REFUSALS.get(error.errno or 0, "{folder} cannot be used.").format(folder=folder)
        raise SetupFailed(f"{sentence} ({error})") from error
