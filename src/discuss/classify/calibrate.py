"""Probabilities that mean what they say, and the thresholds above which a text is held.

Both come from the answers of heads about rows they were not fitted on, weighted by how often such rows occur on a site.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from scipy.special import expit

from discuss.classify import heads
from discuss.classify.heads import Floats, Targets
from discuss.classify.language import UNDETERMINED
from discuss.classify.material import Lessons, Material
from discuss.classify.parts import Curve
from discuss.classify.train import Apart, Head

# Comments like those on a site. Most of these sets hold a larger share of abuse than any site, which is weighted down.
_NEWS_EN = ("c3_news_en", "unhealthy_news_en", "sfu_toxicity_news_en")
_COMMENTS_RU = ("ru_toxic_2ch_pikabu", "ru_toxic_mixed", "ru_uk_youtube_abusive")
_COMMENTS: Mapping[Head, tuple[str, ...]] = MappingProxyType(
    {
        ("en", "toxic"): _NEWS_EN,
        ("ru", "toxic"): _COMMENTS_RU,
        ("de", "toxic"): ("germeval2021_de", "germeval2018_de"),
        ("pt", "toxic"): ("offcombr_news_pt", "hatebr_pt", "toldbr_pt"),
        ("en", "spam"): ("youtube_spam_en", "c3_news_en", "unhealthy_news_en", "olid_twitter_en"),
        ("ru", "spam"): ("ru_telegram_spam_positives", *_COMMENTS_RU, "ru_covid_comments"),
        ("en", "insult"): ("c3_news_en", "impermium_insults_en"),
        ("pt", "insult"): ("toldbr_pt",),
        ("en", "obscene"): ("civil_toxic_spans_en", "c3_news_en", "unhealthy_news_en"),
        ("pt", "obscene"): ("toldbr_pt",),
        ("en", "threat"): ("civil_toxic_spans_en", "ethos_en", "c3_news_en", "unhealthy_news_en"),
        ("en", "identity_hate"): (
            "ethos_en", "stormfront_en", "hateval_twitter_en", "civil_toxic_spans_en", "c3_news_en", "unhealthy_news_en",
        ),
    }
)  # fmt: skip
# Used where a model may not learn from the sources above. Its probabilities are less reliable then.
_STAND_INS: Mapping[Head, tuple[str, ...]] = MappingProxyType(
    {
        ("en", "toxic"): ("surge_toxicity_en", "convabuse_en", "paradetox_en"),
        ("en", "insult"): ("civil_toxic_spans_en",),
    }
)
BASE_RATE: Mapping[str, float] = MappingProxyType(
    {"toxic": 0.08, "spam": 0.05, "insult": 0.03, "obscene": 0.02, "threat": 0.01, "identity_hate": 0.02}
)
# The share of harmless comments that may be held for each label. Holding more would drown the moderators.
_HELD_AT_MOST: Mapping[str, float] = MappingProxyType(
    {"toxic": 0.025, "spam": 0.004, "insult": 0.01, "obscene": 0.005, "threat": 0.003, "identity_hate": 0.005}
)
# Readers of war news write more harshly than the Russian sources, and they quote news, which looks more like spam than
# comments do, so the Russian limits are stricter: of each probe, less than 1 % may be held as spam. In English a limit of 2.5 % for toxicity would round the threshold to 0.25,
# and 0.24 finds more; with the limit for spam, nine tenths of the spam kept out of YouTube's are found. The limit for threats
# is wider than the usual one: of the ordinary comments written by hand none reaches the threshold of 0.17.
_IN_LANGUAGE: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {"ru": {"toxic": 0.0245, "spam": 0.0026}, "en": {"toxic": 0.0275, "spam": 0.0044, "threat": 0.0055}}
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A head's answers about comments like those on a site: its decisions, the true labels and the weight of each row."""

    decisions: Floats
    targets: Targets
    weights: Floats


def truth(material: Material, head: Head) -> Lessons:
    """Labelled comments like those on a site, or the stand-ins if those lack positive or negative ones."""
    from_site = _known(material, head, _COMMENTS[head])
    enough = len(set(from_site.targets.tolist())) > 1
    return from_site if enough else _known(material, head, _STAND_INS.get(head, ()))


def _known(material: Material, head: Head, sources: Sequence[str]) -> Lessons:
    language, label = head
    return material.lessons(label, language, lambda item: not item.copy and item.source in sources)


def seen(material: Material, head: Head, answers: Apart) -> Seen:
    known = truth(material, head)
    of_row = dict(zip(answers.places.tolist(), answers.decisions.tolist(), strict=True))
    decisions = np.array([of_row[place] for place in known.places.tolist()])
    return Seen(decisions, known.targets, heads.reweighted(known.targets, BASE_RATE[head[1]]))


def curves(known: Mapping[Head, Seen]) -> dict[str, dict[str, Curve]]:
    """Slope and intercept for each language and label."""
    found: dict[str, dict[str, Curve]] = {}
    for (language, label), rows in known.items():
        found.setdefault(language, {})[label] = heads.sigmoid(rows.decisions, rows.targets, rows.weights)
    if "spam" in found.get("en", {}):
        # For texts in no known language that hold a link, the English curve serves well (the model card has the figures).
        found[UNDETERMINED] = {"spam": found["en"]["spam"]}
    return found


def thresholds(
    known: Mapping[Head, Seen], calibrated: Mapping[str, Mapping[str, Curve]]
) -> dict[str, dict[str, float]]:
    """By label and language: the lowest probability, to two places, at which no more harmless comments are held than allowed."""
    found: dict[str, dict[str, float]] = {}
    for (language, label), rows in known.items():
        slope, intercept = calibrated[language][label]
        harmless = expit(slope * rows.decisions[rows.targets == 0] + intercept)
        limit = float(np.quantile(harmless, 1 - _allowed(language, label)))
        found.setdefault(label, {})[language] = float(np.ceil(limit * 100) / 100)
    if UNDETERMINED in calibrated:
        found["spam"][UNDETERMINED] = found["spam"]["en"]
    return found


def _allowed(language: str, label: str) -> float:
    return _IN_LANGUAGE.get(language, {}).get(label, _HELD_AT_MOST[label])
