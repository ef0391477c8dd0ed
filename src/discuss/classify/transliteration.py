"""Russian typed on a Latin keyboard, put back into its own letters."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from discuss.classify.batch import Batch
from discuss.classify.editing import Edit

_SOUNDS: Mapping[str, str] = MappingProxyType(
    dict(zip("abcdefghijklmnopqrstuvwxyz", "абцдефгхийклмнопкрстуввхыз", strict=True))
    | {"shch": "щ", "sch": "щ", "zh": "ж", "kh": "х", "ts": "ц", "ch": "ч", "sh": "ш"}
    | {"yu": "ю", "ju": "ю", "ya": "я", "ja": "я", "yo": "е", "jo": "е", "ye": "е", "je": "е"}
    | {"ay": "ай", "ey": "ей", "oy": "ой", "uy": "уй", "iy": "ий", "yy": "ый", "yj": "ый", "'": "ь"}
)  # fmt: skip
_SOUND = re.compile("|".join(sorted(_SOUNDS, key=lambda sound: (-len(sound), sound))))


def in_cyrillic(text: str) -> str:
    return _SOUND.sub(lambda sound: _SOUNDS[sound[0]], text)


def respelt(batch: Batch, start: int, end: int) -> list[Edit]:
    """The edits that put this part of a batch into Russian letters, sound by sound."""
    latin = batch.codes[start:end].tobytes().decode("utf-32-le")
    return [_edit(start, sound) for sound in _SOUND.finditer(latin)]


def _edit(start: int, sound: re.Match[str]) -> Edit:
    letters = _SOUNDS[sound[0]]
    places = [min(place, len(sound[0]) - 1) for place in range(len(letters))]
    return Edit(start + sound.start(), start + sound.end(), letters, places)
