"""What spam carries whatever its words: links, contacts, sums of money, shouting."""

import re
from collections.abc import Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator, TransformerMixin

from discuss.classify.text import bounded

LINK = re.compile(
    r"https?://\S{0,200}|\bwww\.\S{0,200}|\b[a-z0-9-]{1,63}\.(?:com|ru|net|org|info|biz|xyz|top|me|su|рф)\b",
    re.IGNORECASE,
)
MENTION = re.compile(r"(?<![\w.])@\w{3,32}")
# Every repetition below is bounded, so that no text can make a search slow.
_COUNTED = (
    LINK,
    MENTION,
    re.compile(
        r"\bt\.me/|\btelegram\b|\bтелеграм|\bwhats?app\b|\bватсап|\bвотсап|\bviber\b|\bвайбер", re.IGNORECASE
    ),
    re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.\w"),  # e-mail
    re.compile(
        r"(?<![\w.])(?:\+|8|7)[\s(-]{0,2}\d{3}[\s)-]{0,2}\d{3}[\s-]?\d{2}[\s-]?\d{2}(?!\d)"
    ),  # telephone
    re.compile(
        r"[$€£₽]\s?\d|\d[\s.,]?(?:[$€£₽]|(?:к|тыс\.?|k)?\s?(?:руб|р\b|usdt?\b|dollars?\b|евро\b))",
        re.IGNORECASE,
    ),
    re.compile(r"(?<!\d)(?:\d{4}[ -]?){3}\d{4}(?!\d)"),  # bank card
    re.compile(
        r"\b(?:0x[0-9a-f]{40}|bc1[0-9a-z]{25,60}|[13][1-9a-z]{25,34}|T[1-9a-z]{33})\b", re.IGNORECASE
    ),  # purse
    re.compile(r"\d\s?%"),
    re.compile(r"!{2,}"),
    re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]"),  # emoji
    re.compile("[a-z][\u0400-\u052f]|[\u0400-\u052f][a-z]", re.IGNORECASE),  # two alphabets in one word
)
_ENOUGH = 4


class Marks(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """A column for each mark of the raw text, from 0 to 1: how often it stands there, levelling off at four."""

    def fit(self, texts: Sequence[str], labels: object = None) -> Self:
        """Nothing to learn."""
        del texts, labels
        return self

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        return csr_matrix(
            np.array([_marks(bounded(text)) for text in texts], dtype=np.float32).reshape(len(texts), -1)
        )

    def __sklearn_is_fitted__(self) -> bool:
        return True


def _marks(text: str) -> NDArray[np.float32]:
    counts = [sum(1 for _ in pattern.finditer(text)) for pattern in _COUNTED]
    levels = np.log1p(np.minimum(counts, _ENOUGH)) / np.log1p(_ENOUGH)
    shouting = sum(map(str.isupper, text)) / (len(text) + 10)
    return np.append(levels, shouting).astype(np.float32)
