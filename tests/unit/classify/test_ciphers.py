import pytest
from hypothesis import given
from hypothesis import strategies as st

from discuss.classify.batch import Batch
from discuss.classify.ciphers import Ciphers
from discuss.classify.editing import edited
from discuss.classify.text import readable

WORDS = ["idiot", "asshole", "liar", "ass", "мразь", "чучело", "звезда"]
ciphers = Ciphers(WORDS)


def deciphered(*texts, ciphers=ciphers):
    batch = readable(Batch.of(texts))
    edits = list(ciphers.edits(batch))
    return edited(batch, edits) if edits else batch


def read(text, ciphers=ciphers):
    return deciphered(text, ciphers=ciphers).strings()[0]


@pytest.mark.parametrize(
    ("hidden", "word"),
    [
        ("1di0t", "idiot"),
        ("1d107", "1d107"),  # one letter that was really typed is too few
        ("1D!0T", "idiot"),
        ("l!@r", "liar"),
        ("1iar", "liar"),
        ("@sshole", "asshole"),
        ("@$$h0l3", "asshole"),
        ("мр@зь", "мразь"),
        ("чуче1о", "чучело"),
        ("4у4ел0", "чучело"),
        ("36езда", "звезда"),
        ("lier5", "lier5"),  # letters that were really typed must match
        ("You l1ar, 1di0t!!!", "you liar, idiot!"),
    ],
)
def test_digits_and_signs_become_the_letters_of_a_word_that_people_hide(hidden, word):
    assert read(hidden) == word


@pytest.mark.parametrize(
    "text",
    ["m1a2", "covid19", "a55", "50$", "idiot5", "2x idiot", "@ssholes", "x@liar.example", "10:45", "!"],
)
def test_whatever_else_holds_a_digit_or_a_sign_is_left_alone(text):
    assert read(text) == read(text, Ciphers([]))


def test_of_two_words_the_likelier_is_meant():
    assert read("b1ll", Ciphers(["bill", "blll"])) == "bill"
    assert read("b1ll", Ciphers(["blll", "bill"])) == "blll"


@given(st.text("idotasl1035$@!мразь4 .", max_size=40))
def test_every_letter_still_comes_from_where_it_stood(text):
    batch = deciphered(text)
    assert batch.origins.tolist() == readable(Batch.of([text])).origins.tolist()
    assert len(batch.origins) == len(batch.codes) == batch.bounds[-1]


@given(st.lists(st.text("idotasl1035$@!мразь4 .", max_size=20), max_size=5))
def test_a_text_is_deciphered_alone_as_among_others(texts):
    assert deciphered(*texts).strings() == [read(text) for text in texts]
