import pytest
from hypothesis import given
from hypothesis import strategies as st

from discuss.classify.batch import Batch
from discuss.classify.editing import edited
from discuss.classify.sounds import Sounds
from discuss.classify.text import readable

WORDS = ["болван", "чучело", "дерьмо", "тебя", "поганый", "нация", "щенок", "стоп", "stop", "топ"]


def respelt(*texts, words=WORDS):
    batch = readable(Batch.of(texts))
    edits = list(Sounds(words).edits(batch))
    return edited(batch, edits) if edits else batch


def read(text, words=WORDS):
    return respelt(text, words=words).strings()[0]


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("bolvan", "болван"),
        ("chuchelo", "чучело"),
        ("dermo", "дерьмо"),
        ("der'mo", "дерьмо"),
        ("tebya", "тебя"),
        ("tebja", "тебя"),
        ("poganyj", "поганый"),
        ("naciya", "нация"),
        ("schenok", "щенок"),
        ("shenok", "щенок"),
    ],
)
def test_a_word_that_people_hide_is_known_by_its_sound(typed, word):
    assert read(f"Какой же это {typed}, смотрите") == f"какой же это {word}, смотрите"


@pytest.mark.parametrize(
    "text",
    [
        "We met a bolvan and чучело there",  # an English text
        "Смотрите bolvans и bolvan5",
        "Пишите на bolvan@site.example или https://site.example/bolvan",
        "Знак stop для всех",  # listed in Latin letters too, so they are its own
        "Болван",
        "Лучший top недели",
    ],
)
def test_whatever_else_is_in_latin_letters_stays_there(text):
    assert read(text) == read(text, words=[])


@given(st.lists(st.text("болванdermtyaj', 5", max_size=30), max_size=5))
def test_every_letter_still_comes_from_somewhere_in_its_text(texts):
    batch = respelt(*texts)
    assert len(batch.origins) == len(batch.codes) == batch.bounds[-1]
    for text, start, end in zip(texts, batch.bounds, batch.bounds[1:], strict=False):
        origins = batch.origins[start:end].tolist()
        assert origins == sorted(origins)
        assert all(-1 <= origin <= len(text) for origin in origins)
