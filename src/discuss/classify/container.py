"""The part of the skops file format that a model needs: arrays and strings by name, and nothing else.

Workers read their model with this because skops' own reader imports all of scikit-learn, which takes more memory than the
model itself and most of the start-up time. It is also stricter: no type is trusted, whatever the file says. `packing.py`
writes the files and has skops read them before a model becomes active.
"""

import io
import json
from collections.abc import Mapping
from typing import Any
from zipfile import ZipFile

import numpy as np


class Foreign(ValueError):
    """A file that holds anything else."""


def read(content: bytes) -> Mapping[str, Any]:
    """Arrays and strings by their names. Raises what `zipfile`, `json` and NumPy raise, or `Foreign`."""
    with ZipFile(io.BytesIO(content)) as archive:
        whole = json.loads(archive.read("schema.json"))
        if whole["__loader__"] != "DictNode":
            raise Foreign(f"a {whole['__loader__']} instead of a dictionary")
        return {name: _value(archive, node) for name, node in whole["content"].items()}


def _value(archive: ZipFile, node: Mapping[str, Any]) -> object:
    if node["__loader__"] == "NdArrayNode" and node["type"] == "numpy":
        return np.load(io.BytesIO(archive.read(node["file"])), allow_pickle=False)
    if node["__loader__"] == "JsonNode":
        return json.loads(node["content"])
    raise Foreign(f"a {node['__loader__']}, of which a model has no need")
