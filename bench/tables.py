"""What was measured, as tables on the terminal."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from bench.curves import Line, means
from bench.heldout import FEW
from bench.roster import EVERYBODY, OURS, YARDSTICK
from bench.speed import BATCH, LIST_BATCH

_WIDE = 136  # columns, even in a log file
_UNDISTURBED = 0.95
_STARTING = {
    "start": "first score, s",
    "load_with_import": "import + load, s",
    "load": "load, s",
    "resident_mb": "MB added",
    "peak_mb": "MB at peak",
}
_SCORING = {
    "texts_per_s": "texts/s",
    "texts_per_cpu_s": "texts/CPU s",
    "one_p50_ms": "one, ms p50",
    "one_p99_ms": "one, ms p99",
}
_LEGEND = (
    f"One core, one thread. First score: from starting Python. {YARDSTICK.name} loads while it is imported. Texts: generated, about 280 "
    f"characters, in batches of {BATCH} ({LIST_BATCH} for word lists). CPU s: what the scoring used of the core. One: a comment alone."
)
_DISTURBED = "of the times only texts/CPU s is to be trusted."

Speed = Mapping[str, Any]


def wide_console() -> Console:
    console = Console()
    console.width = max(console.width, _WIDE)
    return console


def show_speed(console: Console, found: Speed, rounds: int) -> None:
    measured = {name: cost for name, cost in found.items() if "error" not in cost}
    console.print(
        f"Medians of {rounds} rounds, in brackets × {YARDSTICK.name} in the same round", highlight=False
    )
    for title, columns in (("Starting", _STARTING), ("Scoring", _SCORING)):
        table = Table(
            Column(title, no_wrap=True),
            *(Column(column, justify="right", no_wrap=True) for column in columns.values()),
        )
        for row in _rows(measured, columns):
            table.add_row(*row)
        console.print(table)
    for note in _notes(found, measured):
        console.print(note, highlight=False)


def _rows(measured: Speed, columns: Iterable[str]) -> Iterator[Sequence[str]]:
    for name, cost in measured.items():
        yield f"{name} {cost['median']['version']}", *(_cell(cost, column) for column in columns)
        if "one_p50_ms" in columns and "one_explained_p50_ms" in cost["median"]:
            yield "  scores and spans", *(_explained(cost, column) for column in columns)


def _explained(cost: Speed, name: str) -> str:
    explained = name.replace("one_", "one_explained_")
    return "" if explained == name else _cell(cost, explained)


def _cell(cost: Speed, name: str) -> str:
    value, ratio = cost["median"][name], cost["ratio"].get(name)
    if value is None:
        return "unknown"
    return _figure(value) if ratio is None else f"{_figure(value)} ({_times(ratio)})"


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 20 else f"{value:.2f}"  # noqa: PLR2004  - three digits are enough


def _times(ratio: float) -> str:
    return f"×{ratio:.0f}" if ratio >= 20 else f"×{ratio:.1f}" if ratio >= 1 else f"×{ratio:.2g}"  # noqa: PLR2004


def _notes(found: Speed, measured: Speed) -> Iterator[str]:
    yield _LEGEND
    if not found[OURS.name]["median"]["parts_explained"]:
        yield "[yellow]The active model explained nothing: its time with spans says nothing.[/]"
    for name in sorted(set(found) - set(measured)):
        yield f"[yellow]{name} does not start here and was not measured: {escape(found[name]['error'])}[/]"
    shares = [one["share_of_core"] for cost in measured.values() for one in cost["rounds"]]
    disturbed = sum(share < _UNDISTURBED for share in shares)
    if disturbed:
        yield f"[yellow]Other work took part of the core in {disturbed} of {len(shares)} samples: {_DISTURBED}[/]"


def show_quality(console: Console, found: Sequence[Line], taught: str) -> None:
    names = [candidate.name for candidate in EVERYBODY if any(candidate.name in line.auc for line in found)]
    table = Table(
        *(Column(name, no_wrap=True) for name in ("source", "", "label")),
        Column("rows", justify="right", no_wrap=True),
        *(Column(_folded(name), justify="right", no_wrap=True) for name in names),
        title="Quality: AUC on rows that our model was not trained on; * the best",
    )  # fmt: skip
    for line in found:
        table.add_row(line.source, line.language, line.label, str(line.rows), *_areas(line.auc, names))
    table.add_section()
    for language, areas in means(found).items():
        table.add_row("mean", language, "", "", *_areas(areas, names))
    console.print(table)
    console.print(
        f"Word lists scored at most {FEW} rows of each source, always the same ones: their AUC is rough. The plain pipeline was fitted "
        f"on {taught} training rows, of all sources and languages. Who knows one score only, is measured with it on both labels.",
        highlight=False,
    )


def _folded(name: str) -> str:
    return name.replace("-", "-\n").replace(" ", "\n")


def _areas(areas: Mapping[str, float], names: Sequence[str]) -> Iterator[str]:
    best = max(areas.values(), default=0.0)
    for name in names:
        area = areas.get(name)
        yield "" if area is None else f"[bold]{area:.3f}*[/]" if area == best else f"{area:.3f}"
