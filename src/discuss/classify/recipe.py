"""What each source teaches about each label, and how much it counts. The model card says why."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple


class Opinions(NamedTuple):
    """How a larger model's opinions of rows count: the weight of one, where that of a row is about one, and the mean of all of them."""

    weight: float
    share: float


LABELS = ("toxic", "spam", "insult", "obscene", "threat", "identity_hate")
COVERED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ru": ("toxic", "spam"),
        "en": ("toxic", "spam", "insult", "obscene", "threat", "identity_hate"),
        "de": ("toxic",),
        "pt": ("toxic", "insult", "obscene"),
    }
)
"""For each language, the labels for which there are rows to learn from and to measure with."""

ABOUT_GROUPS = frozenset({"identity_hate"})
"""Labels that are about groups of people, for which the name of a group may be telling."""

MEANINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"en": ("toxic", "insult", "obscene", "threat", "identity_hate")}
)
"""For each language, the labels whose heads are told what words mean, because it helps them with texts of a kind never seen."""

OF_VIOLENCE = frozenset({"threat"})
"""The labels whose heads are shown words of violence as one kind, if they are told what words mean."""

TAUGHT: Mapping[str, Mapping[str, Opinions]] = MappingProxyType(
    {
        "en": {
            "toxic": Opinions(weight=0.4, share=0.3),
            "threat": Opinions(weight=0.4, share=0.2),
            "identity_hate": Opinions(weight=1.0, share=0.2),
        }
    }
)
"""For each language, the labels whose heads learn from the opinions of a larger model as well."""

# Never trained on, although the limits that thresholds follow were chosen with an eye on the probes, as the card says. They
# show how often ordinary talk would be held, and whether the name of a group raises a score by itself.
PROBES = ("ru_telegram_news", "ru_sensitive_topics", "ru_news_stance_comments")
TEST_ONLY = ("bias_madlibs_en",)

OWN: Mapping[str, float] = MappingProxyType(dict.fromkeys(LABELS, 1.0) | {"spam": 0.5})
"""The weight of our own sentences for each label. They say what the sources leave out."""

OWN_OF_SET: Mapping[tuple[str, str], float] = MappingProxyType({("plain_near_en", "spam"): 2.0})
"""By set of our own sentences and label, how many times that weight. The spam of YouTube is short and full of words that plain comments hold, too;
with more, too little of it is found."""

OWN_LEFT_OUT: Mapping[tuple[str, str], frozenset[str]] = MappingProxyType(
    {
        ("ru", "toxic"): frozenset(
            {"scorn_ru", "scorn_near_ru", "contempt_ru", "contempt_near_ru", "calls_ru", "calls_near_ru"}
        )
    }
)
"""By language and label, sets of our own sentences that do not teach it, because with them it orders the comments of other sources worse."""

SOURCES: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        "toxic": {
            "c3_news_en": 2.0,
            "unhealthy_news_en": 2.0,
            "sfu_toxicity_news_en": 1.0,
            "civil_toxic_spans_en": 0.7,
            "impermium_insults_en": 1.0,
            "davidson_twitter_en": 0.3,
            "olid_twitter_en": 1.0,
            "hatexplain_train_en": 0.2,
            "youtube_bullying_en": 0.3,
            "convabuse_en": 1.0,
            "paradetox_en": 0.5,
            "surge_toxicity_en": 1.0,
            "wiki_context_en": 0.5,
            "wiki_talk_testset_en": 1.0,
            "wiki_assignment_en": 1.0,
            "jigsaw_sample_en": 1.0,
            "ru_toxic_2ch_pikabu": 3.0,
            "ru_toxic_mixed": 1.2,
            "ru_toxic_ok_positives": 0.6,
            "ru_detox_russe2022": 0.6,
            "ru_uk_youtube_abusive": 8.0,
            "ru_covid_comments": 0.8,
            "ru_telegram_spam_positives": 0.3,
            "textdetox_positives": 0.5,
            "germeval2018_de": 1.0,
            "germeval2021_de": 1.0,
            "toldbr_pt": 1.0,
            "hatebr_pt": 1.0,
            "offcombr_news_pt": 1.0,
        },
        "insult": {
            "impermium_insults_en": 1.0,
            "c3_news_en": 0.5,
            "civil_toxic_spans_en": 0.3,
            "jigsaw_sample_en": 1.0,
            "toldbr_pt": 1.0,
        },
        "obscene": {"civil_toxic_spans_en": 1.0, "jigsaw_sample_en": 1.0, "toldbr_pt": 1.0},
        "threat": {"civil_toxic_spans_en": 1.0, "ethos_en": 2.0, "jigsaw_sample_en": 1.0},
        "identity_hate": {
            "hateval_twitter_en": 1.0,
            "stormfront_en": 2.0,
            "hatexplain_train_en": 1.0,
            "ethos_en": 2.0,
            "waseem_twitter_en": 0.3,
            "davidson_twitter_en": 0.3,
            "civil_toxic_spans_en": 0.5,
            "jigsaw_sample_en": 1.0,
        },
        "spam": {
            "ru_telegram_spam_positives": 4.0,
            "youtube_spam_en": 4.0,
            "sms_spam_en": 1.0,
            "sms_spam_ru_mt": 0.5,
            "spamassassin_mail_en": 0.2,
        },
    }
)

