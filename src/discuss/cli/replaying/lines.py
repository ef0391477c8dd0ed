"""The file: JSON Lines of `{"text", "language"?, "labels"?}`."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from discuss.errors import InvalidInput


class Line(msgspec.Struct):
    """`labels`: 1 for present, 0 for absent; a label that is not there is unknown."""

    text: str
    language: str | None = None
    labels: Mapping[str, int] = {}


def read(path: Path, most: int | None) -> list[Line]:
    """Every line, or the first `most`. Raises `InvalidInput` that names the first line that is not as it should be."""
    return list(_lines(path, most))


def _lines(path: Path, most: int | None) -> Iterator[Line]:
    decoder = msgspec.json.Decoder(Line)
    with path.open("rb") as file:
        for number, raw in enumerate(file, start=1):
            if most is not None and number > most:
                return
            try:
                yield decoder.decode(raw)
            except msgspec.MsgspecError as error:
                raise InvalidInput(f"{path}, line {number}: {error}") from error
