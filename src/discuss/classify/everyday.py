"""Words in everyday use, to recognise a word that has one gap in it and is not among the words people hide.

Without them such a word would fall apart, and with it whatever it said for or against the text.
"""

import re
from collections.abc import Sequence

_GAP = re.compile(r"([^*]+)(\*{1,2})([^*]+)")
_SHOWN = 3
"""Letters that a reader must see to recognise a word that nothing marks as worth hiding."""

_ONE_STAR, _TWO_STARS = range(1, 4), range(2, 3)
"""How many letters one star or two may stand for. Three and more stars have become one."""


class Everyday:
    """Expects the likeliest words first. Of the words that fit, the one with fewest hidden letters wins, then the likeliest."""

    def __init__(self, words: Sequence[str] = ()) -> None:
        self.words = tuple(words)
        self._known = frozenset(words)
        self._alike: dict[tuple[str, str, int], list[str]] = {}
        for word in words:
            self._alike.setdefault((word[0], word[-1], len(word)), []).append(word)

    def filled(self, left: str) -> str | None:
        """The word of which this is left, with a star or two for what is not; or that stars were put into, as marks of Markdown are."""
        gap = _GAP.fullmatch(left)
        if gap is None:
            plain = left.replace("*", "")
            strewn = len(plain) > _SHOWN and "*" not in (left[0], left[-1])
            return plain if strewn and plain in self._known else None
        head, stars, tail = gap.groups()
        shown = len(head) + len(tail)
        if shown < _SHOWN:
            return None
        if head + tail in self._known:
            return head + tail
        for hidden in _ONE_STAR if len(stars) == 1 else _TWO_STARS:
            for word in self._alike.get((head[0], tail[-1], shown + hidden), ()):
                if word.startswith(head) and word.endswith(tail):
                    return word
        return None
