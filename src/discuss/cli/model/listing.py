"""`discuss model list`."""

from pathlib import Path

import rich_click as click
from rich.console import Console
from rich.table import Table

from discuss.classify import manifest
from discuss.cli.model.options import models_option


@click.command("list")
@models_option
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
