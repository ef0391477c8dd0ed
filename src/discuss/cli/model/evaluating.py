"""`discuss model evaluate`."""

from pathlib import Path
from typing import IO

import rich_click as click
from rich.console import Console
from rich.table import Column, Table

from discuss.classify import manifest, registry
from discuss.classify.evaluation import yardsticks
from discuss.classify.evaluation.folder import as_json, drawing, write
from discuss.classify.evaluation.layout import number, share
from discuss.classify.evaluation.measuring import evaluate
from discuss.classify.evaluation.report import Report
from discuss.cli.model.options import data_argument, models_option
from discuss.cli.model.provenance import warn_of_other_files
from discuss.cli.model.reading import corpus_from
from discuss.cli.model.writing import prepare

_CONSOLE = Console(stderr=True)
_WIDE = 125  # columns of the report, even in a log file


@click.command("evaluate")
@data_argument
@models_option
@click.option("--json", "target", type=click.File("wb"), help="Also write the report to this file as JSON.")
@click.option(
    "--report", "folder", type=click.Path(path_type=Path, file_okay=False),
    help="Also write report.md, metrics.json and images to this folder.",
)  # fmt: skip
@click.option(
    "--yardsticks", "others", type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help='Scores of other packages for the same rows, {"package": {"row id": score}}.',
)  # fmt: skip
def evaluate_model(
    data_dir: Path, models_dir: Path, target: IO[bytes] | None, folder: Path | None, others: Path | None
) -> None:
    """Measure the active model on the rows in DATA_DIR that were kept out of its training."""
    draw = drawing() if folder else None
    beside = yardsticks.read(others) if others else yardsticks.NONE
    if folder:
        prepare(folder)
    entry = manifest.read(models_dir).entry()
    classifier = registry.load(models_dir)
    corpus = corpus_from(data_dir, entry.seed, _CONSOLE)
    warn_of_other_files(entry, corpus, _CONSOLE)
    with _CONSOLE.status("evaluating"):
        report = evaluate(corpus, classifier, beside)
    if target:
        target.write(as_json(report))
    if folder and draw:
        write(report, folder, draw)
    show(report)


def show(report: Report) -> None:
    console = Console()
    console.width = max(console.width, _WIDE)
    console.print(_results(report))
    for probe in report.probes:
        console.print(f"{probe.source}, {probe.rows} rows: {share(probe.held)} held as {probe.label}")
    for curve in report.calibration:
        console.print(
            f"toxic, {curve.language}, {curve.rows} rows: expected calibration error {curve.expected_error:.3f}, "
            f"Brier skill {number(curve.brier_skill)}"
        )


def _results(report: Report) -> Table:
    names = ("source", "language", "label", "rows", "AUC", "recall", "false alarms", "held", "against")
    table = Table(*(Column(name, no_wrap=True) for name in names), title=_title(report))
    for row in report.results:
        table.add_row(
            row.source, row.language, row.label, str(row.rows), number(row.auc), share(row.recall),
            share(row.false_alarms), share(row.held), row.against or "",
        )  # fmt: skip
    return table


def _title(report: Report) -> str:
    held = "; ".join(
        f"{language}: " + ", ".join(f"{label} from {threshold:.3g}" for label, threshold in limits.items())
        for language, limits in report.thresholds.items()
    )
    return f"{report.model}, held in {held}"
