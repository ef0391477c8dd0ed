"""Write the parts of a model to a file through skops, and inspect a file before anything relies on it."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import skops.io
from skops.io.exceptions import UntrustedTypesFoundException

from discuss.classify.artefact import trusted_bytes
from discuss.classify.parts import Parts
from discuss.errors import ModelBroken

TRUSTED: tuple[str, ...] = ()
"""Types that skops may build besides arrays, strings and dictionaries. A model needs none."""

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_HARDEST = 9


def pack(parts: Parts) -> bytes:
    """Gives the same bytes for the same parts."""
    ngrams, tongues = parts.reader.ngrams, parts.reader.tongues
    about = {
        "ngrams": [ngrams.bits, ngrams.shortest, ngrams.longest],
        "tongues": tongues.names,
        "masks": parts.reader.masks.words,
        "everyday": parts.reader.masks.everyday.words,
        "labels": parts.labels,
        "curves": parts.curves,
    }
    content = {"about": json.dumps(about, ensure_ascii=False)}
    arrays = {"tongues weights": tongues.weights, "tongues intercepts": tongues.intercepts}
    for language, weights in parts.weights.items():
        arrays |= {
            # Label by label compresses better.
            f"{language} table": np.ascontiguousarray(weights.table[:, : len(weights.intercepts)].T),
            f"{language} marks": weights.marks,
            f"{language} intercepts": weights.intercepts,
        }
    return _repeatable(skops.io.dumps(content | arrays))


def inspect(path: Path, sha256: str) -> None:
    """Have skops read the file. Raises `ModelBroken` if it holds anything but arrays and strings."""
    content = trusted_bytes(path, sha256)
    try:
        skops.io.loads(content, trusted=list(TRUSTED))
    except UntrustedTypesFoundException as error:
        raise ModelBroken(f"The model file {path} contains types that no model needs: {error}") from error
    except Exception as error:  # a foreign file can make skops fail in any way
        raise ModelBroken(f"The model file {path} is not a model of this version of Discuss.") from error


def _repeatable(packed: bytes) -> bytes:
    """The file compressed, with consecutive numbers in place of the memory addresses by which skops names its parts."""
    names: dict[object, int] = {}

    def renamed(node: Any) -> Any:
        if isinstance(node, list):
            return [renamed(one) for one in node]
        if not isinstance(node, dict):
            return node
        node = {key: renamed(value) for key, value in node.items()}
        if "__id__" in node:
            node["__id__"] = names.setdefault(node["__id__"], len(names))
        if "file" in node:
            node["file"] = f"{names.setdefault(node['file'], len(names))}.npy"
        return node

    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=_HARDEST) as new,
    ):
        schema = renamed(json.loads(old.read("schema.json")))
        for name in sorted(set(old.namelist()) - {"schema.json"}, key=names.__getitem__):
            entry = zipfile.ZipInfo(f"{names[name]}.npy", _LONG_AGO)
            new.writestr(entry, old.read(name), zipfile.ZIP_DEFLATED, _HARDEST)
        entry = zipfile.ZipInfo("schema.json", _LONG_AGO)
        new.writestr(entry, json.dumps(schema), zipfile.ZIP_DEFLATED, _HARDEST)
    return written.getvalue()
