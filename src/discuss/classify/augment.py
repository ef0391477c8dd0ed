"""Disguised copies of comments to train on, so that a word is known even where normalisation cannot restore it.

Models are measured with different disguises (`disguises.py`). These mask letters after the first with any sign except the
star, break words in two, run them together, misspell them, and send Russian through Latin letters and back.
"""

from collections.abc import Callable, Mapping
from random import Random
from types import MappingProxyType

from discuss.classify.transliteration import in_cyrillic

# Ordinary comments seldom hold a link in the training sources; on a news site they do.
_HARMLESS = (
    "www.youtube.com/watch?v=",
    "youtu.be/",
    "ru.wikipedia.org/wiki/",
    "en.wikipedia.org/wiki/",
    "www.bbc.com/news/",
    "www.reuters.com/world/",
    "tass.ru/armiya/",
    "lenta.ru/news/",
    "vk.com/video",
    "t.me/news_channel/",
)
_SUMS = (
    "{} млн руб.",
    "${} million",
    "{} %",
    "€{} billion",
    "{} тыс. рублей",
    "{},5 млрд долларов",
    "${}",
    "{} euros",
)
_PICTURES = ("👍", "😂😂", "❗️", "⚡️", "🔥", "🤔", "🇷🇺", "👉", "✅", "😡")

_SHORTEST = 4
_MASKS = "#%•×"
_SHARE = 0.6
"""The share of a text's words that are disguised."""

_COMMON = dict(zip("абвгдеёзийклмнопрстуфхцыэ", "abvgdeeziiklmnoprstufhcye", strict=True))
_SPELLINGS: tuple[Mapping[str, str], ...] = tuple(
    MappingProxyType(_COMMON | spelling)
    for spelling in (
        {"ж": "zh", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya", "ъ": "", "ь": "", "й": "y"},
        {"ж": "j", "ч": "ch", "ш": "sh", "щ": "sch", "ю": "ju", "я": "ja", "ъ": "", "ь": "'", "й": "j"},
        {"ж": "zh", "ч": "4", "ш": "w", "щ": "sch", "ю": "u", "я": "a", "ъ": "", "ь": "", "х": "x", "ы": "i"},
        {"ж": "g", "ч": "ch", "ш": "sh", "щ": "sh", "ю": "iu", "я": "ia", "ъ": "", "ь": "", "х": "kh", "ц": "ts"},
    )
)  # fmt: skip

Disguise = Callable[[str, Random], str]


def adorned(text: str, chance: Random) -> str:
    """The text with a link, a sum of money, a mention or a picture before or after it."""
    link = f"https://{chance.choice(_HARMLESS)}{chance.getrandbits(40):x}"
    sum_of_money = chance.choice(_SUMS).format(chance.randint(2, 900))
    name = f"@{chance.getrandbits(30):x}"
    ornament = chance.choice((link, link, link, sum_of_money, name, chance.choice(_PICTURES)))
    return " ".join(chance.sample([text, ornament], 2))


def disguised(text: str, language: str, chance: Random) -> str:
    """The text in one of the disguises, chosen at random."""
    kinds: list[Disguise] = [_masked, _broken, _misspelt, _glued]
    if language == "ru":
        kinds.append(_respelt)
    return chance.choice(kinds)(text, chance)


def in_latin(text: str, chance: Random) -> str:
    """Russian as somebody might type it on a Latin keyboard."""
    spelling = chance.choice(_SPELLINGS)
    return "".join(spelling.get(letter, letter) for letter in text.lower())


def _respelt(text: str, chance: Random) -> str:
    return in_cyrillic(in_latin(text, chance))


def _glued(text: str, chance: Random) -> str:
    """The text without some of its spaces, as normalisation leaves words that were spelt out letter by letter."""
    words = text.split(" ")
    return "".join(word + ("" if chance.random() < _SHARE else " ") for word in words).strip()


def _masked(text: str, chance: Random) -> str:
    sign = chance.choice(_MASKS)

    def mask(word: str) -> str:
        first = chance.randrange(len(word) - 1) + 1
        last = min(first + chance.choice((1, 1, 2)), len(word))
        return word[:first] + sign * (last - first) + word[last:]

    return _by_words(text, mask, chance)


def _broken(text: str, chance: Random) -> str:
    def divide(word: str) -> str:
        place = chance.randrange(len(word) - 2) + 1
        return word[:place] + chance.choice((" ", ".", "-")) + word[place:]

    return _by_words(text, divide, chance)


def _misspelt(text: str, chance: Random) -> str:
    def spoil(word: str) -> str:
        place = chance.randrange(len(word) - 1)
        swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        return chance.choice((swapped, word[:place] + word[place + 1 :], word[: place + 1] + word[place:]))

    return _by_words(text, spoil, chance)


def _by_words(text: str, change: Callable[[str], str], chance: Random) -> str:
    return " ".join(
        change(word) if len(word) >= _SHORTEST and word.isalpha() and chance.random() < _SHARE else word
        for word in text.split(" ")
    )
