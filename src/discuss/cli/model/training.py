"""`discuss model train`."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import rich_click as click
from rich.console import Console

from discuss.classify import licences, recipe, registry, shipping, vectors
from discuss.classify.evaluation.folder import as_json
from discuss.classify.evaluation.measuring import evaluate
from discuss.classify.scope import Scope, Sources, every_source
from discuss.classify.shipping import Shipped
from discuss.cli.model.evaluating import show
from discuss.cli.model.options import SEED, data_argument, vectors_option
from discuss.cli.model.progress import bars
from discuss.cli.model.reading import corpus_from
from discuss.cli.model.writing import prepare_model

_CONSOLE = Console(stderr=True)
_LICENCES: Mapping[str, Sources] = MappingProxyType({"all": every_source, "permissive": licences.permissive})


@click.command()
@data_argument
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), required=True,
    help="Folder to write the model to. Its name becomes the model's name; the manifest is in its parent folder.",
)  # fmt: skip
@click.option(
    "--seed", type=SEED, default=7, show_default=True, help="Decides which rows are kept out of training."
)
@click.option("--as-version", "version", default="1.0.0", show_default=True, help="The version to record.")
@click.option(
    "--licence", type=click.Choice(list(_LICENCES)), default="all", show_default=True,
    help="permissive: learn only from sources that may be used for any purpose; this covers fewer labels and languages.",
)  # fmt: skip
@vectors_option
def train(
    data_dir: Path, out: Path, seed: int, version: str, licence: str, vectors_file: Path | None
) -> None:
    """Train a model on the labelled comments in DATA_DIR and record it in the manifest beside OUT."""
    scope = Scope(_LICENCES[licence], vectors=vectors.load(vectors_file) if vectors_file else None)
    prepare_model(out)
    corpus = corpus_from(data_dir, seed, _CONSOLE)
    with bars(_CONSOLE) as announce:
        shipped = shipping.ship(corpus, out, version, announce, scope)
        announce("evaluating", 0, 1)
        report = evaluate(corpus, registry.load(out.parent, shipped.entry.name))
        announce("evaluating", 1, 1)
    (out / "metrics.json").write_bytes(as_json(report))
    show(report)
    for line in _coverage(shipped):
        click.echo(line)


def _coverage(shipped: Shipped) -> Iterator[str]:
    for language in recipe.COVERED:
        labels = [label for label, limits in shipped.entry.thresholds.items() if language in limits]
        yield f"Covered in {language}: {', '.join(labels) or 'nothing'}."
    for (language, label), lack in shipped.missing.items():
        yield f"Not covered: {label} in {language}. There are {lack}."
