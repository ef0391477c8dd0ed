"""`models/manifest.json`: which models there are, which one is active, and what each was made from."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import msgspec

from discuss.classify.replacing import replace
from discuss.errors import ModelBroken

NAME = "manifest.json"

Probability = Annotated[float, msgspec.Meta(ge=0, le=1)]
Stamp = tuple[int, int, int]


class Entry(msgspec.Struct, kw_only=True, frozen=True):
    """`file` is relative to the manifest; `data` maps each training file to its SHA-256, `licences` a source to its licence.

    `made_with` maps a package to its version. `thresholds` holds, for each label and each language in which it is covered, the probability from which a text is held.
    `vectors` is the SHA-256 of the file of vectors that a larger model taught with, if one did.
    """

    name: str
    version: str
    file: str
    sha256: str
    bytes: int
    labels: list[str]
    thresholds: dict[str, dict[str, Probability]]
    trained_at: str
    seed: int
    data: dict[str, str]
    licences: dict[str, str] = {}
    made_with: dict[str, str] = {}
    vectors: str = ""

    @property
    def title(self) -> str:
        return f"{self.name} {self.version}"


class Manifest(msgspec.Struct, kw_only=True, frozen=True):
    """`previous` was active before `active`; a worker that cannot load the active model falls back to it."""

    active: str
    previous: str | None = None
    models: list[Entry]

    def entry(self, name: str | None = None) -> Entry:
        """The model of that name, or the active one."""
        wanted = self.active if name is None else name
        for entry in self.models:
            if entry.name == wanted:
                return entry
        raise ModelBroken(f"The manifest lists no model named {wanted}.")

    def with_entry(self, entry: Entry) -> "Manifest":
        """The manifest with one model added, replacing any of the same name."""
        others = [model for model in self.models if model.name != entry.name]
        return msgspec.structs.replace(self, models=[*others, entry])

    def with_active(self, name: str) -> "Manifest":
        previous = self.previous if name == self.active else self.active
        return msgspec.structs.replace(self, active=name, previous=previous)


def read(models_dir: Path) -> Manifest:
    path = models_dir / NAME
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except OSError as error:
        raise ModelBroken(f"There is no model manifest at {path}: {error.strerror}.") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ModelBroken(f"The model manifest {path} cannot be understood: {error}.") from error


def stamp(models_dir: Path) -> Stamp | None:
    """Differs after every change of the manifest; None if there is no manifest."""
    try:
        found = (models_dir / NAME).stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


@contextmanager
def alone(models_dir: Path) -> Iterator[None]:
    """Makes changes of the manifest wait for each other. Readers need not wait: they find the old file or the new one."""
    try:
        folder = os.open(models_dir, os.O_RDONLY)
        fcntl.flock(folder, fcntl.LOCK_EX)
    except OSError as error:
        raise ModelBroken(f"The folder {models_dir} cannot be locked: {error.strerror}.") from error
    try:
        yield
    finally:
        os.close(folder)


def write(models_dir: Path, manifest: Manifest) -> None:
    """Replace the manifest in one step that survives a power cut. The caller must hold `alone`."""
    replace(models_dir / NAME, msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n")


def record(models_dir: Path, entry: Entry) -> None:
    """Add a model; the first one becomes active."""
    with alone(models_dir):
        add(models_dir, entry)


def add(models_dir: Path, entry: Entry) -> None:
    """As `record`, for a caller that holds `alone`."""
    first = not (models_dir / NAME).exists()
    known = Manifest(active=entry.name, models=[]) if first else read(models_dir)
    write(models_dir, known.with_entry(entry))
