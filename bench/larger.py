"""`python -m bench larger`: what a much larger model achieves where ours misses what was hoped for, on the same rows."""

import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import rich_click as click
from rich.table import Column, Table

from bench import heldout, keeping, processes, tables, transfer
from bench.options import data_option
from bench.roster import E5, ROOT
from bench.transfer import HEAD, LINEAR, QUESTIONS, Question, Vectors
from discuss.classify import registry
from discuss.classify.corpus import Corpus
from discuss.classify.data import Example
from discuss.classify.evaluation.metrics import Floats
from discuss.classify.evaluation.scored_rows import probabilities

_ROWS = ("source", "label", "lessons", "asked", "positives")
_AREAS = ("Discuss", HEAD, "perceptron", LINEAR, "both", "gain")


@click.command("larger")
@data_option
@click.option(
    "--vectors", "kept", type=click.Path(path_type=Path, dir_okay=False),
    help="Where the vectors are kept, so that another run need not make them again.",
)  # fmt: skip
def larger(folder: Path, kept: Path | None) -> None:
    """Ask a small head on the vectors of a transformer about the rows that our model is asked about."""
    console = tables.wide_console()
    corpus = heldout.divided(folder)
    try:
        with console.status("embedding: a quarter of an hour"), tempfile.TemporaryDirectory() as scratch:
            vectors, cost = _vectors(corpus, kept or Path(scratch) / "vectors.npz")
    except processes.Failed as failed:
        sys.exit(f"The larger model does not start here: {failed}")
    lines = [_line(question, corpus, vectors) for question in QUESTIONS]
    console.print(_table(lines))
    console.print(f"{E5.name}: {cost:.0f} ms of one core for a text", highlight=False)
    name = f"{datetime.now(UTC):%Y-%m-%d}-{keeping.commit()}-larger.json"
    path = keeping.write(name, {"ms_a_text": cost, "lines": lines})
    console.print(f"Kept in {path.relative_to(ROOT)}")


def _vectors(corpus: Corpus, target: Path) -> tuple[Vectors, float]:
    """The vector of each row, and the milliseconds that a text took."""
    if not target.exists():
        rows = {row.id: row.text for question in QUESTIONS for row in _needed(question, corpus)}
        with tempfile.TemporaryFile("w+") as told:
            processes.write_lines(told, ({"id": key, "text": text} for key, text in rows.items()))
            processes.answer(E5, "bench.embedding", str(target.resolve()), told=told)
    with np.load(target) as found:
        return dict(zip(found["ids"].tolist(), found["vectors"], strict=True)), float(found["ms_a_text"])


def _needed(question: Question, corpus: Corpus) -> list[Example]:
    return [*question.asked(corpus), *question.lessons(corpus)]


def _line(question: Question, corpus: Corpus, vectors: Vectors) -> dict[str, Any]:
    asked, lessons = question.asked(corpus), question.lessons(corpus)
    said = transfer.truth(asked, question.label)
    ours, others = _ours(asked, question.label), transfer.judged(question, corpus, vectors)
    both = transfer.ranked_together(ours, others[HEAD])
    scores = {"Discuss": ours, **others, "both": both}
    return {
        "source": question.source + (" (left out)" if question.unseen else ""),
        "label": question.label,
        "lessons": len(lessons),
        "asked": len(asked),
        "positives": int(said.sum()),
        "cross-validated": transfer.cross_validated(question, corpus, vectors) if question.whole else None,
        **{name: transfer.area(said, given) for name, given in scores.items()},
        "gain": transfer.difference(said, ours, others[HEAD]),
        "gain of both": transfer.difference(said, ours, both),
    }


def _ours(rows: Sequence[Example], label: str) -> Floats:
    scored = registry.load(registry.default_models_dir()).score([row.text for row in rows])
    return probabilities(scored, label)


def _table(lines: Sequence[dict[str, Any]]) -> Table:
    table = Table(
        Column(_ROWS[0], min_width=26),
        *_ROWS[1:],
        *_AREAS,
        title="AUC and its 95 % interval; gain: interval of what a head gains on ours",
    )
    for line in lines:
        table.add_row(*(str(line[name]) for name in _ROWS), *(_interval(line[name]) for name in _AREAS))
    return table


def _interval(values: Sequence[float]) -> str:
    *middle, low, high = (f"{one:.3f}" for one in values)
    return "\n".join([*middle, low, high])
