import pytest
from hypothesis import given
from hypothesis import strategies as st

from discuss.classify.batch import Batch
from discuss.classify.mending import joined
from discuss.classify.parting import parted
from discuss.classify.text import readable

KNOWN = frozenset(["fool", "fools", "silly", "дурак"])


def read(*texts):
    before = readable(Batch.of(texts))
    return parted(joined(before), before, KNOWN)


def spelt(text):
    return " ".join(text.replace(" ", ""))


@pytest.mark.parametrize(
    ("words", "apart"),
    [
        ("you silly fools there", "you silly fools there"),
        ("silly fool", "silly fool"),
        ("вот ты дурак какой", "вотты дурак какой"),
        ("nothing known", "nothingknown"),
        ("fool", "fool"),
    ],
)
def test_known_words_are_told_apart_in_what_was_spelt_out(words, apart):
    assert read(spelt(words)).strings() == [apart]


@pytest.mark.parametrize(
    "text", ["sillyfools", "si-lly-fo-ols", "s.i.l.l.y fools", "https://a.example/sillyfools"]
)
def test_what_was_not_spelt_out_letter_by_letter_stays_in_one_piece(text):
    before = readable(Batch.of([text]))
    assert read(text).strings() == joined(before).strings()


@given(st.lists(st.sampled_from(["s i l l y f o o l s", "f o o l s f o o l", "silly fool", ""]), max_size=5))
def test_every_letter_still_knows_where_it_came_from(texts):
    batch = read(*texts)
    for text, start, end in zip(texts, batch.bounds, batch.bounds[1:], strict=False):
        codes, origins = batch.codes[start + 1 : end - 1], batch.origins[start + 1 : end - 1]
        assert all(chr(code) in (text[origin], " ") for code, origin in zip(codes, origins, strict=True))
