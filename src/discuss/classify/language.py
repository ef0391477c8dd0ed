"""The language of a text, judged from the text itself: by its letters, and for Latin script by a small trained model."""

import re
from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

from discuss.classify.features import Ngrams
from discuss.classify.marks import LINK, MENTION

UNDETERMINED = "und"
CYRILLIC, LATIN = "cyrillic", "latin"
# English is what most readers in Latin script write here: another language needs some evidence.
ENGLISH_FROM = 0.3

_CYRILLIC = re.compile("[\u0400-\u052f]+")
_LATIN = re.compile("[a-z\u00df-\u024f]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_UKRAINIAN = re.compile("[іїєґ]")
_RUSSIAN = re.compile("[ыэъ]")
_OTHER_CYRILLIC = re.compile(
    "[ўђћљњџјќѓѕәңөүұқғһӣӯҷҳ]"
)  # Belarusian, Serbian, Macedonian, Turkic languages, Tajik
_ONE_BY_ONE = str.maketrans("абвгдезийклмнопрстуфхцыэ", "abvgdeziiklmnoprstufhcye")
_TO_LATIN = _ONE_BY_ONE | str.maketrans(
    {"ж": "zh", "ч": "ch", "ш": "sh", "щ": "sch", "ю": "yu", "я": "ya", "ъ": "", "ь": ""}
)


def transliterated(text: str) -> str:
    """Russian as it is typed on a Latin keyboard: for training, as an example of what is not English."""
    return text.translate(_TO_LATIN)


def prose(text: str) -> str:
    """The text without links and names of people, which have no language."""
    return MENTION.sub(" ", LINK.sub(" ", text))


def script(text: str) -> str:
    """The script of most letters of a normalised text, or `und`."""
    letters, cyrillic, latin = (_length(pattern, text) for pattern in (_LETTERS, _CYRILLIC, _LATIN))
    if not letters or 2 * max(cyrillic, latin) < letters:
        return UNDETERMINED
    return CYRILLIC if cyrillic >= latin else LATIN


def judge(texts: Sequence[str], ngrams: Ngrams, english: LogisticRegression) -> list[str]:
    """The language of each normalised text: `ru`, `uk`, `en`, or `und` for any other."""
    plain = [prose(text) for text in texts]
    scripts = [script(text) for text in plain]
    latin = [place for place, found in enumerate(scripts) if found == LATIN]
    languages = [
        _of_cyrillic(text) if found == CYRILLIC else UNDETERMINED
        for text, found in zip(plain, scripts, strict=True)
    ]
    if latin:
        odds = english.decision_function(ngrams.transform([plain[place] for place in latin]))
        for place in np.compress(odds >= np.log(ENGLISH_FROM / (1 - ENGLISH_FROM)), latin):
            languages[place] = "en"
    return languages


def _of_cyrillic(text: str) -> str:
    if _OTHER_CYRILLIC.search(text):
        return UNDETERMINED
    return "uk" if len(_UKRAINIAN.findall(text)) > len(_RUSSIAN.findall(text)) else "ru"


def _length(pattern: re.Pattern[str], text: str) -> int:
    return sum(map(len, pattern.findall(text)))
