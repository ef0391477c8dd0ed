"""`discuss model train`."""

from pathlib import Path

import rich_click as click
from rich.console import Console

from discuss.classify import registry, shipping
from discuss.classify.evaluation.folder import as_json
from discuss.classify.evaluation.measuring import evaluate
from discuss.cli.model.evaluating import show
from discuss.cli.model.options import data_argument
from discuss.cli.model.reading import corpus_from

_CONSOLE = Console(stderr=True)


@click.command()
@data_argument
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("models/comments-ru-en"), show_default=True
)
@click.option("--seed", default=7, show_default=True, help="Decides which rows are kept out of training.")
@click.option("--as-version", "version", default="1.0.0", show_default=True, help="Version to record.")
def train(data_dir: Path, out: Path, seed: int, version: str) -> None:
    """Train a model on the labelled comments in DATA_DIR and record it in the manifest beside OUT."""
    corpus = corpus_from(data_dir, seed, _CONSOLE)
    with _CONSOLE.status("fitting") as status:
        entry = shipping.ship(corpus, out, version, status.update)
        status.update("evaluating")
        report = evaluate(corpus, registry.load(out.parent, entry.name))
    (out / "metrics.json").write_bytes(as_json(report))
    show(report)
