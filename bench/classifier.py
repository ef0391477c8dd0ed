"""`python -m bench classifier`: what the classifier costs and how good it is, next to the packages a Python site would pick instead."""

import platform
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import rich_click as click
from rich.console import Console

from bench import curves, heldout, keeping, machine, quality, speed, tables
from bench.processes import Failed
from bench.roster import ROOT
from discuss.classify import manifest, registry


@click.command("classifier")
@click.option(
    "--data",
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Labelled comments: measure quality too.",
)
@click.option(
    "--rounds", type=click.IntRange(min=1), default=5, show_default=True, help="Rounds of the speed."
)
@click.option(
    "--plain",
    "taught",
    default="20000",
    show_default=True,
    callback=lambda _context, _option, value: _rows_or_all(value),
    help="Training rows for the plain pipeline, or `all`.",
)
def classifier(folder: Path | None, rounds: int, taught: str) -> None:
    """Measure the classifier next to the packages a Python site would pick instead."""
    console, name = tables.wide_console(), f"{datetime.now(UTC):%Y-%m-%d}-{keeping.commit()}"
    record: dict[str, Any] = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        **_circumstances(),
    }
    try:
        _measure(console, record, name, folder, rounds, taught)
    except Failed as failed:
        sys.exit(f"The bench cannot go on: {failed}")
    finally:
        if "speed" in record:
            path = keeping.write(f"{name}.json", record)
            console.print(f"Kept in {path.relative_to(ROOT)}")


def _measure(
    console: Console, record: dict[str, Any], name: str, folder: Path | None, rounds: int, taught: str
) -> None:
    with console.status("") as status:
        record["speed"] = speed.measure(rounds, status.update)
    tables.show_speed(console, record["speed"], rounds)
    if folder:
        record["quality"] = _quality(console, folder, taught, name)
    else:
        console.print(
            "Quality was not measured: it takes labelled comments, make bench PART=classifier DATA=/path/to/data"
        )


def _quality(console: Console, folder: Path, taught: str, name: str) -> dict[str, Any]:
    with console.status("reading and dividing the labelled comments") as status:
        held = heldout.read(folder)
        scores = quality.yardsticks(held, taught, status.update)
        status.update("scoring with our own")
        found = curves.lines(held.rows, quality.ours(held.rows), scores)
    tables.show_quality(console, found, taught)
    path = keeping.write(f"{name}-yardsticks.json", scores)
    console.print(
        f"Every score of the others: {path.relative_to(ROOT)}, for discuss model evaluate --yardsticks"
    )
    return {"plain_taught": taught, **curves.as_json(found)}


def _rows_or_all(value: str) -> str:
    if value != quality.EVERYTHING and not (value.isdecimal() and int(value)):
        raise click.BadParameter(f"a number of rows, or {quality.EVERYTHING}")
    return value


def _circumstances() -> dict[str, Any]:
    entry = manifest.read(registry.default_models_dir()).entry()
    return {
        "model": f"{entry.name} {entry.version}",
        "model_sha256": entry.sha256,
        "commit": keeping.commit(),
        "python": platform.python_version(),
        "machine": platform.platform(),
        "core": machine.last_core(),
    }
