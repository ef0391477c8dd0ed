"""Words in everyday use, by which a word is known with one gap in it that is on no list of words that people hide.

Without them such a word falls apart, and whatever it said for or against the text is lost with it.
"""

import re
from collections.abc import Sequence

_GAP = re.compile(r"([^*]+)(\*{1,2})([^*]+)")
_SHOWN = 3
"""Letters that a reader needs to know a word of which nothing tells that it was worth hiding."""

_ONE_STAR, _TWO_STARS = range(1, 4), range(2, 3)
"""How many letters stars may stand for. Three and more have become one."""


class Everyday:
    """Given the likeliest first. Of words that fit alike, those with fewer letters hidden go first, then the likelier."""

    def __init__(self, words: Sequence[str] = ()) -> None:
        self.words = tuple(words)
        self._known = frozenset(words)
        self._alike: dict[tuple[str, str, int], list[str]] = {}
        for word in words:
            self._alike.setdefault((word[0], word[-1], len(word)), []).append(word)

    def filled(self, left: str) -> str | None:
        """The word of which this is left, with a star or two for what is not; or that stars were put into."""
        gap = _GAP.fullmatch(left)
        if gap is None:
            return None
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
