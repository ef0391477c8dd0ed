"""From a folder of models to a classifier that is ready to score."""

from pathlib import Path

from discuss.classify import artefact, manifest
from discuss.classify.model import LinearClassifier
from discuss.classify.protocol import Classifier


def default_models_dir() -> Path:
    """The models that came with this installation: inside the package, or beside `src` in a working tree."""
    package = Path(__file__).parents[1]
    packaged = package / "_models"
    return packaged if packaged.is_dir() else package.parent.parent / "models"


def load(models_dir: Path, name: str | None = None) -> Classifier:
    """The active model, or the one of that name. Raises `ModelBroken` if it is missing, foreign or damaged."""
    entry = manifest.read(models_dir).entry(name)
    return LinearClassifier(entry, artefact.unpack(models_dir / entry.file, entry.sha256))
