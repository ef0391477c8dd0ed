import pytest

from discuss.classify.batch import Batch
from discuss.classify.marks import NAMES, marks


def found(text):
    row = marks([text], Batch.of([text]))[0]
    return {name for name, level in zip(NAMES[:-1], row[:-1], strict=True) if level}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Колонна прошла через город. Это было вчера.", set()),
        ("смотри http://a.example/b", {"link"}),
        ("заходи на casino.top", {"link"}),
        ("спроси @somebody", {"mention"}),
        ("mail me@site.example", {"e-mail"}),
        ("звони +7 912 345-67-89", {"telephone"}),
        ("всего 5000 руб", {"money"}),
        ("only $20", {"money"}),
        ("карта 4000 0000 0000 0000", {"card"}),
        ("bc1q0123456789abcdefghijklmnopqrstuvw", {"purse"}),
        ("рост 20 %", {"percent"}),
        ("скорее!!!", {"exclamation"}),
        ("огонь 🔥", {"emoji"}),
        ("paбота", {"two alphabets"}),
    ],
)
def test_what_a_text_carries_is_seen(text, names):
    assert found(text) == names


def test_shouting_is_a_share_of_the_letters():
    loud, quiet = (marks([text], Batch.of([text]))[0, -1] for text in ("СЛЫШИШЬ МЕНЯ", "слышишь меня"))
    assert loud > 0.4
    assert quiet == 0
