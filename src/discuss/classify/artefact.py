"""What a model consists of, and its way to a file and back.

The file is read by skops, which builds only types that are named here or that skops knows to be harmless; it is opened
only after its bytes have been compared with the hash in the manifest.
"""

import hashlib
import zipfile
from dataclasses import dataclass, fields
from pathlib import Path

import skops.io
from sklearn.linear_model import LogisticRegression
from skops.io.exceptions import UntrustedTypesFoundException

from discuss.classify.features import Ngrams
from discuss.classify.marks import Marks
from discuss.errors import ModelBroken

TRUSTED = ("discuss.classify.features.Ngrams", "discuss.classify.marks.Marks")


@dataclass(frozen=True, slots=True)
class Parts:
    """`calibration` holds slope and intercept for each label and language; a pair that is absent is not covered."""

    ngrams: Ngrams
    marks: Marks
    short_ngrams: Ngrams
    english: LogisticRegression
    toxic: LogisticRegression
    spam: LogisticRegression
    calibration: dict[str, dict[str, list[float]]]


_FORMS = {field.name: field.type for field in fields(Parts) if isinstance(field.type, type)} | {
    "calibration": dict
}


def pack(parts: Parts) -> bytes:
    content = {field.name: getattr(parts, field.name) for field in fields(parts)}
    packed: bytes = skops.io.dumps(content, compression=zipfile.ZIP_DEFLATED, compresslevel=9)
    return packed


def unpack(path: Path, sha256: str) -> Parts:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelBroken(f"The model file {path} cannot be read: {error.strerror}.") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ModelBroken(f"The model file {path} is damaged: its SHA-256 is not the one in the manifest.")
    return _parts(path, content)


def _parts(path: Path, content: bytes) -> Parts:
    try:
        parts = Parts(**skops.io.loads(content, trusted=list(TRUSTED)))
    except UntrustedTypesFoundException as error:
        raise ModelBroken(
            f"The model file {path} holds types that a model has no need of: {error}"
        ) from error
    except Exception as error:  # whatever a foreign file makes skops stumble over
        raise ModelBroken(f"The model file {path} is not a model of this version of Discuss.") from error
    if not all(isinstance(getattr(parts, name), form) for name, form in _FORMS.items()):
        raise ModelBroken(
            f"The model file {path} holds parts of another kind than this version of Discuss expects."
        )
    return parts
