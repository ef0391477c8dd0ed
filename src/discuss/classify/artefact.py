"""Read the parts of a model from a file. Nothing is parsed before its bytes have been checked against the manifest's hash."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from discuss.classify import container
from discuss.classify.language import Tongues
from discuss.classify.masks import Masks
from discuss.classify.ngrams import Ngrams
from discuss.classify.parts import Parts
from discuss.classify.reading import Reader
from discuss.classify.weights import Weights, widened
from discuss.errors import ModelBroken

_LARGEST = 1 << 28
"""At most this many bytes of a file are read. Nothing larger is a model."""


def unpack(path: Path, sha256: str) -> Parts:
    content = trusted_bytes(path, sha256)
    try:
        parts = _parts(container.read(content))
        fitting = parts.fit_together()
    except container.Foreign as error:
        raise ModelBroken(f"The model file {path} holds {error}.") from error
    except Exception as error:  # a foreign file can fail in any way
        raise ModelBroken(f"The model file {path} is not a model of this version of Discuss.") from error
    if not fitting:  # otherwise scoring the first comment would fail
        raise ModelBroken(f"The model file {path} contains arrays that do not fit together.")
    return parts


def trusted_bytes(path: Path, sha256: str) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST)
    except OSError as error:
        raise ModelBroken(f"The model file {path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise ModelBroken(f"{str(path)!r} is not a file name.") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ModelBroken(f"The model file {path} is damaged: its SHA-256 is not the one in the manifest.")
    return content


def _parts(content: Mapping[str, Any]) -> Parts:
    about = json.loads(content["about"])
    tongues = Tongues(tuple(about["tongues"]), content["tongues weights"], content["tongues intercepts"])
    return Parts(
        Reader(Ngrams(*about["ngrams"]), tongues, Masks(about["masks"], about.get("everyday", ()))),
        {language: tuple(labels) for language, labels in about["labels"].items()},
        {
            language: Weights(
                widened(content[f"{language} table"]),
                content[f"{language} marks"],
                content[f"{language} intercepts"],
            )
            for language in about["labels"]
        },
        {
            language: {
                label: (float(slope), float(intercept)) for label, (slope, intercept) in curves.items()
            }
            for language, curves in about["curves"].items()
        },
    )