# Comments collected for other reasons: spam is rare among them, but not absent.
HAM: Mapping[str, float] = MappingProxyType(
    {
        "c3_news_en": 0.3,
        "unhealthy_news_en": 0.3,
        "impermium_insults_en": 0.3,
        "olid_twitter_en": 0.3,
        "wiki_context_en": 0.1,
        "surge_toxicity_en": 0.3,
        "stormfront_en": 0.2,
        "ru_toxic_2ch_pikabu": 0.5,
        "ru_toxic_mixed": 0.5,
        "ru_detox_russe2022": 0.3,
        "ru_uk_youtube_abusive": 0.5,
        "ru_covid_comments": 0.5,
    }
)

# What raters found not toxic at all on a news site is none of `_WORSE` either. (It works only this way round: a comment may
# be vile without being an insult.) Without such rows these heads would know only abusive comments, and see threats in any
# news.
_HARMLESS: Mapping[str, float] = MappingProxyType({"c3_news_en": 0.2, "unhealthy_news_en": 0.2})
_WORSE = frozenset({"obscene", "threat", "identity_hate"})

# Not labelled for toxicity. Few of their rows are rude, and the rest must not be held. What sells something is seldom rude.
_TAKEN_AS_CIVIL = frozenset({"ru_covid_comments", "ru_telegram_spam_positives"})


# Sources that tell how raters judged a comment on the whole, from 1 (not toxic) to 4. Their labels draw the line at 2.
_RATED = frozenset({"c3_news_en"})
_NOT_AT_ALL, _NO_DOUBT = 1.0, 3.0


def degree(source: str, meta: Mapping[str, Any]) -> float | None:
    """How toxic raters found a row, from 0 to 1; None if its source gives only a label."""
    level = meta.get("tox_level") if source in _RATED else None
    if not isinstance(level, int | float):
        return None
    return min(max((level - _NOT_AT_ALL) / (_NO_DOUBT - _NOT_AT_ALL), 0.0), 1.0)


def lesson(source: str, labels: Mapping[str, int], label: str) -> tuple[int, float] | None:
    """What a row of a source says about a label, 0 or 1, and with what weight; None if it says nothing."""
    weight = SOURCES[label].get(source, 0.0)
    if label == "spam" and source in HAM:
        return 0, HAM[source]
    if label == "toxic" and source in _TAKEN_AS_CIVIL:
        return 0, weight
    if label == "toxic" and source == "impermium_insults_en":  # 1 is toxic, but 0 may still be vile
        return (1, weight) if labels.get("insult") else None
    if label in _WORSE and source in _HARMLESS and labels.get("toxic") == 0:
        return 0, _HARMLESS[source]
    return (labels[label], weight) if weight and label in labels else None


FAMILIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Globe and Mail": ("c3_news_en", "unhealthy_news_en", "sfu_toxicity_news_en"),
        "2ch and ok.ru": (
            "ru_toxic_2ch_pikabu", "ru_toxic_mixed", "ru_toxic_ok_positives", "ru_detox_russe2022", "textdetox_positives",
        ),
        "YouTube, Russian": ("ru_uk_youtube_abusive",),
        "OLID": ("olid_twitter_en",),
    }
)  # fmt: skip
"""Sources that share their texts, raters or site: only a model trained without the whole family has not seen that site.

The Russian sentences of TextDetox are from the same sites as those of RUSSE.
"""
