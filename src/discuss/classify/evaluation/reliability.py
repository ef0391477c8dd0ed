"""Whether a probability of toxicity means what it says, on comments like those on a site."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from discuss.classify.evaluation import metrics
from discuss.classify.evaluation.report import Bin, Calibration
from discuss.classify.evaluation.scored_rows import ScoredRows, together
from discuss.classify.evaluation.sources import Key
from discuss.classify.protocol import Classifier

_LABEL = "toxic"
_SURE = 1.96  # standard deviations of a 95 % interval


@dataclass(frozen=True, slots=True)
class _Comments:
    sources: tuple[str, ...]
    base_rate: float | None = None


# English readers' comments count as they are; the Russian sets hold a larger share of abuse than any site.
_COMMENTS: Mapping[str, _Comments] = MappingProxyType(
    {
        "en": _Comments(("c3_news_en", "unhealthy_news_en")),
        "ru": _Comments(("ru_toxic_2ch_pikabu", "ru_toxic_mixed", "ru_uk_youtube_abusive"), base_rate=0.08),
    }
)


def calibrations(tables: Mapping[Key, ScoredRows], classifier: Classifier) -> Iterator[Calibration]:
    for language, comments in _COMMENTS.items():
        sources = [source for source in comments.sources if (source, language) in tables]
        if sources and _LABEL in classifier.held_from(language):
            rows = together([tables[source, language] for source in sources])
            yield _calibration(language, sources, rows, comments.base_rate)


def _calibration(language: str, sources: list[str], rows: ScoredRows, base_rate: float | None) -> Calibration:
    answers = rows.answers(_LABEL)
    weights = metrics.reweighted(answers.truth, base_rate)
    bins = metrics.reliability(answers.truth, answers.scores, weights)
    return Calibration(
        language=language, sources=sources, base_rate=base_rate, rows=len(answers),
        expected_error=metrics.expected_calibration_error(bins),
        brier_skill=metrics.brier_skill(answers.truth, answers.scores, weights),
        bins=[_shown(one) for one in bins],
    )  # fmt: skip


def _shown(one: metrics.Bin) -> Bin:
    observed = min(max(one.observed, 0.0), 1.0)
    low, high = _wilson(observed, one.effective)
    return Bin(expected=one.expected, observed=observed, low=low, high=high)


def _wilson(observed: float, rows: float) -> tuple[float, float]:
    square = _SURE**2 / rows
    middle = (observed + square / 2) / (1 + square)
    spread = _SURE / (1 + square) * np.sqrt(observed * (1 - observed) / rows + square / (4 * rows))
    # If nothing or everything was observed, one end of the interval lies there, except for rounding in the last digit.
    return float(max(min(middle - spread, observed), 0.0)), float(min(max(middle + spread, observed), 1.0))
