"""Replace a file of a model as a whole, in one step that survives a power cut."""

import os
from pathlib import Path

from discuss.errors import ModelBroken


def replace(path: Path, content: bytes) -> None:
    """Raises `ModelBroken` if the file cannot be written; the old one is then still there. Only one writer at a time."""
    fresh = path.with_name(f"{path.name}.new")
    try:
        with fresh.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        _settle(path.parent)
    except OSError as error:
        raise ModelBroken(f"{path} cannot be written: {error.strerror}.") from error


def _settle(folder: Path) -> None:
    """A new name is safely on disk only once its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
