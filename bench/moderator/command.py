"""`python -m bench moderator`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import rich_click as click
from rich.console import Console

from bench import keeping
from bench.moderator import tables
from bench.moderator.replay import PER_HOUR, SEED, replay
from bench.options import data_option
from bench.roster import ROOT


@click.command()
@data_option
@click.option("--size", type=click.IntRange(min=100), default=2000, show_default=True, help="Comments.")
def moderator(folder: Path, size: int) -> None:
    """Replay labelled comments with a made-up moderator: as shipped, premoderated, and with lists of words only."""
    console = Console(soft_wrap=True)
    with console.status("") as status:
        told = replay(folder, size, status.update if console.is_terminal else console.print)
    console.print(tables.render(told), highlight=False, markup=False)
    record: dict[str, Any] = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"), "commit": keeping.commit(), "seed": SEED,
        "per_hour": PER_HOUR, "ways": told,
    }  # fmt: skip
    path = keeping.write(f"{datetime.now(UTC):%Y-%m-%d}-{keeping.commit()}-moderator.json", record)
    console.print(f"\nKept in {path.relative_to(ROOT)}")
