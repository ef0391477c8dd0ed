"""Places in a text as browsers count them: in UTF-16 code units, of which an emoji takes two."""

from collections.abc import Iterable
from itertools import accumulate

from discuss.classify.protocol import Span

_LAST_SINGLE = "\uffff"


def utf16(text: str, spans: Iterable[Span]) -> list[Span]:
    """The same spans for readers that count UTF-16 code units, as JavaScript does."""
    if max(text, default="") <= _LAST_SINGLE:  # nearly every text
        return list(spans)
    units = [0, *accumulate(1 + (letter > _LAST_SINGLE) for letter in text)]
    return [Span(units[start], units[end], weight) for start, end, weight in spans]
