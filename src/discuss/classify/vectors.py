"""What a larger model makes of texts: one vector for each, in a file that was made beforehand.

Only training needs them. Which model made them, and how many numbers a vector has, is left to whoever makes the file.
"""

import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from discuss.errors import InvalidInput

Floats = NDArray[np.float32]
Places = NDArray[np.intp]

_TEXTS, _VECTORS = "texts", "vectors"


@dataclass(frozen=True, slots=True)
class Embedded:
    """The texts of some material that have vectors: their `places`, and the vectors with mean 0 and deviation 1 in each number."""

    places: Places
    vectors: Floats

    def where(self, wanted: Callable[[int], bool]) -> tuple[Places, Floats]:
        """The places for which something is true, and their vectors."""
        chosen = np.array([wanted(place) for place in self.places.tolist()], dtype=bool)
        return self.places[chosen], self.vectors[chosen]


NOTHING = Embedded(np.empty(0, dtype=np.intp), np.empty((0, 0), dtype=np.float32))


@dataclass(frozen=True)
class Vectors:
    """`rows[found[key(text)]]` belongs to a text. `sha256` is that of the file."""

    found: Mapping[str, int]
    rows: Floats
    sha256: str

    def __contains__(self, text: str) -> bool:
        return key(text) in self.found

    def embedded(self, places: Sequence[int], texts: Sequence[str]) -> Embedded:
        """Texts that all have a vector, and their places."""
        if not texts:
            return NOTHING
        rows = self.rows[[self.found[key(text)] for text in texts]]
        spread = rows.std(axis=0)
        scaled = (rows - rows.mean(axis=0)) / np.where(spread > 0, spread, 1)
        return Embedded(np.array(places, dtype=np.intp), scaled.astype(np.float32))


def key(text: str) -> str:
    """What stands for a text in the file, which holds none, because not all data may be passed on."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def save(path: Path, texts: Sequence[str], rows: NDArray[np.floating]) -> None:
    """Write an .npz file: `texts`, the SHA-256 of each in hexadecimal, and `vectors`, a row of 32-bit floats for each."""
    arrays = {_TEXTS: np.array([key(text) for text in texts]), _VECTORS: rows.astype(np.float32)}
    with path.open("wb") as file:
        np.savez(file, **arrays)  # type: ignore[arg-type]  # its last parameter is typed as if it were among these


def load(path: Path) -> Vectors:
    """Raises `InvalidInput` if the file does not hold what `save` writes."""
    try:
        written = path.read_bytes()
        arrays = np.load(io.BytesIO(written), allow_pickle=False)
        texts, rows = arrays[_TEXTS], arrays[_VECTORS]
    except (OSError, ValueError, KeyError, IndexError, EOFError, zipfile.BadZipFile) as error:
        raise InvalidInput(f"{path} holds no vectors of texts: {error}.") from error
    if texts.dtype.kind != "U" or rows.dtype != np.float32 or rows.shape[:-1] != texts.shape:
        raise InvalidInput(f"{path} does not name each text and have a vector of 32-bit floats for it.")
    if not np.isfinite(rows).all():
        raise InvalidInput(f"{path} has vectors with numbers that are not finite.")
    places = {text: place for place, text in enumerate(texts.tolist())}
    return Vectors(places, rows, hashlib.sha256(written).hexdigest())
