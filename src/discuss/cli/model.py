"""`discuss model …`: train, evaluate, list and use the classifier."""

import sys
from pathlib import Path
from typing import IO

import msgspec
import rich_click as click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Column, Table

from discuss.classify import data, manifest, registry, shipping
from discuss.classify.corpus import Corpus
from discuss.classify.evaluate import evaluate
from discuss.classify.report import Report
from discuss.classify.streaming import BinaryStream, score_lines

_CONSOLE = Console(stderr=True)
_WIDE = 105  # columns of the report, also in a log file
_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
_models = click.option(
    "--models",
    "models_dir",
    type=_FOLDER,
    default=registry.default_models_dir,
    help="Folder with manifest.json.",
)
_data = click.argument("data_dir", type=_FOLDER)


@click.group()
def model() -> None:
    """Train, evaluate, list and use the classifier that holds spam and abuse."""


@model.command("list")
@_models
def list_models(models_dir: Path) -> None:
    """Show the models there are; a star marks the active one."""
    known = manifest.read(models_dir)
    table = Table("", "model", "labels", "held from", "MB", "trained")
    for entry in known.models:
        covered = ", ".join(
            f"{label} ({' '.join(languages)})" for label, languages in entry.languages.items()
        )
        held = ", ".join(f"{label} {threshold:.2f}" for label, threshold in entry.thresholds.items())
        star = "*" if entry.name == known.active else ""
        table.add_row(
            star, f"{entry.name} {entry.version}", covered, held, f"{entry.bytes / 1e6:.1f}", entry.trained_at
        )
    Console().print(table)


@model.command()
@_models
def score(models_dir: Path) -> None:
    """Score JSON Lines {"id", "text"} from standard input, a line of JSON for each on standard output.

    Answers as soon as a line has arrived, so it can stand at the end of a pipe that stays open. A line that cannot be
    read is answered with {"id": null, "error": …} and makes the exit status 1.
    """
    classifier = registry.load(models_dir)
    try:
        broken = score_lines(classifier, _standard_input(), sys.stdout, sys.stderr)
    except BrokenPipeError:  # whoever read the answers has left
        sys.stderr.close()
        sys.exit(1)
    sys.exit(1 if broken else 0)


@model.command()
@_data
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("models/comments-ru-en"), show_default=True
)
@click.option("--seed", default=7, show_default=True, help="Decides which rows are kept out of training.")
@click.option("--as-version", "version", default="1.0.0", show_default=True, help="Version to record.")
def train(data_dir: Path, out: Path, seed: int, version: str) -> None:
    """Train a model on the labelled comments in DATA_DIR and record it in the manifest beside OUT."""
    corpus = _corpus(data_dir, seed)
    with _CONSOLE.status("fitting") as status:
        entry = shipping.ship(corpus, out, version, status.update)
        status.update("evaluating")
        report = evaluate(corpus, registry.load(out.parent, entry.name))
    (out / "metrics.json").write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=1) + b"\n")
    _show(report)


@model.command("evaluate")
@_data
@_models
@click.option("--json", "target", type=click.File("wb"), help="Write the report there as JSON too.")
def evaluate_model(data_dir: Path, models_dir: Path, target: IO[bytes] | None) -> None:
    """Measure the active model on the rows of DATA_DIR that were kept out of its training."""
    entry = manifest.read(models_dir).entry()
    classifier = registry.load(models_dir)
    corpus = _corpus(data_dir, entry.seed)
    changed = sorted(name for name, digest in entry.data.items() if corpus.fingerprints.get(name) != digest)
    if changed:
        _CONSOLE.print(
            f"These files are not the ones it was trained on: {', '.join(changed)}", style="yellow"
        )
    with _CONSOLE.status("evaluating"):
        report = evaluate(corpus, classifier)
    if target:
        target.write(msgspec.json.format(msgspec.json.encode(report), indent=1) + b"\n")
    _show(report)


def _standard_input() -> BinaryStream:
    return open(sys.stdin.fileno(), "rb", closefd=False)


def _corpus(data_dir: Path, seed: int) -> Corpus:
    corpus = Corpus(seed)
    columns = (TextColumn("{task.description:32}"), BarColumn(), TimeElapsedColumn())
    files = data.files(data_dir)
    with Progress(*columns, console=_CONSOLE) as progress:
        task = progress.add_task("reading", total=sum(path.stat().st_size for path in files))
        for path in files:
            progress.update(task, description=path.name)
            corpus.add(path)
            progress.advance(task, path.stat().st_size)
        progress.update(task, description="grouping near-duplicates")
        corpus.divide()
    return corpus


def _show(report: Report) -> None:
    held = ", ".join(f"{label} from {threshold:.2f}" for label, threshold in report.thresholds.items())
    names = ("source", "language", "label", "rows", "AUC", "recall", "false alarms", "held")
    table = Table(*(Column(name, no_wrap=True) for name in names), title=f"{report.model}, held: {held}")
    for row in report.results:
        table.add_row(
            row.source, row.language, row.label, str(row.rows), _number(row.auc), _share(row.recall),
            _share(row.false_alarms), _share(row.flagged),
        )  # fmt: skip
    console = Console()
    console.width = max(console.width, _WIDE)
    console.print(table)
    for curve in report.calibration:
        console.print(
            f"toxic, {curve.language}, {curve.rows} rows: expected calibration error {curve.expected_error:.3f}, "
            f"Brier skill {curve.brier_skill:.3f}"
        )


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.1%}"
