import pytest
from hypothesis import given
from hypothesis import strategies as st

from discuss.classify.batch import Batch
from discuss.classify.rendered import as_rendered
from discuss.classify.text import folded, normalise


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("Ты ид~~ио~~т", "ты идиот"),
        ("~~де~~бил", "дебил"),
        ("Go ~~ki~~ll ~~your~~self", "go kill yourself"),
        ("ид~~иот и ду~~рак", "идиот и дурак"),
        ("You are a `stu`pid `id`iot", "you are a stupid idiot"),
        ("де[би](http://a.example)л!", "дебил! ](http://a.example)"),
        ("ду[](mailto:a@b.example)рак", "дурак ](mailto:a@b.example)"),
        ("д[е](http://a.example)б[и](http://b.example)л", "дебил ](http://a.example)](http://b.example)"),
        ("[де](http://a.example)[бил](http://b.example)", "дебил ](http://a.example)](http://b.example)"),
        ("де[](http://a.example)[](http://b.example)бил", "дебил ](http://a.example)](http://b.example)"),
        ("[де](http://a.example)**бил**", "де**бил** ](http://a.example)"),
        ("_де_[бил](http://a.example)", "_дебил ](http://a.example)"),
        ("де\u200b[бил](http://a.example)\U000e0020", "дебил ](http://a.example)"),
        ("де~~[б](http://a.example)~~ил", "дебил ](http://a.example)"),
        ('д[е](http://a.example "b c")бил и (да)', 'дебил ](http://a.example "b c") и (да)'),
        ("д[е](http://a.example\n'b \"c')бил", "дебил ](http://a.example 'b \"c')"),
        ("д[е]( http://a.example (b c) )бил", "дебил ]( http://a.example (b c) )"),
        ("де[би](http://a.example/(b(c)))л", "дебил ](http://a.example/(b(c)))"),
        (r"де[би](http://a.example/\()л", r"дебил ](http://a.example/\()"),
        ("де[би](<http://a.example/( b>)л", "дебил ](<http://a.example/( b>)"),
        (f"де[би](http://a.example/{'bc' * 900})л", f"дебил ](http://a.example/{'bc' * 900})"),
    ],
)
def test_marks_that_readers_do_not_see_divide_no_word(typed, seen):
    assert normalise(typed) == seen


@pytest.mark.parametrize(
    "text",
    [
        "~~так~~ вот", "5~6 and ~~7", "don`t or can`t", "`make` and `test`", "ид~~иот", "[тут](https://a.example), да", "a[0] ~ b",
        "[](https://a.example/b)Гороскоп", "дурак[](https://a.example).",
        "см. [1] и [2](https://a.example)", "[тут](https://a.example) [там](https://b.example)", "**[тут](https://a.example)**, да",
        '[тут](https://a.example "да нет"), да', "де[би](http://a.example/(b)л", "де[би](http://a.example b)л",
    ],
)  # fmt: skip
def test_marks_around_words_and_signs_that_are_no_marks_stay(text):
    raw = Batch.of([text])
    assert as_rendered(raw) is raw


@given(st.lists(st.text('аb~`[]()<>*\\" h.', max_size=60), max_size=3))
def test_every_letter_still_comes_from_where_it_was_typed(texts):
    read = folded(Batch.of(texts))
    for place, text in enumerate(texts):
        first, beyond = read.bounds[place : place + 2].tolist()
        part = slice(first + 1, beyond - 1)
        letters = zip(read.codes[part].tolist(), read.origins[part].tolist(), strict=True)
        assert all(chr(code) in (text[origin].replace("`", "'"), " ") for code, origin in letters)


def test_a_word_with_a_link_in_it_is_marked_as_a_whole(classifier):
    text = "Какой же ты де[би](http://a.example)л"
    spans = classifier.explain([text])[0]["toxic"]
    assert "де[би](http://a.example)л" in {text[span.start : span.end] for span in spans}


@pytest.mark.parametrize(("typed", "seen"), [("ид~~\ud800ио~~т", "идиот"), ("a[b](\ud800)c", "abc ]()")])
def test_half_a_surrogate_pair_among_the_marks_does_no_harm(typed, seen):
    assert normalise(typed) == seen
