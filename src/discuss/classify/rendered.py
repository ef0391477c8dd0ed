"""Words as readers see them, where Markdown strikes out a part of one, sets it as code or makes it a link."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate, groupby
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from discuss.classify.batch import Batch, Places
from discuss.classify.editing import Edit, edited
from discuss.classify.letters import LENGTHS, OF_LINKS, OF_MARKS, SIZE

_STRUCK, _CODE = "~~", "`"
_OF_LINKS, _OF_MARKS = (
    [np.array(ord(sign), dtype=np.uint32) for sign in signs] for signs in (OF_LINKS, OF_MARKS)
)
_TOKEN = re.compile(r"\S+")
_MARK = re.compile(r"[~`]{1,20}")
_DEEPEST = 32
"""Brackets within each other up to which an address is one to the renderer."""


def _address(depth: int) -> str:
    """A pattern that finds one end or none, so that only brackets within each other are searched again for the next link."""
    brackets = rf"|\({_address(depth - 1)}\)" if depth else ""
    return rf"(?>(?:\\[^\x00-\x20]|[^()\\\x00-\x20]{brackets}){{0,5000}})"


_TITLE = r'(?>\s+)(?:"(?>(?:\\.|[^"\\])*)"|' + r"'(?>(?:\\.|[^'\\])*)'|\((?>(?:\\.|[^()\\])*)\))"
_LINK = re.compile(
    rf"\[([^\[\]\s]{{0,60}})(\]\((?>\s*)(?:<[^<>\n]*>|{_address(_DEEPEST)})(?:{_TITLE})?(?>\s*)\))",
    re.DOTALL,
)
_LAST = chr(SIZE - 1)
_UNSEEN = {*"*_~", *map(chr, (LENGTHS == 0).nonzero()[0].tolist())}
"""Emphasis, and all that is dropped: what may stand between two letters that readers see side by side."""

Span = tuple[int, int]


class Word(NamedTuple):
    """What takes the place of `typed[start:end]`: the letters at the places `seen`, and behind them those at `behind`."""

    start: int
    end: int
    seen: list[int]
    behind: list[int]


def as_rendered(batch: Batch) -> Batch:
    """The batch without marks that nobody sees within a word, and with the address of a link behind the word that it divides.

    Marks around whole words stay. Expects letters as they were typed.
    """
    for telling, words in ((_OF_LINKS, _undivided), (_OF_MARKS, _unmarked)):
        found = batch.codes == telling[0]
        for sign in telling[1:]:
            found |= batch.codes == sign
        if found.any():
            batch = _changed(batch, np.unique(batch.texts(found.nonzero()[0])), words)
    return batch


def _changed(batch: Batch, texts: Places, words: Callable[[str], Iterator[Word]]) -> Batch:
    """The batch with other words in some texts."""
    edits = [
        edit
        for text in texts.tolist()
        for edit in _edits(batch, int(batch.bounds[text]), int(batch.bounds[text + 1]), words)
    ]
    return edited(batch, edits) if edits else batch


def _edits(batch: Batch, first: int, beyond: int, words: Callable[[str], Iterator[Word]]) -> Iterator[Edit]:
    typed = batch.codes[first:beyond].tobytes().decode("utf-32-le", "surrogatepass")
    for start, end, seen, behind in words(typed):
        letters = "".join(typed[place] for place in seen)
        if behind:
            letters += " " + "".join(typed[place] for place in behind)
            seen += [behind[0], *behind]
        yield Edit(first + start, first + end, letters, [place - start for place in seen])


def _unmarked(typed: str) -> Iterator[Word]:
    unseen = {place for start, end in _unseen(typed) for place in range(start, end)}
    for token in _TOKEN.finditer(typed) if unseen else ():
        places = range(*token.span())
        if not unseen.isdisjoint(places):
            yield Word(*token.span(), [place for place in places if place not in unseen], [])


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


def _within_a_word(typed: str, start: int, end: int) -> bool:
    """A text begins and ends with a space."""
    return typed[start - 1].isalpha() and typed[end].isalpha()


def _undivided(typed: str) -> Iterator[Word]:
    links, letters = _dividing(typed), list(typed)
    for link in links:
        letters[link.start() : link.end()] = "]" * len(link[0])  # a title may hold spaces
    tokens = [token.span() for token in _TOKEN.finditer("".join(letters))] if links else []

    def token(link: re.Match[str]) -> Span:
        return tokens[bisect_right(tokens, link.start(), key=itemgetter(0)) - 1]

    for (start, end), within in groupby(links, token):
        yield Word(start, end, *_apart(start, end, list(within)))


def _dividing(typed: str) -> list[re.Match[str]]:
    """The links with letters of one word on two sides: before them, behind them, or in them. Other links may stand between."""
    links = list(_LINK.finditer(typed))
    if not links:
        return links
    shown = _LINK.sub(lambda link: f"*{link[1]}{'*' * len(link[2])}", typed)
    before = list(accumulate(shown, _seen))
    behind = list(accumulate(reversed(shown), _seen))[::-1]
    return [
        link
        for link in links
        if (before[link.start()].isalpha(), link[1] != "", behind[link.end() - 1].isalpha()).count(True) > 1
    ]


def _seen(before: str, sign: str) -> str:
    """The last of two signs that readers see."""
    return before if min(sign, _LAST) in _UNSEEN else sign


def _apart(start: int, end: int, links: list[re.Match[str]]) -> tuple[list[int], list[int]]:
    """The places of what readers see, and those of the addresses."""
    seen: list[int] = []
    addresses: list[int] = []
    for link in links:
        seen += [*range(start, link.start()), *range(*link.span(1))]
        addresses += range(*link.span(2))
        start = link.end()
    return [*seen, *range(start, end)], addresses
