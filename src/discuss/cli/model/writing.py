"""Whether results can be written: asked before the work that takes minutes, so that it is not lost."""

from pathlib import Path
from tempfile import TemporaryFile

from discuss.classify import manifest
from discuss.errors import InvalidInput


def prepare_model(out: Path) -> None:
    """Raises `InvalidInput` if no model can be put there, and `ModelBroken` if the manifest beside it cannot be read."""
    if out.name in {"", ".."}:
        raise InvalidInput(
            f"--out {out} names no model. Give the folder by its own name, as in my-models/my-model."
        )
    for folder in (out, out.parent):
        prepare(folder)
    if (out.parent / manifest.NAME).exists():
        manifest.read(out.parent)


def prepare(folder: Path) -> None:
    """Makes the folder if there is none. Raises `InvalidInput` if no file can be written there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise InvalidInput(f"Nothing can be written to {folder}: {error.strerror}.") from error
