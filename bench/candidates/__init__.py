"""One module per candidate. Importing it imports the package that is measured, and its `load` makes that ready to score.

Except for our own, the modules run in the environment of the yardsticks, which holds nothing of Discuss.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Scorer = Callable[[Sequence[str]], Sequence[float]]
Explainer = Callable[[Sequence[str]], Sequence[Mapping[str, Sequence[object]]]]

PLAIN_MODEL = "BENCH_PLAIN_MODEL"
"""The environment variable with the path of the plain pipeline, which is fitted before it is measured."""


@dataclass(frozen=True)
class Loaded:
    """`score` gives one number per text, the higher the worse; `explain` gives the parts of each text behind each label's score."""

    score: Scorer
    explain: Explainer | None = None
