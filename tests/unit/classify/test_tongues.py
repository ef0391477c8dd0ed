"""Languages are told from rows of the corpus, and from sentences of our own in those that nobody scores."""

import dataclasses

import pytest

from discuss.classify.batch import Batch
from discuss.classify.composed import compose
from discuss.classify.foreign import SENTENCES
from discuss.classify.text import normalised
from discuss.classify.tongues import fit_tongues
from tests.training import SMALL, corpus_of, write_more

IN_ENGLISH = [one.text for one in compose(seed=3, most=40) if one.language == "en"]


@pytest.fixture(scope="module")
def tongues(tmp_path_factory):
    corpus = corpus_of(write_more(tmp_path_factory.mktemp("comments")))
    return fit_tongues(corpus, dataclasses.replace(SMALL, own=300))


def told(tongues, *texts):
    batch = normalised(Batch.of(texts))
    return tongues.of(batch, SMALL.ngrams.of(batch))


def test_there_are_dozens_of_sentences_in_every_language_and_none_stands_twice():
    for sentences in SENTENCES.values():
        assert len(sentences) >= 40
        assert len({sentence.casefold() for sentence in sentences} - {""}) == len(sentences)


@pytest.mark.parametrize(
    "text",
    [
        "Moim zdaniem to bardzo dobra wiadomość dla mieszkańców",
        "To je skvělá zpráva pro naše město, děkuji",
        "Tämä on todella hyvä uutinen kaupungille, kiitos",
        "Tai labai gera žinia miestui, ačiū visiems",
        "Bu şehir için çok iyi bir haber, teşekkürler",
        "Ez nagyon jó hír a városnak, köszönöm szépen",
        "Ce duzhe harna novyna dlya nashoho mista, dyakuyu",
    ],
)
def test_a_language_that_nobody_scores_is_not_taken_for_one_that_is(tongues, text):
    assert told(tongues, text) == ["und"]


def test_english_stays_english_even_with_a_mark_on_every_vowel(tongues):
    marked = [text.translate(str.maketrans("aeiou", "áéíóú")) for text in IN_ENGLISH]
    assert told(tongues, *marked) == told(tongues, *IN_ENGLISH)
    assert told(tongues, *IN_ENGLISH).count("en") > 0.9 * len(IN_ENGLISH)
