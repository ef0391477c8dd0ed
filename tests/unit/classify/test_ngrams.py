import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from discuss.classify.batch import Batch
from discuss.classify.ngrams import Ngrams, of_texts
from tests.ngrams import places

ngrams = Ngrams(bits=18)
texts = st.lists(
    st.text(st.characters(max_codepoint=0x4FF, categories=["L", "N", "Z", "P"]), max_size=40), max_size=8
)


def features(text, kinds=ngrams):
    return columns(Batch.of([text]), 0, kinds)


def columns(batch, place, kinds=ngrams):
    grams = kinds.of(batch)
    letters, words = (slice(*bounds[place : place + 2]) for bounds in (batch.bounds, batch.words.bounds))
    found = np.concatenate([grams.letters[:, letters].ravel(), grams.words[:, words].ravel()])
    return found[found != kinds.nothing].tolist()


@given(texts)
def test_a_text_has_the_same_features_alone_and_in_a_batch(batch):
    together = Batch.of(batch)
    for place, text in enumerate(batch):
        assert columns(together, place) == features(text)


@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=12)), min_size=1, max_size=6))
def test_where_some_texts_changed_only_theirs_are_found_anew(pairs):
    before, after = (Batch.of(list(versions)) for versions in zip(*pairs, strict=True))
    changed = np.array([old != new for old, new in pairs])
    found, expected = ngrams.of(before), ngrams.of(after)
    if changed.any():
        found = ngrams.renewed(found, before, after, changed)
    assert np.array_equal(found.letters, expected.letters)
    assert np.array_equal(found.words, expected.words)


@given(texts, st.data())
def test_of_some_texts_there_is_what_each_of_them_has(batch, data):
    together = Batch.of(batch)
    chosen = data.draw(st.lists(st.sampled_from(range(len(batch))), unique=True) if batch else st.just([]))
    letters = ngrams.of(together).letters
    found, ends = of_texts(letters, together.bounds, np.array(sorted(chosen), dtype=np.intp))
    expected = [letters[:, slice(*together.bounds[place : place + 2])] for place in sorted(chosen)]
    assert ends.tolist() == [0, *np.cumsum([part.shape[1] for part in expected], dtype=int).tolist()]
    assert np.array_equal(found, np.concatenate([letters[:, :0], *expected], axis=1))


@given(texts)
def test_so_many_ngrams_are_found_as_are_counted(batch):
    together = Batch.of(batch)
    counted = ngrams.count(together)
    assert [len(columns(together, place)) for place in range(len(batch))] == list(counted)


def test_the_same_word_has_the_same_features_wherever_it_stands():
    trigrams = Ngrams(bits=18, shortest=3, longest=3, words=False)
    assert set(features("tank", trigrams)) <= set(features("a tank b", trigrams))


def test_words_and_their_neighbours_are_features():
    words = Ngrams(bits=18, shortest=9, longest=8)
    assert len(features("brown bear, brown hare", words)) == 4 + 3
    assert len(set(features("brown bear, brown hare", words))) == 3 + 3


SINGLE_SPACED = st.lists(st.text("абвгд", min_size=1, max_size=8), min_size=1, max_size=6).map(" ".join)
"""Texts as they are once normalised; with wider spaces, two words would be the same pair but different letters."""


@given(SINGLE_SPACED)
@example("а а а")
def test_every_feature_knows_its_letters(text):
    many = Ngrams(bits=30)  # enough columns that no two n-grams of a text collide
    batch = Batch.of([text])
    for columns, starts, ends in places(many, batch):
        there, spelt = columns != many.nothing, {}
        for column, start, end in zip(columns[there], starts[there], ends[there], strict=True):
            letters = bytes(batch.codes[start:end].tobytes())
            assert spelt.setdefault(column, letters) == letters
