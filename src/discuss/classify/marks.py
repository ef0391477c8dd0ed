"""What a text carries apart from its words: links, mentions, contacts, sums of money, shouting."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from discuss.classify import letters
from discuss.classify.batch import Batch, Places, bounded
from discuss.classify.endings import ENDINGS
from discuss.classify.letters import Flags

# Every repetition below is bounded, so that no text can make a search slow.
# A link is whatever readers can follow or copy, a host without a scheme too. Models learn from it: it changes only with a new one.
LINK = re.compile(
    rf"https?://\S{{0,200}}|\bwww\.\S{{0,200}}|\b[\w-]{{1,63}}\.{ENDINGS}(?:/\S{{0,200}})?",
    re.IGNORECASE,
)
MENTION = re.compile(r"(?<![\w.])@\w{3,32}")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.\w")
_TELEPHONE = re.compile(
    r"(?<![\w.])(?:"
    r"(?:\+|(?<!\d[ -])00)\d(?:[\s().-]{0,3}\d){9,13}"  # with the code of any country
    r"|[78][\s(-]{0,2}\d{3}[\s)-]{0,2}\d{3}[\s-]?\d{2}[\s-]?\d{2}"  # at home in Russia,
    r"|(?<!\d[ -])\(?0\d{2,4}\)?(?:[\s/-]{0,2}\d){6,8}"  # in most of Europe,
    r"|(?:1[\s.-])?\(?[2-9]\d{2}\)?[\s.-]{1,2}\d{3}[\s.-]\d{4}"  # and in North America
    r")(?!\d)"
)
_MONEY = re.compile(
    r"[$€£₽₴]\s?\d|\d(?:тыс\.?|т\.?|к)?р\b"
    r"|\d[\s.,]?(?:[$€£₽₴]|(?:тыс\.?|k|к)?\s?(?:руб|грн|гривен|бакс|доллар|евро|usd|eur|dollar|buck|btc))",
    re.IGNORECASE,
)
_CARD = re.compile(r"(?<!\d)(?:\d{4}[ -]?){3}\d{4}(?!\d)")
_PURSE = re.compile(
    r"\b(?:0x[0-9a-f]{40}|bc1[0-9a-z]{25,60}|[13][1-9a-z]{25,34}|T[1-9a-z]{33})\b", re.IGNORECASE
)
_PERCENT = re.compile(r"\d\s?%")
_LOUD = re.compile("!!+")

NAMES = (
    "link", "mention", "e-mail", "telephone", "money", "card", "purse",
    "percent", "exclamation", "emoji", "two alphabets", "capitals",
)  # fmt: skip
_COLUMN = {name: column for column, name in enumerate(NAMES)}
_PATTERNS = {
    "link": LINK, "mention": MENTION, "e-mail": _EMAIL, "telephone": _TELEPHONE, "money": _MONEY, "card": _CARD,
    "purse": _PURSE, "percent": _PERCENT, "exclamation": _LOUD,
}  # fmt: skip
_ENOUGH = 4
_LONG_NUMBER, _LONGER_NUMBER = 10, 16
_SHORTEST_PURSE = 26

Bits = NDArray[np.uint16]

_LEVELS = (np.log1p(np.arange(_ENOUGH + 1)) / np.log1p(_ENOUGH)).astype(np.float32)

# A bit for each class of letters as they were typed, so that one lookup tells which of them a text holds.
_TABLES = (
    letters.DIGIT,
    letters.between((0x2600, 0x27BF), (0x1F300, 0x1FAFF)),
    letters.every(str.isupper),
    letters.LATIN | letters.between((0x41, 0x5A)),
    letters.CYRILLIC,
    letters.flags("@"),
    letters.flags("!"),
    letters.flags(".:"),
    letters.flags("/"),
    letters.flags("Ww"),
    letters.flags("$€£₽₴"),
)
_DIGIT, _EMOJI, _CAPITAL, _LATIN, _CYRILLIC, _AT, _LOUDLY, _POINT, _SLASH, _W, _CURRENCY = (
    1 << bit for bit in range(len(_TABLES))
)
_BITS: Bits = sum(
    (table.astype(np.uint16) << np.uint16(bit) for bit, table in enumerate(_TABLES)),
    start=np.zeros(letters.SIZE, dtype=np.uint16),
)
_BOTH = _LATIN | _CYRILLIC

_BETWEEN = letters.every(str.isspace) | letters.flags(".,")
_PRICED = _BETWEEN | letters.flags("$€£₽₴" + "тТкКрРгГбБдДеЕ" + "kKuUeEdDbB")
"""What can come next in a sum of money, behind its last digit and behind what may stand between the two."""


def marks(texts: Sequence[str], raw: Batch) -> NDArray[np.float32]:
    """A row for each text and a column for each name in `NAMES`, from 0 to 1: how often it occurs, levelling off.

    For capitals it is their share of the text.
    """
    texts = [bounded(text) for text in texts]
    bits = _BITS.take(raw.codes, mode="clip")
    held = np.bitwise_or.reduceat(bits, raw.bounds[:-1])
    holds = int(np.bitwise_or.reduce(held))
    counts = np.zeros((len(texts), len(NAMES)), dtype=np.intp)
    if holds & _POINT:
        _count_links(counts, raw, _linking(bits))
    if holds & _LOUDLY:
        _count_loud(counts, texts, held)
    if holds & _DIGIT:
        _count_sums(counts, texts, raw, _pricing(raw, bits))
    if holds & (_AT | _DIGIT):
        digits = raw.count(bits & _DIGIT) if holds & _DIGIT else np.zeros(len(texts), dtype=np.intp)
        _count_patterns(counts, texts, held, digits, _with_long_runs(raw, bits))
    if holds & _EMOJI:
        counts[:, _COLUMN["emoji"]] = raw.count(bits & _EMOJI)
    if holds & _BOTH == _BOTH:
        counts[:, _COLUMN["two alphabets"]] = raw.count(_side_by_side(bits))
    levels: NDArray[np.float32] = _LEVELS.take(counts, mode="clip")
    if holds & _CAPITAL:
        levels[:, _COLUMN["capitals"]] = raw.count(bits & _CAPITAL) / (raw.sizes + 10)
    return levels


def holds_link(text: str) -> bool:
    """Whether `marks` counts a link in the text."""
    return bool(LINK.search(bounded(text)))


def places(text: str, column: int) -> Places:
    """Where this mark occurs in a text as it was given: the place of the first letter of each occurrence."""
    raw, pattern = Batch.of([text]), _PATTERNS.get(NAMES[column])
    if pattern is None:
        return raw.origins[_LETTERS[NAMES[column]](_BITS.take(raw.codes, mode="clip"))]
    begins = [match.start() + 1 for match in pattern.finditer(bounded(text))]  # raw begins with a space
    return raw.origins[begins]


def _linking(bits: Bits) -> Places:
    """The places of the dots and colons that a link cannot do without: those before a letter or a slash, or after two w."""
    points: Places = (bits & _POINT).astype(bool).nonzero()[0]
    telling = (bits[points + 1] & (_BOTH | _SLASH)) | (bits[points - 1] & bits[points - 2] & _W)
    linking: Places = points[telling.astype(bool)]
    return linking


def _count_links(counts: Places, raw: Batch, linking: Places) -> None:
    """Search only what could hold a link. No link continues after a space."""
    words = list(raw.tokens(linking))
    places = raw.texts(np.array([start for start, _ in words], dtype=np.intp)).tolist()
    for place, (start, end) in zip(places, words, strict=True):
        word = raw.codes[start:end].tobytes().decode("utf-32-le", "surrogatepass")
        counts[place, _COLUMN["link"]] += len(LINK.findall(word))


def _pricing(raw: Batch, bits: Bits) -> Places:
    """The places at which a sum of money may begin: a currency sign, or a digit with the first letter of a currency behind it."""
    digits = (bits & _DIGIT).astype(bool).nonzero()[0]
    behind = raw.codes.take(digits + 1)
    apart = _BETWEEN.take(behind, mode="clip")
    behind[apart] = raw.codes.take(digits[apart] + 2, mode="clip")
    digits = digits[_PRICED.take(behind, mode="clip")]
    return np.append(digits, (bits & _CURRENCY).astype(bool).nonzero()[0])


def _count_sums(counts: Places, texts: Sequence[str], raw: Batch, pricing: Places) -> None:
    for place, text in zip(pricing.tolist(), raw.texts(pricing).tolist(), strict=True):
        known = counts[text, _COLUMN["money"]]
        if not known and _MONEY.match(texts[text], place - int(raw.bounds[text]) - 1):
            counts[text, _COLUMN["money"]] = len(_MONEY.findall(texts[text]))


def _with_long_runs(raw: Batch, bits: Bits) -> AbstractSet[int]:
    """The texts with so many Latin letters and digits in a row that they could be the address of a wallet."""
    between = ((bits & (_LATIN | _DIGIT)) == 0).nonzero()[0]
    long = between[:-1][between[1:] - between[:-1] > _SHORTEST_PURSE]
    return set(raw.texts(long).tolist())


def _count_loud(counts: Places, texts: Sequence[str], held: Bits) -> None:
    for place in (held & _LOUDLY).nonzero()[0].tolist():
        if "!!" in texts[place]:
            counts[place, _COLUMN["exclamation"]] = len(_LOUD.findall(texts[place]))


def _count_patterns(
    counts: Places, texts: Sequence[str], held: Bits, digits: Places, long: AbstractSet[int]
) -> None:
    telling = (held & (_AT | _DIGIT)).nonzero()[0].tolist()
    for place, numbers in zip(telling, digits[telling].tolist(), strict=True):
        for column, pattern in _worth_searching(texts[place], numbers, runs_long=place in long):
            counts[place, column] = len(pattern.findall(texts[place]))


def _worth_searching(text: str, numbers: int, *, runs_long: bool) -> Iterator[tuple[int, re.Pattern[str]]]:
    """The patterns that could match in the text, judged by characters that they cannot do without."""
    if "@" in text:
        yield _COLUMN["mention"], MENTION
        yield _COLUMN["e-mail"], _EMAIL
    if not numbers:
        return
    if runs_long:
        yield _COLUMN["purse"], _PURSE
    if "%" in text:
        yield _COLUMN["percent"], _PERCENT
    if numbers >= _LONG_NUMBER:
        yield _COLUMN["telephone"], _TELEPHONE
    if numbers >= _LONGER_NUMBER:
        yield _COLUMN["card"], _CARD


def _side_by_side(bits: Bits) -> Flags:
    """Where a letter follows one of the other alphabet."""
    side_by_side = np.zeros(len(bits), dtype=bool)
    alphabets = bits & _BOTH
    side_by_side[1:] = (alphabets[1:] | alphabets[:-1]) == _BOTH
    return side_by_side


_LETTERS: Mapping[str, Callable[[Bits], Flags]] = MappingProxyType(
    {
        "emoji": lambda bits: (bits & _EMOJI).astype(bool),
        "capitals": lambda bits: (bits & _CAPITAL).astype(bool),
        "two alphabets": _side_by_side,
    }
)
"""Marks that are single letters of some kind."""
