"""The one normalisation: what training, serving and stored revisions all see.

Every step takes time linear in the text, and the result is always safe to store: no lone surrogates, no control characters.
"""

import re
import unicodedata

from discuss.classify.lookalikes import repair

HEAD, TAIL = 4000, 1000
LONGEST = HEAD + TAIL + 1
PASSES = 4

_UNSEEN = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff"  # controls, halves of surrogate pairs
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"  # zero width, bidirectional, fillers
    "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"  # marks left after NFKC
    "]+"
)
_REPEATED = re.compile(r"([^\d\s])\1{2,}")
_SPACED = re.compile(r"(?<!\w)(?:[^\W\d_][ .*_-]){3,}+[^\W\d_](?!\w)")
_SEPARATORS = str.maketrans("", "", " .*_-")


def bounded(text: str) -> str:
    """The part of a text that is read: its beginning and its end, where a spammer's link tends to stand."""
    return text if len(text) <= LONGEST else f"{text[:HEAD]} {text[-TAIL:]}"


def normalise(text: str) -> str:
    """Fold case, forms and disguises, so that a word looks the same however it was typed."""
    text = _plain(bounded(text))
    for _ in range(PASSES):  # mending one disguise can lay bare another; ordinary texts need no second pass
        mended = _undisguised(text)
        if mended == text:
            break
        text = mended
    return text


def _plain(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        text = unicodedata.normalize("NFKC", _UNSEEN.sub("", text.lower()))
    text = _UNSEEN.sub("", text.lower()).replace("ё", "е")
    return " ".join(text.split())[:LONGEST].rstrip()


def _undisguised(text: str) -> str:
    text = _SPACED.sub(_joined, _REPEATED.sub(r"\1", text))
    return _REPEATED.sub(r"\1", repair(text))


def _joined(spaced: re.Match[str]) -> str:
    return spaced[0].translate(_SEPARATORS)
