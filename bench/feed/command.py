"""`python -m bench feed`."""

import platform
import signal
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import rich_click as click
from rich.console import Console

from bench import keeping
from bench.feed import bars, page, record, tables
from bench.feed.comparing import Effort
from bench.feed.order import PARTS, Order
from bench.feed.run import run
from bench.processes import Failed
from bench.roster import ROOT
from discuss.errors import SetupFailed

_QUICK = Effort(pairs=2, seconds=1, patience=0)
_QUICK_ARTICLES, _QUICK_DECISIONS = 20_000, 20


@click.command()
@click.option(
    "--pairs",
    type=click.IntRange(min=1),
    default=bars.SOUND_PAIRS,
    show_default=True,
    help="Pairs of samples.",
)
@click.option(
    "--seconds", type=click.IntRange(min=1), default=3, show_default=True, help="Length of a sample."
)
@click.option(
    "--large",
    type=click.IntRange(min=1000),
    default=bars.LARGE,
    show_default=True,
    help="Articles of the large case.",
)
@click.option(
    "--only", "parts", type=click.Choice(PARTS), multiple=True, help="One part of it; may be repeated."
)
@click.option(
    "--quick",
    is_flag=True,
    help="Only to see that it works: few, short samples, and whatever else the machine does.",
)
def feed(*, pairs: int, seconds: int, large: int, parts: Sequence[str], quick: bool) -> None:
    """Measure the feed next to nginx and to a raw ASGI application with the same bytes."""
    console = Console(soft_wrap=True)
    usual = Order(parts or PARTS, Effort(pairs, seconds), large)
    order = Order(parts or PARTS, _QUICK, min(large, _QUICK_ARTICLES), _QUICK_DECISIONS) if quick else usual
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("The bench was ended."))  # and what it started ends too
    try:
        with console.status("") as status:
            found = run(order, status.update if console.is_terminal else console.print)
    except (Failed, SetupFailed) as failed:
        sys.exit(f"The bench cannot go on: {failed}")
    _keep(console, {**_circumstances(), **record.as_json(order, found)})


def _keep(console: Console, kept: dict[str, Any]) -> None:
    """Only a complete run changes what the documentation shows."""
    rendered = tables.render(kept)
    console.print(rendered, highlight=False, markup=False)
    path = keeping.write("feed.json" if kept["complete"] else "feed-partial.json", kept)
    console.print(f"\nKept in {path.relative_to(ROOT)}")
    if kept["complete"]:
        console.print(f"Shown in {page.show(rendered).relative_to(ROOT)}")


def _circumstances() -> dict[str, Any]:
    return {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": keeping.commit(),
        "python": platform.python_version(),
        "machine": platform.platform(),
    }
