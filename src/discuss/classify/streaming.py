"""Score line by line. All lines that have arrived form a batch, so nobody waits for a batch to fill."""

import json
from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Protocol, TextIO

from discuss.classify.protocol import Classifier, Scored
from discuss.classify.verdicts import shipped_verdict

_READ = 1 << 16
_BATCH = 256

Row = tuple[object, str]


class BinaryStream(Protocol):
    def read1(self, size: int, /) -> bytes:
        """Whatever has arrived: at least one byte, or none at the end."""


def score_lines(classifier: Classifier, source: BinaryStream, answers: TextIO, complaints: TextIO) -> int:
    """Answer every line of `source`; returns how many could not be understood."""
    number = broken = 0
    for batch in _batches(source):
        for answer in _answers(classifier, batch, number):
            if "error" in answer:
                broken += 1
                complaints.write(f"{answer['error']}\n")
            answers.write(json.dumps(answer) + "\n")
        number += len(batch)
        answers.flush()
        complaints.flush()
    return broken


def _batches(source: BinaryStream) -> Iterator[list[bytes]]:
    rest: list[bytes] = []
    while chunk := source.read1(_READ):  # waits until something arrives, never for more
        *lines, last = chunk.split(b"\n")
        if lines:
            lines[0] = b"".join([*rest, lines[0]])
            rest = []
        rest.append(last)
        for start in range(0, len(lines), _BATCH):
            yield lines[start : start + _BATCH]
    if any(rest):
        yield [b"".join(rest)]


def _answers(classifier: Classifier, lines: list[bytes], before: int) -> Iterator[Mapping[str, object]]:
    """An answer for every line that is not empty. `before` is the number of lines before these."""
    rows = [_row(line) for line in lines]
    scored = iter(classifier.score([row[1] for row in rows if isinstance(row, tuple)]))
    name = f"{classifier.name} {classifier.version}"
    for number, row in enumerate(rows, before + 1):
        if isinstance(row, tuple):
            yield {"id": row[0], **_judged(next(scored), classifier), "model": name}
        elif row:
            yield {"id": None, "error": f"line {number}: {row}"}


def _judged(scored: Scored, classifier: Classifier) -> Mapping[str, object]:
    return {
        "language": scored.language,
        "scores": {label: round(probability, 6) for label, probability in scored.scores.items()},
        "verdict": str(shipped_verdict(classifier, scored).state),
    }


def _row(line: bytes) -> Row | str:
    """Id and text of a line, or what is wrong with it; "" for an empty one."""
    if not line.strip():
        return ""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return f"not JSON ({error})"
    if not isinstance(row, dict) or "id" not in row or not isinstance(row.get("text"), str):
        return 'not an object with "id" and a string "text"'
    number = row["id"]
    if not isinstance(number, str | int | float | None) or (
        isinstance(number, float) and not isfinite(number)
    ):
        return '"id" is neither a string nor a number'
    return row["id"], row["text"]
