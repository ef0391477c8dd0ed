"""Which parts of a held comment are marked for the moderator."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from discuss.domain.queue import Heard, Item


@dataclass(frozen=True, slots=True)
class Part:
    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Marking:
    """The text as written, split where marks begin and end, and the label that the marks explain (None: no marks)."""

    parts: Sequence[Part]
    label: str | None


def marking(item: Item) -> Marking:
    """Explains the most probable label only: with the marks of several, one could not tell which is which."""
    strongest = next((heard for heard in item.signals if heard.spans), None)
    if strongest is None:
        return Marking([Part(item.source, marked=False)], None)
    return Marking(list(cut(item.source, merged(strongest))), strongest.label)


def merged(heard: Heard) -> Sequence[tuple[int, int]]:
    """The start and end of each mark, in text order; overlapping and touching spans become one mark."""
    marks: list[tuple[int, int]] = []
    for start, end, _ in sorted(heard.spans):
        if marks and start <= marks[-1][1]:
            marks[-1] = (marks[-1][0], max(end, marks[-1][1]))
        else:
            marks.append((start, end))
    return marks


def cut(text: str, marks: Sequence[tuple[int, int]]) -> Iterator[Part]:
    place = 0
    for start, end in marks:
        yield Part(text[place:start], marked=False)
        yield Part(text[start:end], marked=True)
        place = end
    yield Part(text[place:], marked=False)
