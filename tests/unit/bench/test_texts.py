from statistics import fmean

from bench import texts

CYRILLIC = set("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")


def test_the_same_seed_writes_the_same_comments() -> None:
    assert texts.comments(50, seed=1) == texts.comments(50, seed=1)
    assert texts.comments(50, seed=1) != texts.comments(50, seed=2)


def test_comments_are_as_long_as_comments_are() -> None:
    lengths = [len(text) for text in texts.comments(2000, seed=1)]
    assert min(lengths) >= 100
    assert max(lengths) <= 500
    assert 270 < fmean(lengths) < 290


def test_half_of_the_comments_are_russian() -> None:
    russian = [bool(CYRILLIC & set(text.lower())) for text in texts.comments(2000, seed=1)]
    assert 900 < sum(russian) < 1100


def test_some_comments_are_rude_and_most_are_not() -> None:
    found = [texts.rude(text) for text in texts.comments(2000, seed=1)]
    assert 200 < sum(found) < 800
