"""What each source teaches, and how much it counts. The model's card says why."""

from collections.abc import Mapping
from types import MappingProxyType

LANGUAGES = ("ru", "en")
LABELS = ("toxic", "spam")

# Never trained on: they show how often ordinary talk would be held. A word is not abuse for being about war.
PROBES = ("ru_telegram_news", "ru_sensitive_topics", "ru_news_stance_comments")
TEST_ONLY = ("bias_madlibs_en",)

TOXIC = MappingProxyType(
    {
        "c3_news_en": 2.0,
        "unhealthy_news_en": 2.0,
        "sfu_toxicity_news_en": 1.0,
        "civil_toxic_spans_en": 0.7,
        "impermium_insults_en": 1.0,
        "davidson_twitter_en": 0.3,
        "olid_twitter_en": 1.0,
        "hatexplain_train_en": 0.3,
        "youtube_bullying_en": 0.3,
        "convabuse_en": 1.0,
        "paradetox_en": 0.5,
        "surge_toxicity_en": 1.0,
        "wiki_context_en": 0.5,
        "wiki_talk_testset_en": 1.0,
        "wiki_assignment_en": 1.0,
        "jigsaw_sample_en": 1.0,
        "ru_toxic_2ch_pikabu": 1.0,
        "ru_toxic_mixed": 1.0,
        "ru_toxic_ok_positives": 1.0,
        "ru_detox_russe2022": 1.0,
        "ru_uk_youtube_abusive": 1.0,
        "ru_covid_comments": 0.3,
        "textdetox_positives": 0.5,
    }
)

SPAM = MappingProxyType(
    {
        "ru_telegram_spam_positives": 4.0,
        "youtube_spam_en": 4.0,
        "sms_spam_en": 0.5,
        "sms_spam_ru_mt": 0.2,
        "spamassassin_mail_en": 0.15,
    }
)

# Comments collected for other reasons: spam is rare among them, not absent.
HAM = MappingProxyType(
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


# Ordinary comments seldom hold a link in these sources, on a news site they do. Some rows, spam and ham alike, are learned
# again with one of these added, so that such a link says nothing either way.
LINKED_SHARE = 0.3
HARMLESS_LINKS = (
    "https://www.youtube.com/watch?v=",
    "https://youtu.be/",
    "https://ru.wikipedia.org/wiki/",
    "https://en.wikipedia.org/wiki/",
    "https://www.bbc.com/news/",
    "https://www.reuters.com/world/",
    "https://tass.ru/armiya/",
    "https://lenta.ru/news/",
    "https://vk.com/video",
)


def lesson(source: str, labels: Mapping[str, int], label: str) -> tuple[int, float] | None:
    """What a row of a source says about a label, 0 or 1, and with what weight; None where it says nothing."""
    return _toxic(source, labels) if label == "toxic" else _spam(source, labels)


def _toxic(source: str, labels: Mapping[str, int]) -> tuple[int, float] | None:
    weight = TOXIC.get(source, 0.0)
    if source == "ru_covid_comments":  # unlabelled; rude rows are few, and the rest is what must not be held
        return 0, weight
    if source == "impermium_insults_en":  # insult 1 is toxic, but 0 may still be vile
        return (1, weight) if labels.get("insult") else None
    return (labels["toxic"], weight) if weight and "toxic" in labels else None


def _spam(source: str, labels: Mapping[str, int]) -> tuple[int, float] | None:
    if "spam" in labels and source in SPAM:
        return labels["spam"], SPAM[source]
    return (0, HAM[source]) if source in HAM else None
