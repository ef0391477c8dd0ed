"""Probabilities that mean what they say, and the thresholds above which a text is held."""

from collections.abc import Callable, Iterable, Sequence
from types import MappingProxyType

import numpy as np

from discuss.classify import heads, recipe
from discuss.classify.corpus import Corpus, lessons
from discuss.classify.data import Example
from discuss.classify.language import UNDETERMINED
from discuss.classify.protocol import Classifier

Decide = Callable[[Sequence[Example], str], heads.Floats]

# Comments as they come on a site. The Russian sets are drawn richer in abuse than any site and are weighted down.
_COMMENTS = MappingProxyType(
    {
        ("toxic", "en"): ("c3_news_en", "unhealthy_news_en", "sfu_toxicity_news_en"),
        ("toxic", "ru"): ("ru_toxic_2ch_pikabu", "ru_toxic_mixed", "ru_uk_youtube_abusive"),
        ("spam", "en"): ("youtube_spam_en", "c3_news_en", "unhealthy_news_en", "olid_twitter_en"),
        ("spam", "ru"): (
            "ru_telegram_spam_positives",
            "ru_toxic_2ch_pikabu",
            "ru_toxic_mixed",
            "ru_covid_comments",
        ),
    }
)
BASE_RATE = MappingProxyType({"toxic": 0.08, "spam": 0.05})

# The share of each probe that may be held. Readers' comments are ruder than editors' posts.
_HELD_AT_MOST = MappingProxyType(
    {
        "toxic": {"ru_telegram_news": 0.008, "ru_sensitive_topics": 0.015, "ru_news_stance_comments": 0.035},
        "spam": dict.fromkeys(recipe.PROBES, 0.008),
    }
)
_ENGLISH_NEWS = ("c3_news_en", "unhealthy_news_en")
_ENGLISH_HELD_AT_MOST = MappingProxyType({"toxic": 0.02, "spam": 0.008})
_CEILING = 0.95


def curves(corpus: Corpus, decide: Decide) -> dict[str, dict[str, list[float]]]:
    """Slope and intercept for each label and language, from rows the heads have not seen."""
    found: dict[str, dict[str, list[float]]] = {}
    for (label, language), sources in _COMMENTS.items():
        seen = lessons(corpus.of("calibrate", sources), label, [language])
        weights = heads.reweighted(seen.targets, BASE_RATE[label])
        found.setdefault(label, {})[language] = list(
            heads.sigmoid(decide(seen.examples, label), seen.targets, weights)
        )
    # A text in no known language that holds a link: the English curve serves it well (the card has the figures).
    found["spam"][UNDETERMINED] = found["spam"]["en"]
    return found


def thresholds(corpus: Corpus, classifier: Classifier) -> dict[str, float]:
    """The lowest probability, to two places, at which no probe is held more often than it may be."""
    found = {}
    for label, limits in _HELD_AT_MOST.items():
        samples = [(corpus.probe(source, "train", "calibrate"), share) for source, share in limits.items()]
        samples.append((_clean_english(corpus, label), _ENGLISH_HELD_AT_MOST[label]))
        needed = [_quantile(classifier, rows, label, 1 - share) for rows, share in samples]
        found[label] = min(float(np.ceil(max(needed) * 100) / 100), _CEILING)
    return found


def _clean_english(corpus: Corpus, label: str) -> list[Example]:
    rows = lessons(corpus.of("calibrate", _ENGLISH_NEWS), label)
    return [row for row, target in zip(rows.examples, rows.targets, strict=True) if not target]


def _quantile(classifier: Classifier, rows: Iterable[Example], label: str, share: float) -> float:
    scores = [scored.scores.get(label, 0.0) for scored in classifier.score([row.text for row in rows])]
    return float(np.quantile(scores, share)) if scores else 0.0
