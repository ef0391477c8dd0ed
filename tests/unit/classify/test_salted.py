import pytest

from discuss.classify.alphabets import AT_HOME, FOREIGN_LETTERS, SELDOM
from discuss.classify.batch import Batch
from discuss.classify.masks import Masks
from discuss.classify.text import mended, readable

masks = Masks(["тупой", "идиот", "дурак", "moron", "stupid", "idiot", "soren"])


def read(text, masks=masks):
    return mended(masks.revealed(readable(Batch.of([text])))).strings()[0]


@pytest.mark.parametrize(
    ("hidden", "word"),
    [
        ("ҭӯԥой", "тупой"), ("иԁӣоҭ", "идиот"), ("дүрак", "дурак"), ("ᎷᎾᎡᎾN", "moron"), ("ᎷᎾᎡᎾɴ", "moron"), ("ɱøɾøŋ", "moron"),
        ("ʂŧʊƥɪđ", "stupid"), ("🇮🇩🇮🇴🇹", "idiot"), ("You 🇮 🇩 🇮 🇴 🇹!", "you idiot!"), ("дѣдъ", "дедъ"),
    ],
)  # fmt: skip
def test_letters_of_other_alphabets_are_read_by_their_look(hidden, word):
    assert read(hidden) == word


@pytest.mark.parametrize(
    "text",
    [
        "слава 🇺🇦🇺🇦🇺🇦", "🇮🇩 🇮🇴", "Jeg så Sørensen på øya", "Łódź", "Đà Nẵng", "Gəncə", "ᏂᎦᏓ ᎠᏂᏴᏫ", "Їжак", "сәлам, рәхмәт",
        "ðað",
    ],
)  # fmt: skip
def test_whoever_writes_with_such_letters_is_read_as_they_write(text):
    assert read(text) == read(text, Masks([]))


def test_no_letter_is_both_of_a_language_and_of_none():
    assert not {*SELDOM} & {*FOREIGN_LETTERS}
    assert {*map(chr, AT_HOME)} - {*FOREIGN_LETTERS} == {*"іїєґ"}
