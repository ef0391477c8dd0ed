"""The licences of the training sources, as stated by each source."""

from collections.abc import Mapping
from types import MappingProxyType

_NOT_STATED = "not stated"
_NON_COMMERCIAL = "CC BY-NC-SA 4.0"

LICENCES: Mapping[str, str] = MappingProxyType(
    {
        "c3_news_en": _NON_COMMERCIAL,
        "unhealthy_news_en": _NON_COMMERCIAL,
        "sfu_toxicity_news_en": _NON_COMMERCIAL,
        "civil_toxic_spans_en": "CC0 1.0",
        "impermium_insults_en": _NOT_STATED,
        "davidson_twitter_en": "MIT",
        "olid_twitter_en": _NOT_STATED,
        "hateval_twitter_en": _NOT_STATED,
        "hatexplain_train_en": "MIT",
        "stormfront_en": "CC BY-SA 3.0",
        "waseem_twitter_en": _NOT_STATED,
        "youtube_bullying_en": _NOT_STATED,
        "ethos_en": "GPL-3.0",
        "convabuse_en": "CC BY 4.0",
        "paradetox_en": "CC0 1.0",
        "surge_toxicity_en": "MIT",
        "wiki_context_en": "Apache-2.0, comments CC BY-SA",
        "wiki_talk_testset_en": "Apache-2.0, comments CC BY-SA",
        "wiki_assignment_en": _NOT_STATED,
        "jigsaw_sample_en": "CC0 1.0",
        "ru_toxic_2ch_pikabu": _NOT_STATED,
        "ru_toxic_mixed": _NOT_STATED,
        "ru_toxic_ok_positives": "MIT",
        "ru_detox_russe2022": _NOT_STATED,
        "ru_uk_youtube_abusive": _NOT_STATED,
        "ru_covid_comments": _NOT_STATED,
        "textdetox_positives": "OpenRAIL++",
        "germeval2018_de": "CC BY 4.0",
        "germeval2021_de": _NOT_STATED,
        "toldbr_pt": "CC BY-SA 4.0",
        "hatebr_pt": "CC BY-NC 4.0",
        "offcombr_news_pt": _NOT_STATED,
        "youtube_spam_en": "CC BY 4.0",
        "sms_spam_en": "CC BY 4.0",
        "sms_spam_ru_mt": _NOT_STATED,
        "ru_telegram_spam_positives": _NOT_STATED,
        "spamassassin_mail_en": "PDDL 1.0 / CC0 1.0",
        "mlma_fr": "MIT",
    }
)
_PERMISSIVE = frozenset({"CC0 1.0", "MIT", "Apache-2.0", "CC BY 4.0", "PDDL 1.0 / CC0 1.0"})


def of(source: str) -> str:
    return LICENCES.get(source, _NOT_STATED)


def permissive(source: str) -> bool:
    """Whether a source may be used for any purpose, with attribution as the only condition."""
    return LICENCES.get(source) in _PERMISSIVE
