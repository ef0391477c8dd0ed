"""Laws of likeness: equal texts share everything, different sites nothing, and the estimate is near the truth."""

from uuid import UUID

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from discuss.classify.likeness import (
    BANDS,
    HASHES,
    bands,
    letters,
    likeness,
    packed,
    signatures,
    unpacked,
)
from discuss.classify.text import normalise
from discuss.domain.likeness import NEARLY_THE_SAME

SITE, OTHER_SITE = (
    UUID("01890000-0000-7000-8000-000000000001").int,
    UUID("01890000-0000-7000-8000-000000000002").int,
)
SAID = "Buy cheap watches today, the best prices in town"
WORDS = st.text("abcdefghij абвгд", min_size=40, max_size=400)


def read(*texts: str) -> np.ndarray:
    return signatures([letters(normalise(text)) for text in texts])


def shingles(text: str) -> set[str]:
    padded = letters(normalise(text)) + "\0\0\0"
    return {padded[place : place + 4] for place in range(len(padded) - 3)}


@given(st.lists(st.text(max_size=200), max_size=12))
def test_a_batch_says_of_each_text_what_the_text_alone_would(texts):
    together = read(*texts)
    assert together.shape == (len(texts), HASHES)
    for row, text in zip(together, texts, strict=True):
        assert (row == read(text)[0]).all()


@given(st.text(max_size=300), st.integers(0, 2**128 - 1))
def test_equal_texts_share_every_band_at_one_site(text, site):
    one, two = bands(read(text, text), [site, site]).tolist()
    assert one == two
    assert len(set(one)) == BANDS


@given(st.text(max_size=300), st.integers(0, 2**128 - 1), st.integers(0, 2**128 - 1))
def test_no_text_shares_a_band_with_one_of_another_site(text, site, other):
    assume(site != other)
    here, there = bands(read(text, text), [site, other]).tolist()
    assert set(here) & set(there) == set()


@given(WORDS, WORDS, st.integers(0, 400))
def test_the_estimate_is_near_the_share_of_common_shingles(one, two, cut):
    mixed = one[:cut] + two
    ours, theirs = shingles(one), shingles(mixed)
    truth = len(ours & theirs) / len(ours | theirs)
    estimate = likeness(*(row[np.newaxis] for row in read(one, mixed)))[0]
    # Five standard errors of 32 draws: exceeding them is all but impossible.
    assert abs(estimate - truth) <= 5 * np.sqrt(max(truth * (1 - truth), 0.02) / HASHES)


@given(st.lists(st.text(max_size=100), min_size=1, max_size=5))
def test_what_is_stored_comes_back(texts):
    signed = read(*texts)
    assert (unpacked(packed(signed)) == signed).all()


@pytest.mark.parametrize(
    "copy",
    [
        "BUY CHEAP WATCHES TODAY, THE BEST PRICES IN TOWN",
        "buy... cheap!!! watches -- today (the best prices in town)",
        "B u y c h e a p watches today, the best prices in town",
        "Вuу сhеар wаtсhеs tоdау, the bеst рriсеs in tоwn",
        "Buy cheap watches today, the best prices in town https://one.example/x",
        "Buy cheap watches today, the best prices in town www.two.example",
        "👉 Buy cheap watches today, the best prices in town 👈",
        "Buy cheap watches today, the best prices in this town",
    ],
)
def test_a_disguised_copy_is_found(copy):
    one, two = read(SAID, copy)
    assert likeness(one, two) >= NEARLY_THE_SAME
    here, there = bands(read(SAID, copy), [SITE, SITE]).tolist()
    assert set(here) & set(there)


@pytest.mark.parametrize(
    "other",
    ["The new bridge was opened on time", "Buy nothing, repair your old things", "Дешёвые часы", "", "👍"],
)
def test_another_text_is_not_taken_for_a_copy(other):
    one, two = read(SAID, other)
    assert likeness(one, two) < NEARLY_THE_SAME


def test_short_texts_are_alike_only_if_they_are_the_same():
    signed = read("нет", "Нет!", "да", "👍", "https://one.example/a", "https://two.example/b")
    alike = [[float(likeness(one, two)) >= NEARLY_THE_SAME for two in signed] for one in signed]
    assert alike == [[{place, other} <= {0, 1} or place == other for other in range(6)] for place in range(6)]


def test_signatures_are_the_same_for_ever():
    """They are stored: with another hash, no earlier text would be found."""
    assert packed(read(SAID))[0].hex()[:32] == "595e2409603b120b0f20db0a758a1801"
    assert bands(read(SAID), [SITE])[0].tolist()[0] == 3228181191299927798
    assert set(bands(read(SAID), [SITE])[0].tolist()).isdisjoint(bands(read(SAID), [OTHER_SITE])[0].tolist())
