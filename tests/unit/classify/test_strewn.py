import pytest
from hypothesis import given
from hypothesis import strategies as st

from discuss.classify.batch import Batch
from discuss.classify.masks import Masks
from discuss.classify.text import mended, readable

masks = Masks(
    ["дебил", "мразь", "сука", "moron", "idiot", "asshole", "изпод", "online", "скот", "stop", "love", "lmaoo", "tscs", "stopp", "рублей", "poses", "iphones"],
    ["possess", "lmao"],
)  # fmt: skip


def read(text, masks=masks):
    return mended(masks.revealed(readable(Batch.of([text])))).strings()[0]


@pytest.mark.parametrize(
    ("hidden", "word"),
    [
        ("де(б)ил", "дебил"), ("mo(r)on", "moron"), ("де/бил", "дебил"), ("mo+ron?", "moron?"), ('д"еб"ил', "дебил"), ("де--бил", "дебил"),
        ("мр,,азь", "мразь"), ("мр😂азь", "мразь"), ("«Де(б)ил», да", '"дебил", да'), ("дe(б)ил", "дебил"), ("де()б[]и{}л", "дебил"),
        ("(деб(ил))", "(дебил)"), ("де, - бил", "де, - бил"),
        ("дe1бил", "дебил"), ("mo1ron", "moron"), ("mo@ron", "moron"), ("де!бил", "дебил"),
        ("ддееббиилл", "дебил"), ("iiddiioott", "idiot"), ("деебиил", "дебил"), ("ссууккаа", "сука"), ("aasshhoollee", "asshole"),
        ("Ах ты ддеебил!", "ах ты дебил!"),
    ],
)  # fmt: skip
def test_signs_and_letters_too_many_hide_no_word(hidden, word):
    assert read(hidden) == word


@pytest.mark.parametrize(
    "text",
    [
        "из-под", "on-line", "скотт", "stoop", "wwii", "kkkk", "хххх", "possess", "iphone5s", "3D", "C++", "a/b", "и/или", "AC/DC", "он(а)",
        "км/ч", "24/7", "12.05.2024", "01/02/2024", "https://a.example/de(b)il", "editor+mo@ron.example", "БМП-3", "M1A1", "Т-72Б3", "С-300",
        "moron.example", "st1op", "стоп, сука, стоп", "сказал(а): «да»", "дебил/мразь", "10млн", "looove", "T's&C's", "алкаш,и", "(рублей)", "on-line. [2]", "50s..top", "1950s...top", "100(рублей)", "she's", "ну-ка",
    ],
)  # fmt: skip
def test_ordinary_words_and_names_are_left_alone(text):
    assert read(text) == read(text, Masks([]))


@given(st.text("дебилмразь()/1😂- ", max_size=40))
def test_every_letter_still_comes_from_somewhere_in_its_word(text):
    batch = mended(masks.revealed(readable(Batch.of([text]))))
    origins = batch.origins.tolist()
    assert origins == sorted(origins)
    assert len(origins) == len(batch.codes) == batch.bounds[-1]
