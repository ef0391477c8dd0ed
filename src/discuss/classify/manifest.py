"""`models/manifest.json`: which models there are, which one is active, and what each was made from."""

from pathlib import Path

import msgspec

from discuss.errors import ModelBroken

NAME = "manifest.json"


class Entry(msgspec.Struct, kw_only=True, frozen=True):
    """`file` is relative to the manifest; `data` maps each training file to its SHA-256."""

    name: str
    version: str
    file: str
    sha256: str
    bytes: int
    labels: list[str]
    languages: dict[str, list[str]]
    thresholds: dict[str, float]
    trained_at: str
    seed: int
    scikit_learn: str
    data: dict[str, str]


class Manifest(msgspec.Struct, kw_only=True, frozen=True):
    active: str
    models: list[Entry]

    def entry(self, name: str | None = None) -> Entry:
        """The model of that name, or the active one."""
        wanted = name or self.active
        for entry in self.models:
            if entry.name == wanted:
                return entry
        raise ModelBroken(f"The manifest knows no model named {wanted}.")

    def with_entry(self, entry: Entry) -> "Manifest":
        """The same with one model added, or replaced if it has the same name."""
        others = [model for model in self.models if model.name != entry.name]
        return Manifest(active=self.active, models=[*others, entry])


def read(models_dir: Path) -> Manifest:
    path = models_dir / NAME
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except OSError as error:
        raise ModelBroken(f"There is no model manifest at {path}: {error.strerror}.") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ModelBroken(f"The model manifest {path} cannot be understood: {error}.") from error


def write(models_dir: Path, manifest: Manifest) -> None:
    pretty = msgspec.json.format(msgspec.json.encode(manifest), indent=2)
    fresh = models_dir / f"{NAME}.new"
    fresh.write_bytes(pretty + b"\n")
    fresh.replace(models_dir / NAME)


def record(models_dir: Path, entry: Entry) -> None:
    """Add a model; the first one becomes active."""
    known = read(models_dir) if (models_dir / NAME).exists() else Manifest(active=entry.name, models=[])
    write(models_dir, known.with_entry(entry))
