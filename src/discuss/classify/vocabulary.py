"""The words that must be known before texts can be read, counted in what a model learns from: hidden and everyday ones.

Words that people hide occur in rude comments or in spam, and hardly anywhere else.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from discuss.classify import recipe
from discuss.classify.batch import Batch
from discuss.classify.material import Item, lesson
from discuss.classify.text import normalised

_WORD = re.compile(r"[^\W\d_]{3,}")
_RARE = 4
_TELLING = 1.5
"""Log-odds from which a word is telling."""

_MOST = 3000
_HIDDEN = ("toxic", "spam")
_OFTEN, _MOST_EVERYDAY = 3, 10_000
"""In how many texts of its language an everyday word must occur, and how many such words each language has at most."""

_SHORTEST_EVERYDAY = 4
_AT_ONCE = 1000


def hidden_words(items: Sequence[Item]) -> list[str]:
    """The most telling words of every language, ordered by how telling they are."""
    rated = [
        rated for label in _HIDDEN for language in recipe.COVERED for rated in _rated(items, language, label)
    ]
    return list(dict.fromkeys(word for _, word in sorted(rated, reverse=True)))


def everyday_words(items: Sequence[Item]) -> list[str]:
    """The everyday words of all languages, ordered by the share of texts in their language in which they occur."""
    rated = [rated for language in recipe.COVERED for rated in _frequent(items, language)]
    return list(dict.fromkeys(word for _, word in sorted(rated, reverse=True)))


def _frequent(items: Sequence[Item], language: str) -> list[tuple[float, str]]:
    texts, met = 0, Counter[str]()
    for _, words in _words(_written_in(items, language)):
        texts += 1
        met.update(word for word in words if len(word) >= _SHORTEST_EVERYDAY)
    rated = [(count / texts, word) for word, count in met.items() if count >= _OFTEN]
    return sorted(rated, reverse=True)[:_MOST_EVERYDAY]


def _written_in(items: Sequence[Item], language: str) -> list[Item]:
    return [item for item in items if item.language == language and not item.copy]


def _rated(items: Sequence[Item], language: str, label: str) -> list[tuple[float, str]]:
    telling: Counter[str] = Counter()
    civil: Counter[str] = Counter()
    for item, words in _words(_written_in(items, language)):
        if taught := lesson(item, label):
            (telling if taught[0] else civil).update(words)
    shares = np.log(telling.total() + 1) - np.log(civil.total() + 1)
    odds = {
        word: np.log((count + 0.5) / (civil[word] + 0.5)) - shares
        for word, count in telling.items()
        if count >= _RARE
    }
    rated = [(float(rate * np.log(telling[word])), word) for word, rate in odds.items() if rate >= _TELLING]
    return sorted(rated, reverse=True)[:_MOST]


def _words(items: Sequence[Item]) -> Iterator[tuple[Item, set[str]]]:
    for start in range(0, len(items), _AT_ONCE):
        some = items[start : start + _AT_ONCE]
        texts = normalised(Batch.of([item.text for item in some])).strings()
        yield from ((item, set(_WORD.findall(text))) for item, text in zip(some, texts, strict=True))
