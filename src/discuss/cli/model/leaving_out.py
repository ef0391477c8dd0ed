"""`discuss model leave-out`."""

from pathlib import Path
from typing import IO

import rich_click as click
from rich.console import Console
from rich.table import Column, Table

from discuss.classify import vectors
from discuss.classify.evaluation.folder import as_json
from discuss.classify.evaluation.layout import number
from discuss.classify.evaluation.leaving_out import UnseenSites, leave_out
from discuss.classify.scope import Scope
from discuss.cli.model.options import SEED, data_argument, vectors_option
from discuss.cli.model.progress import bars
from discuss.cli.model.reading import corpus_from

_CONSOLE = Console(stderr=True)
_WIDE = 90  # columns of the table, even in a log file


@click.command("leave-out")
@data_argument
@click.option(
    "--seed", type=SEED, default=7, show_default=True, help="The seed of the training run to compare with."
)
@click.option("--json", "target", type=click.File("wb"), help="Also write the figures to this file as JSON.")
@vectors_option
def leave_out_families(
    data_dir: Path, seed: int, target: IO[bytes] | None, vectors_file: Path | None
) -> None:
    """Estimate how a model would do on a site it has never seen.

    For each family of sources (those of one site), a head is trained on the comments in DATA_DIR without that family and
    measured on all of its rows. No model is written.
    """
    scope = Scope(vectors=vectors.load(vectors_file) if vectors_file else None)
    corpus = corpus_from(data_dir, seed, _CONSOLE)
    with bars(_CONSOLE) as announce:
        found = leave_out(corpus, announce, scope)
    if target:
        target.write(as_json(found))
    _show(found)


def _show(found: UnseenSites) -> None:
    names = ("left out", "source", "language", "rows", "positives", "AUC")
    table = Table(*(Column(name, no_wrap=True) for name in names), title=f"{found.label}, seed {found.seed}")
    for one in found.sources:
        table.add_row(
            one.family, one.source, one.language, str(one.rows), str(one.positives), number(one.auc)
        )
    console = Console()
    console.width = max(console.width, _WIDE)
    console.print(table)
