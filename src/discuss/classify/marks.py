"""What a text carries whatever its words: links, mentions, contacts, sums of money, shouting."""

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from discuss.classify import letters
from discuss.classify.batch import Batch, Places, bounded
from discuss.classify.endings import ENDINGS

# Every repetition below is bounded, so that no text can make a search slow.
LINK = re.compile(
    rf"https?://\S{{0,200}}|\bwww\.\S{{0,200}}|\b[a-z0-9-]{{1,63}}\.{ENDINGS}(?:/\S{{0,200}})?",
    re.IGNORECASE,
)
_ENDING = re.compile(rf"\.{ENDINGS}", re.IGNORECASE)
MENTION = re.compile(r"(?<![\w.])@\w{3,32}")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.\w")
_TELEPHONE = re.compile(r"(?<![\w.])(?:\+|8|7)[\s(-]{0,2}\d{3}[\s)-]{0,2}\d{3}[\s-]?\d{2}[\s-]?\d{2}(?!\d)")
_MONEY = re.compile(
    r"[$€£₽]\s?\d|\d[\s.,]?(?:[$€£₽]|(?:тыс\.?|k)?\s?(?:руб|usd|dollar|доллар|евро|euro))", re.IGNORECASE
)
_CURRENCIES = ("$", "€", "£", "₽", "руб", "РУБ", "Руб", "usd", "USD", "ollar", "оллар", "вро", "uro")
_CARD = re.compile(r"(?<!\d)(?:\d{4}[ -]?){3}\d{4}(?!\d)")
_PURSE = re.compile(
    r"\b(?:0x[0-9a-f]{40}|bc1[0-9a-z]{25,60}|[13][1-9a-z]{25,34}|T[1-9a-z]{33})\b", re.IGNORECASE
)
_LONG = re.compile(r"[0-9A-Za-z]{26}")
_PERCENT = re.compile(r"\d\s?%")
_LOUD = re.compile("!!+")

NAMES = (
    "link", "mention", "e-mail", "telephone", "money", "card", "purse",
    "percent", "exclamation", "emoji", "two alphabets", "capitals",
)  # fmt: skip
_COLUMN = {name: column for column, name in enumerate(NAMES)}
_ENOUGH = 4
_LONG_NUMBER, _LONGER_NUMBER = 10, 16

_LEVELS = (np.log1p(np.arange(_ENOUGH + 1)) / np.log1p(_ENOUGH)).astype(np.float32)

# A bit for each class of letters, so that one look at a text tells which of them it holds.
_DIGIT, _EMOJI, _CAPITAL, _LATIN, _CYRILLIC = (1 << bit for bit in range(5))
_BITS = sum(
    (
        table.astype(np.uint8) * np.uint8(bit)
        for table, bit in (
            (letters.DIGIT, _DIGIT),
            (letters.between((0x2600, 0x27BF), (0x1F300, 0x1FAFF)), _EMOJI),
            (letters.every(str.isupper), _CAPITAL),
            (letters.LATIN | letters.between((0x41, 0x5A)), _LATIN),
            (letters.CYRILLIC, _CYRILLIC),
        )
    ),
    start=np.zeros(letters.SIZE, dtype=np.uint8),
)


def marks(texts: Sequence[str], raw: Batch) -> NDArray[np.float32]:
    """A row for each text and a column for each name in `NAMES`, from 0 to 1: how often it stands there, levelling off."""
    bits = _BITS[np.minimum(raw.codes, np.uint32(letters.SIZE - 1))]
    present = int(np.bitwise_or.reduce(bits)) if len(bits) else 0
    counts = np.zeros((len(texts), len(NAMES)), dtype=np.intp)
    digits = raw.count(bits & _DIGIT) if present & _DIGIT else np.zeros(len(texts), dtype=np.intp)
    for place, (text, numbers) in enumerate(zip(texts, digits.tolist(), strict=True)):
        for column, pattern in _worth_searching(text, numbers):
            counts[place, column] = len(pattern.findall(bounded(text)))
    if present & _EMOJI:
        counts[:, _COLUMN["emoji"]] = raw.count(bits & _EMOJI)
    if present & _LATIN and present & _CYRILLIC:
        counts[:, _COLUMN["two alphabets"]] = _two_alphabets(raw, bits)
    levels: NDArray[np.float32] = _LEVELS[np.minimum(counts, _ENOUGH)]
    if present & _CAPITAL:
        levels[:, _COLUMN["capitals"]] = raw.count(bits & _CAPITAL) / (raw.sizes + 10)
    return levels


def _worth_searching(text: str, numbers: int) -> Iterator[tuple[int, re.Pattern[str]]]:
    """The patterns that could be found in the text, judged by signs that they cannot do without."""
    if "://" in text or "www." in text.lower() or _ENDING.search(text):
        yield _COLUMN["link"], LINK
    if "@" in text:
        yield _COLUMN["mention"], MENTION
        yield _COLUMN["e-mail"], _EMAIL
    if "!!" in text:
        yield _COLUMN["exclamation"], _LOUD
    if not numbers:
        return
    if any(map(text.__contains__, _CURRENCIES)):
        yield _COLUMN["money"], _MONEY
    if _LONG.search(text):
        yield _COLUMN["purse"], _PURSE
    if "%" in text:
        yield _COLUMN["percent"], _PERCENT
    if numbers >= _LONG_NUMBER:
        yield _COLUMN["telephone"], _TELEPHONE
    if numbers >= _LONGER_NUMBER:
        yield _COLUMN["card"], _CARD


def _two_alphabets(raw: Batch, bits: NDArray[np.uint8]) -> Places:
    """How often letters of two alphabets stand side by side."""
    side_by_side = np.zeros(len(bits), dtype=bool)
    alphabets = bits & (_LATIN | _CYRILLIC)
    side_by_side[1:] = (alphabets[1:] | alphabets[:-1]) == (_LATIN | _CYRILLIC)
    return raw.count(side_by_side)
