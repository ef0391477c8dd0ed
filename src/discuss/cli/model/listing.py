"""`discuss model list`."""

from pathlib import Path

import rich_click as click
from rich.console import Console
from rich.table import Column, Table

from discuss.classify import manifest
from discuss.classify.manifest import Entry, Manifest
from discuss.cli.model.options import models_option

_WIDE = 120  # columns, even in a log file


_DAY = len("2026-01-31")


@click.command("list")
@models_option
def list_models(models_dir: Path) -> None:
    """List the models. A star marks the active one, a dash the one that was active before it."""
    known = manifest.read(models_dir)
    names = ("", "model", "label", "held from", "MB", "trained")
    table = Table(*(Column(name, no_wrap=True) for name in names))
    for entry in known.models:
        table.add_row(
            _mark(known, entry), entry.title, "\n".join(entry.thresholds), _held_from(entry),
            f"{entry.bytes / 1e6:.1f}", entry.trained_at[:_DAY],
        )  # fmt: skip
    console = Console()
    console.width = max(console.width, _WIDE)
    console.print(table)


def _mark(known: Manifest, entry: Entry) -> str:
    return {known.previous: "-", known.active: "*"}.get(entry.name, "")


def _held_from(entry: Entry) -> str:
    """A line for each label, as in the column beside it."""
    return "\n".join(
        ", ".join(f"{language} {threshold:.2f}" for language, threshold in by_language.items())
        for by_language in entry.thresholds.values()
    )
