"""Words as readers see them, where Markdown strikes out a part of one, sets it as code or makes it a link."""

import re
from collections.abc import Iterator

import numpy as np

from discuss.classify.batch import Batch
from discuss.classify.editing import Edit, edited
from discuss.classify.letters import OF_MARKDOWN

_STRUCK, _CODE = "~~", "`"
_TELLING = tuple(np.array(ord(sign), dtype=np.uint32) for sign in OF_MARKDOWN)
_TOKEN = re.compile(r"\S+")
_LINK = re.compile(r"\[([^\[\]\s]{0,60})(\]\([^()\s]{0,300}\))")
_MARK = re.compile(r"[~`]{1,20}")

Span = tuple[int, int]


def as_rendered(batch: Batch) -> Batch:
    """The batch without marks that nobody sees within a word, and with the address of a link behind the word that it divides.

    Marks around whole words stay. Expects letters as they were typed.
    """
    found = batch.codes == _TELLING[0]
    for sign in _TELLING[1:]:
        found |= batch.codes == sign
    if not found.any():
        return batch
    texts = np.unique(batch.texts(found.nonzero()[0])).tolist()
    edits = [
        edit for text in texts for edit in _edits(batch, int(batch.bounds[text]), int(batch.bounds[text + 1]))
    ]
    return edited(batch, edits) if edits else batch


def _edits(batch: Batch, first: int, beyond: int) -> Iterator[Edit]:
    typed = batch.codes[first:beyond].tobytes().decode("utf-32-le", "surrogatepass")
    unseen = {place for start, end in _unseen(typed) for place in range(start, end)}
    for token in _TOKEN.finditer(typed):
        start, end = token.span()
        links = list(_dividing(typed, start, end))
        if links or not unseen.isdisjoint(range(start, end)):
            seen, addresses = _apart(start, end, links)
            seen = [place for place in seen if place not in unseen]
            letters = "".join(typed[place] for place in seen)
            if addresses:
                letters += " " + "".join(typed[place] for place in addresses)
                seen += [addresses[0], *addresses]
            yield Edit(first + start, first + end, letters, [place - start for place in seen])


def _unseen(typed: str) -> Iterator[Span]:
    """Both marks of each pair of which one stands within a word. Code with a space in it is left out: an apostrophe looks the same."""
    opened: dict[str, Span] = {}
    for found in _MARK.finditer(typed):
        kind, mark = "".join(sorted(found[0])), found.span()
        if _STRUCK not in kind and _CODE not in kind:
            continue
        before = opened.pop(kind, None)
        if before is None or (_CODE in kind and _TOKEN.fullmatch(typed, before[0], mark[1]) is None):
            opened[kind] = mark
        elif _within_a_word(typed, *before) or _within_a_word(typed, *mark):
            yield before
            yield mark


def _dividing(typed: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The links with letters of one word on two sides: before them, behind them, or in them."""
    for link in _LINK.finditer(typed, start, end):
        before, inside, behind = typed[link.start() - 1], link[1], typed[link.end()]
        if (before.isalpha(), inside != "", behind.isalpha()).count(True) > 1:
            yield link


def _apart(start: int, end: int, links: list[re.Match[str]]) -> tuple[list[int], list[int]]:
    """The places of what readers see, and those of the addresses."""
    seen: list[int] = []
    addresses: list[int] = []
    for link in links:
        seen += [*range(start, link.start()), *range(*link.span(1))]
        addresses += range(*link.span(2))
        start = link.end()
    return [*seen, *range(start, end)], addresses


def _within_a_word(typed: str, start: int, end: int) -> bool:
    """A text begins and ends with a space."""
    return typed[start - 1].isalpha() and typed[end].isalpha()
