"""`discuss model evaluate`."""

from pathlib import Path
from typing import IO

import msgspec
import rich_click as click
from rich.console import Console
from rich.table import Column, Table

from discuss.classify import manifest, registry
from discuss.classify.evaluate import evaluate
from discuss.classify.report import Report
from discuss.cli.model.options import data_argument, models_option
from discuss.cli.model.reading import corpus_from

_CONSOLE = Console(stderr=True)
_WIDE = 105  # columns of the report, also in a log file


@click.command("evaluate")
@data_argument
@models_option
@click.option("--json", "target", type=click.File("wb"), help="Write the report there as JSON too.")
def evaluate_model(data_dir: Path, models_dir: Path, target: IO[bytes] | None) -> None:
    """Measure the active model on the rows of DATA_DIR that were kept out of its training."""
    entry = manifest.read(models_dir).entry()
    classifier = registry.load(models_dir)
    corpus = corpus_from(data_dir, entry.seed, _CONSOLE)
    changed = sorted(name for name, digest in entry.data.items() if corpus.fingerprints.get(name) != digest)
    if changed:
        _CONSOLE.print(
            f"These files are not the ones it was trained on: {', '.join(changed)}", style="yellow"
        )
    with _CONSOLE.status("evaluating"):
        report = evaluate(corpus, classifier)
    if target:
        target.write(msgspec.json.format(msgspec.json.encode(report), indent=1) + b"\n")
    show(report)


def show(report: Report) -> None:
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
