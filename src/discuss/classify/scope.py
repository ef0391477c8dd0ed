"""What a model is made from, and how large it is."""

from collections.abc import Callable
from dataclasses import dataclass

from discuss.classify.ngrams import Ngrams
from discuss.classify.vectors import Vectors

Sources = Callable[[str], bool]

_USUAL = Ngrams()


def every_source(source: str) -> bool:
    del source
    return True


@dataclass(frozen=True, slots=True)
class Scope:
    """`sources` tells which sources may teach anything. `own` is the most of our own sentences taken from each set.

    `vectors` holds what a larger model makes of some of the texts, if it is to teach the heads as well.
    """

    sources: Sources = every_source
    own: int = 1500
    ngrams: Ngrams = _USUAL
    vectors: Vectors | None = None


EVERYTHING = Scope()
