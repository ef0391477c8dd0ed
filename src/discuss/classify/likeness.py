"""How alike two texts are, estimated from a few bytes of each: MinHash over the letters of their normalised forms.

The share of places in which two signatures agree is about the share of shingles that the texts have in common (Jaccard).
Texts that are nearly the same share at least one *band* of four places, by which they can be looked up; texts of different
sites never share one.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from discuss.classify.endings import ENDINGS

Signatures = NDArray[np.uint32]
"""A row for each text."""

HASHES, BANDS = 32, 8
_SHINGLE = 4
_ENOUGH = 12
"""A text with fewer letters than this outside its links is compared by its links as well."""

# Everything between two spaces is left out if it holds an address of any kind, also an e-mail address: none tells texts apart.
_LINK = re.compile(
    rf"https?://|^\W{{0,3}}www\.|@[a-z0-9-]{{1,63}}\.[a-z]|[a-z0-9-]\.{ENDINGS}(?:/|\W{{0,3}}$)"
)
_BETWEEN = re.compile(r"[\W_]+")
_SAME_LOOK = str.maketrans("авекмнорстухі", "abekmhopctyxi")
"""Normalising may pick the wrong alphabet for a word that is disguised so well that it could be in either."""

_GOLDEN = 0x9E3779B97F4A7C15
_WORD = (1 << 64) - 1


def letters(normalised: str) -> str:
    """What is compared of a text: its letters and digits in order, and its links only if there is too little else."""
    plain = normalised.translate(_SAME_LOOK)
    prose = _BETWEEN.sub("", " ".join(token for token in plain.split() if not _LINK.search(token)))
    if len(prose) >= _ENOUGH:
        return prose
    return _BETWEEN.sub("", plain) or "".join(plain.split())


def signatures(texts: Sequence[str]) -> Signatures:
    """The signature of each text, as prepared by `letters`. Takes time linear in their length."""
    shingles, starts = _shingles(texts)
    found = np.empty((len(texts), HASHES), dtype=np.uint32)
    for place, (factor, term) in enumerate(_MULTIPLIERS if texts else ()):
        hashed = ((shingles * factor + term) >> np.uint64(32)).astype(np.uint32)
        found[:, place] = np.minimum.reduceat(hashed, starts)
    return found


def bands(signed: Signatures, salts: Sequence[int]) -> NDArray[np.int64]:
    """Eight keys to look each text up by. `salts` are the ids of the sites, so that two sites have no key in common."""
    salted = np.array([[salt & _WORD, salt >> 64 & _WORD] for salt in salts], dtype=np.uint64).reshape(-1, 2)
    keys = _mixed(_mixed(salted[:, :1]) ^ salted[:, 1:]) ^ np.arange(BANDS, dtype=np.uint64)
    for places in np.moveaxis(signed.reshape(-1, BANDS, HASHES // BANDS), 2, 0):
        keys = _mixed(_mixed(keys) ^ places.astype(np.uint64))
    return keys.view(np.int64)


def likeness(one: Signatures, others: Signatures) -> NDArray[np.float64]:
    """The share of shingles that each pair of texts has in common, to within a tenth or two."""
    return np.asarray((one == others).mean(axis=-1), dtype=np.float64)


def packed(signed: Signatures) -> list[bytes]:
    """The signatures in the form in which they are stored."""
    return [row.astype("<u4").tobytes() for row in signed]


def unpacked(stored: Sequence[bytes]) -> Signatures:
    return np.frombuffer(b"".join(stored), dtype="<u4").astype(np.uint32).reshape(-1, HASHES)


def _shingles(texts: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.intp]]:
    """A number for every four letters in a row, and where each text's numbers begin.

    There are as many as letters, because the last ones are padded.
    """
    longer = [(text or "\0") + "\0" * (_SHINGLE - 1) for text in texts]
    codes = np.frombuffer("".join(longer).encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    sizes = np.array([len(text) for text in longer], dtype=np.intp)
    whole = np.ones(len(codes), dtype=bool)
    for back in range(1, _SHINGLE):
        whole[np.cumsum(sizes) - back] = False
    begins = np.flatnonzero(whole)
    numbers = np.zeros(len(begins), dtype=np.uint64)
    for ahead in range(_SHINGLE):
        numbers = _mixed(numbers ^ codes[begins + ahead])
    counts = sizes - (_SHINGLE - 1)
    return numbers, np.cumsum(counts) - counts


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Every bit of the answer depends on every bit of the number (the finaliser of SplitMix64)."""
    mixed = numbers + np.uint64(_GOLDEN)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


# Signatures are stored, so the hash functions must never change: they do not come from a library's random generator.
_MULTIPLIERS = [
    (factor | np.uint64(1), term)
    for factor, term in _mixed(np.arange(2 * HASHES, dtype=np.uint64)).reshape(-1, 2)
]
