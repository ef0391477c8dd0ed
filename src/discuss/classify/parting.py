"""Separate words that were spelt out letter by letter with no wider gap between the words."""

import re
from collections.abc import Container, Iterator

from discuss.classify.batch import Batch
from discuss.classify.editing import Edit, edited

_SHORTEST, _LONGEST = 4, 20
_RUN = re.compile(r"[^\W\d_]{7,}")
_GAPS = 6
"""A run with fewer gaps is one word or two short ones."""


def parted(batch: Batch, before: Batch, known: Container[str]) -> Batch:
    """The batch with spaces around the known words in such runs. `before` is the batch before its words were joined."""
    edits = [
        edit
        for text in (before.sizes - batch.sizes >= _GAPS).nonzero()[0].tolist()
        for start, end in _spelt_out(batch, int(batch.bounds[text]), int(batch.bounds[text + 1]))
        for edit in _gaps(batch, start, end, known)
    ]
    return edited(batch, edits) if edits else batch


def _spelt_out(batch: Batch, first: int, beyond: int) -> Iterator[tuple[int, int]]:
    """Begin and end of each run whose letters stood apart."""
    for run in _RUN.finditer(batch.codes[first:beyond].tobytes().decode("utf-32-le")):
        start, end = first + run.start(), first + run.end()
        if batch.origins[end - 1] - batch.origins[start] >= 2 * (end - 1 - start):
            yield start, end


def _gaps(batch: Batch, start: int, end: int, known: Container[str]) -> Iterator[Edit]:
    """A space before every letter that begins a known word or follows one, except the first of the run."""
    run = batch.codes[start:end].tobytes().decode("utf-32-le")
    edges = {edge for found in _words(run, known) for edge in found}
    for place in sorted(edges - {0, len(run)}):
        yield Edit(start + place, start + place + 1, f" {run[place]}", (0, 0))


def _words(run: str, known: Container[str]) -> Iterator[tuple[int, int]]:
    """Begin and end of the known words, from the left; of two that begin at one place, the longer."""
    start = 0
    while start <= len(run) - _SHORTEST:
        ends = range(min(start + _LONGEST, len(run)), start + _SHORTEST - 1, -1)
        end = next((end for end in ends if run[start:end] in known), None)
        if end:
            yield start, end
        start = end or start + 1
