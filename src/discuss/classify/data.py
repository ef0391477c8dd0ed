"""Labelled comments from a folder of `*.jsonl.gz` files, and which of them are kept out of training.

Rows that differ only in digits, links or punctuation, and both sides of a rewritten or translated pair, form one group.
A group lies on one side of the split, which depends only on the rows and the seed.
"""

import gzip
import hashlib
import re
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import msgspec

from discuss.classify.batch import Batch
from discuss.classify.text import normalised
from discuss.errors import InvalidInput, ModelBroken

TENTHS = 10
_AT_ONCE = 1000

# Only plain links, but with mentions. It decides which rows form a group, and with another one no split would stay as it was.
_LINK = re.compile(r"(?:https?://|www\.)\S+|@\w+")
_NOT_LETTERS = re.compile(r"[\W\d_]+")
_PAIRED = {  # sources with pairs of rows, and the part of the id that a pair shares
    "paradetox_en": ("paradetox", re.compile(r":(\d+)-")),
    "ru_detox_russe2022": ("russe", re.compile(r":(\w+-\d+)-")),
    "sms_spam_en": ("sms", re.compile(r":(\d+)$")),
    "sms_spam_ru_mt": ("sms", re.compile(r":(\d+)$")),
}
_BEHIND = (0, 99, 2792)
"""From each of these on, the numbers of the translated SMS fall one further behind the originals: they count from 0 and lack two."""


class Example(msgspec.Struct):
    """One row. A label that is absent is unknown, not 0."""

    id: str
    text: str
    lang: str
    source: str
    labels: dict[str, Annotated[int, msgspec.Meta(ge=0, le=1)]] = {}
    meta: dict[str, Any] = {}


def files(folder: Path) -> list[Path]:
    found = sorted(folder.glob("*.jsonl.gz"))
    if not found:
        raise ModelBroken(f"There are no *.jsonl.gz files in {folder}.")
    return found


def read(path: Path) -> Iterator[Example]:
    """Raises `InvalidInput` that names the file and, if one line cannot be understood, that line."""
    decoder = msgspec.json.Decoder(Example)
    for number, line in enumerate(_lines(path), 1):
        try:
            yield decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise InvalidInput(f"{path}, line {number}: {error}.") from error


def _lines(path: Path) -> Iterator[bytes]:
    with _named_if_unreadable(path), gzip.open(path, "rb") as lines:
        yield from lines


def fingerprint(path: Path) -> str:
    """Raises `InvalidInput` that names the file if it cannot be read, as `read` and `size` do."""
    with _named_if_unreadable(path), path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def size(path: Path) -> int:
    with _named_if_unreadable(path):
        return path.stat().st_size


@contextmanager
def _named_if_unreadable(path: Path) -> Iterator[None]:
    try:
        yield
    except (EOFError, OSError, zlib.error) as error:
        raise InvalidInput(f"{path} cannot be read to the end: {error}.") from error


def groups(examples: Sequence[Example]) -> Mapping[str, bytes]:
    """By row id, the group of near-duplicates and pairs that the row belongs to."""
    found = _Groups()
    keys = {example.id: found.join(*_near(example, text)) for example, text in _normalised(examples)}
    return {row: found.root(key) for row, key in keys.items()}


def tenth(group: bytes, seed: int) -> int:
    """The tenth of the corpus that a group falls into, from 0 to 9."""
    digest = hashlib.blake2b(group, digest_size=8, salt=seed.to_bytes(8, "big")).digest()
    return int.from_bytes(digest, "big") % TENTHS


def _normalised(examples: Sequence[Example]) -> Iterator[tuple[Example, str]]:
    for start in range(0, len(examples), _AT_ONCE):
        some = examples[start : start + _AT_ONCE]
        yield from zip(some, normalised(Batch.of([one.text for one in some])).strings(), strict=True)


def _near(example: Example, text: str) -> list[bytes]:
    """The keys that a row shares with its near-duplicates and its pair."""
    letters = _NOT_LETTERS.sub(" ", _LINK.sub(" ", text)).strip()
    names = [letters or example.id, *_pair(example)]
    return [hashlib.blake2b(name.encode(), digest_size=12).digest() for name in names]


def _pair(example: Example) -> Iterator[str]:
    family, shared = _PAIRED.get(example.source, ("", None))
    if shared and (found := shared.search(example.id)):
        number = found[1]
        if example.source == "sms_spam_ru_mt":
            number = str(int(number) + bisect_right(_BEHIND, int(number)))
        yield f"{family}\n{number}"


class _Groups:
    """Union-find. The root of a group is its smallest key, whatever the order of joining."""

    def __init__(self) -> None:
        self._parent: dict[bytes, bytes] = {}

    def root(self, key: bytes) -> bytes:
        while (parent := self._parent.setdefault(key, key)) != key:
            self._parent[key] = key = self._parent[parent]
        return key

    def join(self, *keys: bytes) -> bytes:
        roots = [self.root(key) for key in keys]
        smallest = min(roots)
        for root in roots:
            self._parent[root] = smallest
        return smallest
