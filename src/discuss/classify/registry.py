"""Load a classifier that is ready to score from a folder of models."""

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from discuss.classify import artefact, manifest, trial
from discuss.classify.manifest import Entry, Manifest
from discuss.classify.model import LinearClassifier
from discuss.classify.parts import Parts
from discuss.classify.protocol import Classifier
from discuss.errors import ModelBroken


@dataclass(frozen=True, slots=True)
class Loaded:
    """`refused` says why this is the previous model and not the active one."""

    entry: Entry
    classifier: Classifier
    refused: ModelBroken | None = None


def default_models_dir() -> Path:
    """The models that came with this installation: inside the package, or beside `src` in a working tree."""
    package = Path(__file__).parents[1]
    packaged = package / "_models"
    return packaged if packaged.is_dir() else package.parent.parent / "models"


def load(models_dir: Path, name: str | None = None) -> Classifier:
    """The active model, or the one of that name.

    Raises `ModelBroken` if it is missing, foreign or damaged, or cannot score.
    """
    return load_entry(models_dir, manifest.read(models_dir).entry(name)).classifier


def load_entry(models_dir: Path, entry: Entry) -> Loaded:
    return tried(entry, artefact.unpack(models_dir / entry.file, entry.sha256))


def tried(entry: Entry, parts: Parts) -> Loaded:
    """Raises `ModelBroken` if the model can be opened but cannot score."""
    try:
        classifier = LinearClassifier(entry, parts)
        faults = trial.faults(classifier)
    except Exception as error:  # a strange model can fail in any way
        raise ModelBroken(
            f"The model {entry.title} cannot score a plain text: {type(error).__name__}: {error}"
        ) from error
    if faults:
        raise ModelBroken(f"The model {entry.title} {faults[0]}.")
    return Loaded(entry, classifier)


def load_last_good(models_dir: Path) -> Loaded:
    """The active model, or else the one that was active before it. Raises `ModelBroken` if neither can be loaded."""
    known = manifest.read(models_dir)
    try:
        return load_entry(models_dir, known.entry())
    except ModelBroken as refused:
        fallback = _before(models_dir, known)
        if fallback is None:
            raise
        return replace(fallback, refused=refused)


def _before(models_dir: Path, known: Manifest) -> Loaded | None:
    if known.previous is None:
        return None
    with suppress(ModelBroken):
        return load_entry(models_dir, known.entry(known.previous))
    return None
