"""`python -m bench moderation`."""

import platform
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import rich_click as click
from rich.console import Console

from bench import keeping
from bench.feed import page
from bench.moderation import latency, plans, tables
from bench.moderation.comments import Plan as Size
from bench.processes import Failed
from bench.roster import ROOT
from discuss.errors import SetupFailed

PAGE = ROOT / "docs" / "moderation-benchmark.md"
_QUICK, _QUICK_EACH = 40_000, 3


@click.command()
@click.option(
    "--comments",
    type=click.IntRange(min=10_000),
    default=Size().comments,
    show_default=True,
    help="In the database.",
)
@click.option(
    "--each",
    type=click.IntRange(min=1),
    default=latency.SOUND_EACH,
    show_default=True,
    help="Questions of each kind.",
)
@click.option(
    "--keep",
    type=click.Path(file_okay=False, path_type=Path),
    help="A folder to fill and to leave, or filled by an earlier run.",
)
@click.option("--quick", is_flag=True, help="Only to see that it works: few comments, few questions.")
def moderation(*, comments: int, each: int, keep: Path | None, quick: bool) -> None:
    """Measure how long moderators wait for their queues, items, searches and records."""
    console = Console(soft_wrap=True)
    size, asked = (of_size(_QUICK), _QUICK_EACH) if quick else (of_size(comments), each)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("The bench was ended."))  # and what it started ends too
    try:
        with console.status("") as status:
            found = latency.latency(
                size, asked, keep, status.update if console.is_terminal else console.print
            )
    except (Failed, SetupFailed, httpx.HTTPError) as failed:
        sys.exit(f"The bench cannot go on: {failed}")
    _keep(console, {**_circumstances(), **latency.as_json(size, asked, found)}, plans.listing(found.plans))


def of_size(comments: int) -> Size:
    """A plan with the same shares of held, rejected and reported comments as among two million."""
    usual = Size()
    share = comments / usual.comments
    held, rejected, reported = (round(part * share) for part in (usual.held, usual.rejected, usual.reported))
    return Size(comments=comments, held=held, rejected=rejected, reported=reported)


def _keep(console: Console, kept: dict[str, Any], listing: str) -> None:
    """Only a complete run changes what the documentation shows."""
    rendered = tables.render(kept)
    console.print(rendered, highlight=False, markup=False)
    name = "moderation" if kept["complete"] else "moderation-partial"
    path = keeping.write(f"{name}.json", kept)
    explained = path.with_name(f"{name}-plans.txt")
    explained.write_text(listing, encoding="utf-8")
    console.print(f"\nKept in {path.relative_to(ROOT)} and {explained.relative_to(ROOT)}")
    if kept["complete"]:
        console.print(f"Shown in {page.show(rendered, PAGE).relative_to(ROOT)}")


def _circumstances() -> dict[str, Any]:
    return {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": keeping.commit(),
        "python": platform.python_version(),
        "machine": platform.platform(),
    }
