"""Letters in the order in which readers see them: signs that nobody sees can turn a part of a text around."""

import re
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from discuss.classify.batch import Batch

_TURN = "\u202e"
_TURN_CODE = np.array(ord(_TURN), dtype=np.uint32)
_EMBEDDING, _ISOLATING = "\u202a\u202b\u202d\u202e", "\u2066\u2067\u2068"
_TO_THE_LEFT = "\u202b\u202e\u2067"
_END_OF_EMBEDDED, _END_OF_ISOLATED = "\u202c", "\u2069"
_SIGN = re.compile(f"[{_EMBEDDING}{_ISOLATING}{_END_OF_EMBEDDED}{_END_OF_ISOLATED}\n\r\x85\u2029]")
_DEEPEST = 8
"""Signs within the reach of others that still count: what is deeper, no reader makes sense of."""

Levels = NDArray[np.int8]


def as_seen(raw: Batch) -> Batch:
    """The batch with whatever was turned around the right way round. Expects letters as they were typed."""
    turns = (raw.codes == _TURN_CODE).nonzero()[0]
    if not turns.size:
        return raw
    order = np.arange(len(raw.codes))
    for text in np.unique(raw.texts(turns)).tolist():
        first, beyond = int(raw.bounds[text]) + 1, int(raw.bounds[text + 1]) - 1
        levels = _levels(raw.codes[first:beyond].tobytes().decode("utf-32-le", "surrogatepass"))
        for level in range(int(levels.max()), 0, -1):
            for start, end in _runs(levels >= level):
                order[first + start : first + end] = order[first + start : first + end][::-1].copy()
    return replace(raw, codes=raw.codes[order], origins=raw.origins[order])


def _levels(text: str) -> Levels:
    """How often each letter is turned around: rules X1 to X8 and L2 of Unicode's bidirectional algorithm, for letters that go to the right.

    A sign itself belongs to what is around its reach.
    """
    levels = np.zeros(len(text), dtype=np.int8)
    reaches: list[tuple[str, int, int]] = []
    read = 0
    for found in _SIGN.finditer(text):
        levels[read : found.start()] = _own(reaches)
        if found[0] in _EMBEDDING or found[0] in _ISOLATING:
            levels[found.start()] = _own(reaches)
            _open(reaches, found[0])
        else:
            _close(reaches, found[0])
            levels[found.start()] = _own(reaches)
        read = found.end()
    levels[read:] = _own(reaches)
    return levels


def _own(reaches: list[tuple[str, int, int]]) -> int:
    return reaches[-1][2] if reaches else 0


def _open(reaches: list[tuple[str, int, int]], sign: str) -> None:
    """What is remembered of a reach: its sign, its level, and the level of letters in it, which only some signs turn."""
    if len(reaches) < _DEEPEST:
        around = reaches[-1][1] if reaches else 0
        to_the_left = sign in _TO_THE_LEFT
        level = around + 1 + (around % 2 == to_the_left)
        reaches.append((sign, level, level + (to_the_left and sign != _TURN)))


def _close(reaches: list[tuple[str, int, int]], sign: str) -> None:
    if sign == _END_OF_EMBEDDED:
        if reaches and reaches[-1][0] in _EMBEDDING:
            reaches.pop()
    elif sign == _END_OF_ISOLATED:
        isolated = [place for place, reach in enumerate(reaches) if reach[0] in _ISOLATING]
        del reaches[isolated[-1] if isolated else len(reaches) :]
    else:
        reaches.clear()  # the end of a paragraph


def _runs(inside: NDArray[np.bool_]) -> Iterable[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], inside, [False]]).astype(np.int8))).tolist()
    return zip(edges[::2], edges[1::2], strict=True)
