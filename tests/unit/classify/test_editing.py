import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discuss.classify.batch import Batch
from discuss.classify.editing import Edit, edited
from discuss.classify.text import normalised
from discuss.classify.transliteration import in_cyrillic, respelt


def test_words_become_longer_and_shorter_and_their_neighbours_stay():
    batch = Batch.of(["раз два", "", "три"])
    longer = Edit(1, 4, "однажды", [0, 0, 0, 1, 1, 2, 2])
    shorter = Edit(12, 15, "3", [0])
    result = edited(batch, [longer, shorter])
    assert result.strings() == ["однажды два", "", "3"]
    assert result.origins.tolist() == [-1, 0, 0, 0, 1, 1, 2, 2, 3, 4, 5, 6, 7, -1, 0, -1, 0, 3]


@given(st.lists(st.text("abczhsy ", max_size=20), min_size=1, max_size=4))
def test_respelling_a_whole_batch_is_respelling_each_text(texts):
    batch = normalised(Batch.of(texts))
    edits = [
        edit
        for text in range(len(batch))
        for edit in respelt(batch, int(batch.bounds[text]), int(batch.bounds[text + 1]))
    ]
    assert edited(batch, edits).strings() == [in_cyrillic(text) for text in batch.strings()]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ty prosto boltun", "ты просто болтун"),
        ("shchuka i yozh", "щука и еж"),
        ("khoroshiy chay", "хороший чай"),
    ],
)
def test_sounds_are_put_back_into_russian_letters(typed, meant):
    assert in_cyrillic(typed) == meant


def test_what_is_prose_moves_with_the_letters():
    batch = normalised(Batch.of(["да https://a.example/b нет"]))
    result = edited(batch, [Edit(1, 3, "конечно", [0] * 7)])
    assert result.prose is not None
    link = np.flatnonzero(~result.prose)
    assert result.strings()[0][link[0] - 1 : link[-1]] == "https://a.example/b"
