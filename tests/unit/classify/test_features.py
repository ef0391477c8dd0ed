import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from discuss.classify.features import Ngrams
from discuss.classify.marks import Marks

texts = st.lists(st.text(max_size=40), min_size=1, max_size=8)


@given(texts)
def test_a_text_has_the_same_features_alone_and_in_a_batch(batch):
    ngrams = Ngrams(bits=12)
    together = ngrams.transform(batch)
    for place, text in enumerate(batch):
        assert np.allclose(together[place].toarray(), ngrams.transform([text]).toarray())


def test_rows_have_length_one():
    assert np.isclose(Ngrams().transform(["colonel"]).power(2).sum(), 1)


def test_the_same_word_has_the_same_features_wherever_it_stands():
    words = Ngrams(bits=18, shortest=3, longest=3, words=False)
    first, second = words.transform(["tank"]), words.transform(["a tank b"])
    assert set(first.indices) <= set(second.indices)


def test_marks_see_links_contacts_and_money():
    plain, loud = (
        Marks()
        .transform(
            [
                "Колонна прошла через город.",
                "Жми http://a.example, пиши @somebody или +7 912 345-67-89, 5000 руб!!!",
            ]
        )
        .toarray()
    )
    assert plain[:-1].sum() == 0
    assert (loud > 0).sum() >= 5
