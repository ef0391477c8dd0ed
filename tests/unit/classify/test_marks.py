import pytest

from discuss.classify.batch import Batch
from discuss.classify.marks import NAMES, holds_link, marks


def found(text):
    row = marks([text], Batch.of([text]))[0]
    return {name for name, level in zip(NAMES[:-1], row[:-1], strict=True) if level}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Колонна прошла через город. Это было вчера.", set()),
        ("смотри http://a.example/b", {"link"}),
        ("заходи на casino.top", {"link"}),
        ("WWW.A.EXAMPLE", {"link"}),
        ("da" * 2500 + " casino.top " + "da" * 2500, set()),  # the middle of a long text is not read
        ("спроси @somebody", {"mention"}),
        ("mail me@site.example", {"e-mail"}),
        ("да" + "\n" * 5000 + " casino.top, $20!!" + "\n" * 5000 + "да", {"link", "money", "exclamation"}),
        ("звони +7 912 345-67-89", {"telephone"}),
        ("звони 8 (912) 345 67 89", {"telephone"}),
        ("дзвони +380 44 555 01 22", {"telephone"}),
        ("дзвони 050 555 01 22", {"telephone"}),
        ("ruf an: +49 (0) 30 5550147", {"telephone"}),
        ("ruf an: 0171/5550147", {"telephone"}),
        ("call 0049 171 5550147", {"telephone"}),
        ("call +1 202-555-0143", {"telephone"}),
        ("call (202) 555-0143 or 1-800-555-0143", {"telephone"}),
        ("выделили +1 000 000 тонн в 2024, 10 вагонов", set()),
        ("с 01.02.2024 по 15.03.2025, всего 408 дней", set()),
        ("матч 01-02-2024 в 18:30", set()),
        ("всего 5000 руб", {"money"}),
        ("всего 10000р.", {"money"}),
        ("отдам за 15т.р, торг", {"money"}),
        ("500 баксов за смену", {"money"}),
        ("300 грн в день", {"money"}),
        ("$10k a month", {"money"}),
        ("0.1 BTC", {"money"}),
        ("у 1991 р. було інакше", set()),
        ("на 5 рот больше, 3рд", set()),
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
    assert holds_link(text) == ("link" in names)


def test_shouting_is_a_share_of_the_letters():
    loud, quiet = (marks([text], Batch.of([text]))[0, -1] for text in ("СЛЫШИШЬ МЕНЯ", "слышишь меня"))
    assert loud > 0.4
    assert quiet == 0
