"""Comments made of our own words, the same ones for the same seed: English and Russian, 100 to 500 characters, 280 on average.

A few hold a rude remark, a link, a number or a slip of the keyboard, as comments do.
"""

import random
from collections.abc import Iterator, Sequence

SHORTEST, USUAL, LONGEST = 100, 240, 500

_ENGLISH = (
    (
        "the mayor", "our bus company", "whoever wrote this headline", "the new bridge", "my grandmother", "a colleague of mine",
        "the committee", "that old stadium", "the ministry", "every second reader here", "the landlord", "the school on our street",
        "the weather service", "a certain deputy", "the ferry to the island", "the goalkeeper", "the museum", "this so-called expert",
        "the electricity bill", "the hospital", "somebody at the town hall", "the winter market", "the orchestra", "the power plant",
    ),
    (
        "has been promising", "quietly drops", "still cannot explain", "deserves", "refuses to publish", "keeps repeating",
        "finally admits", "has paid for", "will never return to", "depends on", "laughs about", "does not care about",
        "saved us from", "ruined", "should apologise for", "has planned", "counts on", "simply forgot", "voted against", "celebrates",
    ),
    (
        "the promised playground", "last year's budget", "a second opinion", "three hundred new trees", "cheap tickets for pensioners",
        "the flooded underpass", "an honest answer", "our summer holidays", "the night train", "a repair that costs nothing",
        "the recipe for pancakes", "clean water", "yesterday's match", "the rent in the suburbs", "a proper bicycle lane",
        "the photographs of the fire", "another referendum", "longer opening hours", "the price of bread", "twelve empty offices",
    ),
    (
        "although nobody asked for it", "which I saw with my own eyes", "and thank you for the pictures", "just like in 2014",
        "if the figures are right", "so what is the fuss about", "because it was cheaper that way", "as a neighbour told me",
        "while the rest of us wait", "and I say this as a fan", "before the snow comes", "but see for yourselves",
    ),
    (
        "What a stupid idea", "Only an idiot believes this", "Oh shut up already", "You are a clown and a liar", "Damn fools, all of them",
        "This is rubbish and so are you",
    ),
)  # fmt: skip
_RUSSIAN = (
    (
        "мэр", "наш автобусный парк", "автор заголовка", "новый мост", "мой дед", "один коллега", "комитет", "старый стадион",
        "министр", "каждый второй читатель", "хозяин квартиры", "директор школы", "синоптик", "некий депутат", "паром на остров",
        "вратарь", "городской музей", "так называемый эксперт", "счёт за свет", "главный врач", "кто-то в управе", "зимний рынок",
        "оркестр", "завод за рекой",
    ),
    (
        "обещает нам", "молча отменяет", "никак не объяснит", "заслуживает", "не хочет показать", "вечно вспоминает", "наконец признаёт",
        "оплачивает", "больше не вернёт", "ждёт", "высмеивает", "не ценит", "спасает", "портит", "объявляет", "готовит", "предлагает",
        "просто забывает", "не поддержит", "празднует",
    ),
    (
        "детскую площадку во дворе", "прошлогодний бюджет", "ещё одно мнение", "триста новых деревьев", "дешёвые билеты для пенсионеров",
        "затопленный переход", "честный ответ", "наш летний отпуск", "ночной поезд", "бесплатный ремонт", "рецепт блинов", "чистую воду",
        "вчерашний матч", "аренду на окраине", "нормальную велодорожку", "снимки с пожара", "новый референдум", "цену на хлеб",
        "двенадцать пустых кабинетов", "школьное расписание",
    ),
    (
        "хотя никто не просил", "сам видел своими глазами", "и спасибо за фотографии", "прямо как в 2014 году", "если цифры верны",
        "и зачем столько шума", "потому что так дешевле", "мне сосед рассказал", "пока остальные ждут", "говорю как болельщик",
        "пока не выпал снег", "но судите сами",
    ),
    (
        "Какая глупость", "Только идиот в это поверит", "Да заткнись ты уже", "Ты клоун и врун", "Дураки, все до одного",
        "Полный бред, как и ты сам",
    ),
)  # fmt: skip
_RUDE_SHARE, _LINK_SHARE, _TAIL_SHARE, _SLIP_SHARE = 0.05, 0.03, 0.6, 0.02


def comments(count: int, seed: int) -> list[str]:
    chance = random.Random(seed)  # noqa: S311  - repeatable, guards nothing
    return [_comment(chance) for _ in range(count)]


def rude(text: str) -> bool:
    """Whether it holds one of our rude remarks from beginning to end, without a slip."""
    return any(remark in text for language in (_ENGLISH, _RUSSIAN) for remark in language[-1])


def _comment(chance: random.Random) -> str:
    language = chance.choice((_ENGLISH, _RUSSIAN))
    length = round(chance.triangular(SHORTEST, LONGEST, USUAL))
    text = ""
    while len(text) < length:
        text += _sentence(chance, language) + " "
    return text[: length - 1] + chance.choice(".!?")


def _sentence(chance: random.Random, language: Sequence[Sequence[str]]) -> str:
    who, does, what, why, remarks = language
    if chance.random() < _RUDE_SHARE:
        return chance.choice(remarks) + chance.choice(("!", ".", "!!!"))
    if chance.random() < _LINK_SHARE:
        return f"https://example.org/{chance.getrandbits(32):x}"
    words = f"{chance.choice(who)} {chance.choice(does)} {chance.choice(what)}"
    if chance.random() < _TAIL_SHARE:
        words += f", {chance.choice(why)}"
    return " ".join(_typed(chance, (words[0].upper() + words[1:]).split())) + chance.choice(
        (".", ".", ".", "!", "...", ")))")
    )


def _typed(chance: random.Random, words: Sequence[str]) -> Iterator[str]:
    """Now and then two letters change places, so that not every word is from the lists."""
    for word in words:
        if chance.random() < _SLIP_SHARE:
            place = chance.randrange(len(word))
            yield word[:place] + word[place : place + 2][::-1] + word[place + 2 :]
        else:
            yield word
