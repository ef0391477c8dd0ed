"""`discuss model compare`."""

from pathlib import Path
from typing import IO

import rich_click as click
from rich.console import Console
from rich.table import Column, Table

from discuss.classify import manifest, registry
from discuss.classify.evaluation.comparing import Comparison, Difference, compare
from discuss.classify.evaluation.folder import as_json
from discuss.classify.evaluation.layout import number, share
from discuss.classify.manifest import Entry
from discuss.cli.model.options import data_argument, models_option
from discuss.cli.model.provenance import warn_of_other_files
from discuss.cli.model.reading import corpus_from
from discuss.errors import InvalidInput

_CONSOLE = Console(stderr=True)
_WIDE = 145  # columns of the table, even in a log file

Place = tuple[Path, str | None]


@click.command("compare")
@click.argument("first")
@click.argument("second")
@data_argument
@models_option
@click.option(
    "--json", "target", type=click.File("wb"), help="Also write the comparison to this file as JSON."
)
def compare_models(
    first: str, second: str, data_dir: Path, models_dir: Path, target: IO[bytes] | None
) -> None:
    """Compare two models on the rows in DATA_DIR that were kept out of the training of both.

    FIRST and SECOND are names in the manifest, or FOLDER:NAME for a model in another manifest (FOLDER: for its active model).
    """
    places = _place(first, models_dir), _place(second, models_dir)
    entries = [manifest.read(folder).entry(name) for folder, name in places]
    corpus = corpus_from(data_dir, _seed(*entries), _CONSOLE)
    for entry in entries:
        warn_of_other_files(entry, corpus, _CONSOLE)
    with _CONSOLE.status("comparing"):
        comparison = compare(corpus, *(registry.load(folder, name) for folder, name in places))
    if target:
        target.write(as_json(comparison))
    _show(comparison)


def _place(named: str, models_dir: Path) -> Place:
    folder, colon, name = named.rpartition(":")
    if not colon:
        return models_dir, named
    path = Path(folder)
    return path.parent if path.name == manifest.NAME else path, name or None


def _seed(first: Entry, second: Entry) -> int:
    if first.seed != second.seed:
        raise InvalidInput(
            f"{first.name} was trained with seed {first.seed} and {second.name} with seed {second.seed}: the rows kept out of "
            "one were partly shown to the other, so a comparison would flatter it. Train both with the same --seed."
        )
    return first.seed


def _show(comparison: Comparison) -> None:
    names = (
        "source",
        "language",
        "label",
        "rows",
        "AUC",
        "then",
        "difference",
        "held",
        "then",
        "changed",
        "against",
    )
    title = f"{comparison.first}, then {comparison.second}; rows kept out with seed {comparison.seed}"
    table = Table(*(Column(name, no_wrap=True) for name in names), title=title)
    for one in comparison.differences:
        table.add_row(
            one.source, one.language, one.label, str(one.rows), number(one.auc_first), number(one.auc_second),
            _interval(one), share(one.held_first), share(one.held_second), str(one.verdicts_changed),
            one.against or "",
        )  # fmt: skip
    console = Console()
    console.width = max(console.width, _WIDE)
    console.print(table)


def _interval(one: Difference) -> str:
    return f"{one.interval[0]:+.3f} … {one.interval[1]:+.3f}" if one.interval else ""
