import pytest
from hypothesis import given
from hypothesis import strategies as st

from discuss.classify.batch import Batch
from discuss.classify.masks import Masks
from discuss.classify.text import normalised, readable

masks = Masks(["болван", "дурак", "дурень", "fool"])


def read(text, masks=masks):
    return masks.unmasked(normalised(Batch.of([text]))).strings()[0]


@pytest.mark.parametrize(
    ("hidden", "word"),
    [
        ("б*лван", "болван"),
        ("бол***н", "болван"),
        ("дура*", "дурак"),
        ("f#ol", "fool"),
        ("f%%l", "fool"),
        ("ду*ра*к", "дурак"),
        ("Ах ты д*рак, д*рень!", "ах ты дурак, дурень!"),
        ("*урак", "дурак"),
    ],
)
def test_a_word_that_people_hide_is_filled_in(hidden, word):
    assert read(hidden) == word


@pytest.mark.parametrize(
    "text",
    ["д*м", "дурак*1", "№ду", "2*2", "**внимание**", "сноска*", "б*****н" * 2, "*", "https://a.example/f*ol"],
)
def test_whatever_else_holds_a_star_is_left_alone(text):
    assert read(text) == read(text, Masks([]))


@pytest.mark.parametrize(
    ("hidden", "word"),
    [
        ("д..ак", "дурак"), ("Ах ты д.рак.", "ах ты дурак."), ("ду_ак", "дурак"), ("бол…ан", "болван"), ("fo_l", "fool"),
        ("дурaк, бoлвaн", "дурак, болван"), ("дүрак", "дурак"), ("болвaн", "болван"), ("дура.к", "дурак"), ("б.ол.ван", "болван"), ("f.o.ol", "fool"),
    ],
)  # fmt: skip
def test_dots_and_letters_of_other_alphabets_hide_no_more_than_stars(hidden, word):
    assert normalised(masks.revealed(readable(Batch.of([hidden])))).strings() == [word]


@pytest.mark.parametrize(
    "text", ["т.д. и т.п.", "д.р.аков", "news.fool.co", "дом.ран", "https://a.example/д.рак", "д. рак"]
)
def test_abbreviations_initials_and_hosts_hide_nothing(text):
    plain = readable(Batch.of([text]))
    assert masks.revealed(plain).strings() == Masks([]).revealed(plain).strings()


def test_a_single_star_does_not_stand_for_most_of_a_word():
    assert read("купил д*к", Masks(["дурак"])) == "купил д*к"


def test_of_two_words_the_likelier_is_meant():
    assert read("дур**", Masks(["дурак", "дурно"])) == "дурак"
    assert read("дур**", Masks(["дурно", "дурак"])) == "дурно"


@given(st.text("дурак*# ", max_size=30))
def test_every_letter_still_comes_from_somewhere_in_the_word(text):
    batch = masks.unmasked(normalised(Batch.of([text])))
    origins = batch.origins.tolist()
    assert origins == sorted(origins)
    assert len(origins) == len(batch.codes) == batch.bounds[-1]


everyday = Masks(["дурак"], ["правительство", "women", "woman", "дудка"])


@pytest.mark.parametrize(
    ("hidden", "word"),
    [
        ("прав*тельство", "правительство"),
        ("прав**ельство", "правительство"),
        ("п***авительство", "правительство"),
        ("wom*n", "women"),
        ("wo*man", "woman"),
        ("д*у*рак", "дурак"),
        ("ду*ка", "дудка"),
        ("w**om**an", "woman"),
        ("д*рак", "дурак"),
    ],
)
def test_a_word_in_everyday_use_is_filled_in_where_no_other_is_meant(hidden, word):
    assert read(hidden, everyday) == word


@pytest.mark.parametrize(
    "text", ["women*", "w*n", "**woman**", "п*р*а*вительст*о", "s*n", "правительств*ами"]
)
def test_what_may_be_a_mark_or_many_words_is_left_alone(text):
    assert read(text, everyday) == read(text, Masks([]))
