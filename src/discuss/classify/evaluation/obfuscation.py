"""How many of the held texts stay held once their words are disguised."""

import random
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from discuss.classify.disguises import KINDS, every_word, words_in
from discuss.classify.evaluation import metrics
from discuss.classify.evaluation.report import Obfuscation
from discuss.classify.evaluation.scored_rows import ScoredRows, held
from discuss.classify.protocol import Classifier

_SEED = 7
_MOST = 800  # positives of one label and language: enough to tell two per cent
_TELLING = 2  # words that an author hides to get past a filter

EVERY, TELLING = "every word", "telling words"

# Texts as people wrote them; sets that are rewritten, translated, or drawn from tweets by a lexicon of slurs are left out.
_SOURCES = frozenset(
    {
        "ru_toxic_2ch_pikabu", "ru_toxic_mixed", "ru_toxic_ok_positives", "ru_uk_youtube_abusive",
        "ru_telegram_spam_positives", "c3_news_en", "unhealthy_news_en", "sfu_toxicity_news_en", "civil_toxic_spans_en",
        "impermium_insults_en", "surge_toxicity_en", "olid_twitter_en", "convabuse_en", "youtube_spam_en",
        "germeval2018_de", "germeval2021_de", "toldbr_pt", "hatebr_pt", "offcombr_news_pt",
    }
)  # fmt: skip

Places = Sequence[tuple[int, int]]


def obfuscation(natural: Mapping[str, ScoredRows], classifier: Classifier) -> Iterator[Obfuscation]:
    for language, rows in natural.items():
        for label in classifier.held_from(language):
            positives = _positives(rows, label)
            if positives.examples:
                yield from _Measure(label, language, positives, classifier).lines()


def _positives(rows: ScoredRows, label: str) -> ScoredRows:
    places = [
        place
        for place, example in enumerate(rows.examples)
        if example.labels.get(label) == 1 and example.source in _SOURCES
    ]
    chance = random.Random(_SEED)  # noqa: S311  - repeatable, guards nothing
    return rows.take(np.array(sorted(chance.sample(places, min(_MOST, len(places)))), dtype=np.intp))


class _Measure:
    """The positives of one label and language, disguised in one way after another."""

    def __init__(self, label: str, language: str, positives: ScoredRows, classifier: Classifier) -> None:
        self._label = label
        self._language = language
        self._texts = [example.text for example in positives.examples]
        self._plain = positives.held[label]
        self._classifier = classifier

    def lines(self) -> Iterator[Obfuscation]:
        telling = self._telling()
        for kind in KINDS:
            yield from self._line(EVERY, kind, [every_word(text, kind, _SEED) for text in self._texts])
        for kind in KINDS:
            hidden = zip(self._texts, telling, strict=True)
            yield from self._line(TELLING, kind, [words_in(text, at, kind, _SEED) for text, at in hidden])

    def _telling(self) -> list[Places]:
        """The places of the words that raised the score most; none if the classifier cannot say."""
        return [
            [(span.start, span.end) for span in spans.get(self._label, ())[:_TELLING]]
            for spans in self._classifier.explain(self._texts)
        ]

    def _line(self, words: str, kind: str, disguised: Sequence[str]) -> Iterator[Obfuscation]:
        changed = np.array(
            [new != old for new, old in zip(disguised, self._texts, strict=True)], dtype=np.bool_
        )
        if not changed.any():
            return
        scored = self._classifier.score([text for text, new in zip(disguised, changed, strict=True) if new])
        plain, after = self._plain[changed], held(scored, self._label, self._classifier)
        yield Obfuscation(
            label=self._label, language=self._language, words=words, kind=kind, rows=len(after),
            recall_plain=float(plain.mean()), recall_disguised=float(after.mean()),
            kept=float(after.sum() / plain.sum()) if plain.any() else None,
            still_held=metrics.share(after[plain]),
            unscored=float(np.mean([self._label not in one.scores for one in scored])),
        )  # fmt: skip
