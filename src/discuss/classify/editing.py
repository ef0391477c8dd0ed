"""Change a few words of a batch while keeping track of where every letter came from."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from discuss.classify.batch import Batch


@dataclass(frozen=True, slots=True)
class Edit:
    """Puts `letters` in place of `codes[start:end]`; `places[k]` is the index of the replaced letter that letter k stands for."""

    start: int
    end: int
    letters: str
    places: Sequence[int]


def edited(batch: Batch, edits: Sequence[Edit]) -> Batch:
    """The batch with the edits made. They must be in order and must not overlap, and each must lie within one text."""
    codes, origins, prose, read = [], [], [], 0
    known = np.ones(len(batch.codes), dtype=bool) if batch.prose is None else batch.prose
    for edit in edits:
        between = slice(read, edit.start)
        letters = edit.letters.encode("utf-32-le", "surrogatepass")
        codes += [batch.codes[between], np.frombuffer(letters, dtype=np.uint32)]
        origins += [batch.origins[between], batch.origins[edit.start : edit.end][list(edit.places)]]
        prose += [known[between], np.ones(len(edit.letters), dtype=bool)]
        read = edit.end
    rest = slice(read, None)
    grown = np.zeros(len(batch), dtype=np.intp)
    ends = np.array([edit.end for edit in edits], dtype=np.intp)
    texts = np.searchsorted(batch.bounds, ends, side="left") - 1
    np.add.at(grown, texts, [len(edit.letters) - (edit.end - edit.start) for edit in edits])
    bounds = batch.bounds.copy()
    bounds[1:] += np.cumsum(grown)
    return Batch(
        np.concatenate([*codes, batch.codes[rest]]),
        np.concatenate([*origins, batch.origins[rest]]),
        bounds,
        None if batch.prose is None else np.concatenate([*prose, known[rest]]),
    )
