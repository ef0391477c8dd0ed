"""The rows that are measured: those kept out of training, by source and language, in the languages the model covers."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from discuss.classify import recipe
from discuss.classify.corpus import Corpus
from discuss.classify.data import Example
from discuss.classify.protocol import Classifier

Key = tuple[str, str]

MADLIBS = "bias_madlibs_en"

# Sources with positives only are set against ordinary comments of the same language.
AGAINST: Mapping[tuple[str, str], Sequence[str]] = MappingProxyType(
    {
        ("toxic", "ru_toxic_ok_positives"): ("ru_toxic_2ch_pikabu",),
        ("toxic", "civil_toxic_spans_en"): ("c3_news_en",),
        ("toxic", "textdetox_positives"): ("ru_toxic_2ch_pikabu", "c3_news_en", "germeval2021_de"),
        ("spam", "ru_telegram_spam_positives"): ("ru_toxic_2ch_pikabu", "ru_telegram_news"),
    }
)


def kept_out(corpus: Corpus, covered: frozenset[str]) -> Mapping[Key, list[Example]]:
    """By source and language: the test rows, the probes, and all rows of the sets that are for testing only."""
    rows: dict[Key, list[Example]] = {}
    for example in _rows(corpus):
        if example.lang in covered:
            rows.setdefault((example.source, example.lang), []).append(example)
    return dict(sorted(rows.items()))


def _rows(corpus: Corpus) -> Iterator[Example]:
    apart = {*recipe.PROBES, *recipe.TEST_ONLY}
    yield from (example for example in corpus.of("test") if example.source not in apart)
    yield from (example for example in corpus.examples if example.source in recipe.TEST_ONLY)
    for source in recipe.PROBES:
        yield from corpus.probe(source)


def languages(corpus: Corpus, classifier: Classifier) -> frozenset[str]:
    """Languages of the corpus in which the model covers any label."""
    return frozenset(
        language
        for language in {example.lang for example in corpus.examples}
        if classifier.held_from(language)
    )
