"""`discuss replay`."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import msgspec
import rich_click as click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from discuss.cli.replaying import report
from discuss.cli.replaying.lines import Line, read
from discuss.cli.replaying.posting import Posted, post_all, register_articles
from discuss.cli.running import configured, with_services
from discuss.cli.telling import json_option
from discuss.domain.sites import Site
from discuss.errors import SetupFailed
from discuss.usecases.rehearse import Rehearsal, how_it_went, rehearse, still_pending
from discuss.usecases.services import Services

LOOK = 0.2
STUCK = 60.0
"""Seconds without one decision after which we stop waiting and say so."""

err = Console(stderr=True, highlight=False)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--readers", default=50, show_default=True, type=click.IntRange(1, 1000), help="How many accounts post."
)
@click.option(
    "--articles",
    default=100,
    show_default=True,
    type=click.IntRange(1, 100_000),
    help="How many articles they post on.",
)
@click.option(
    "--concurrency",
    default=16,
    show_default=True,
    type=click.IntRange(1, 256),
    help="How many requests are in flight at once.",
)
@click.option("--most", type=click.IntRange(1), help="Stop after this many lines.")
@click.option("--url", help="Where the API listens. Default: DISCUSS_HOST and DISCUSS_PORT.")
@json_option
def replay(
    file: Path,
    readers: int,
    articles: int,
    concurrency: int,
    most: int | None,
    url: str | None,
    *,
    as_json: bool,
) -> None:
    """Post the comments in FILE through the HTTP API and report what became of them.

    FILE has one JSON object per line: {"text": "…", "language": "ru", "labels": {"toxic": 1}}; only the text is
    required. A separate site is created for the run, with its own readers, tokens and limits; it is kept so that you
    can look at it. Exits with 1 if any comment was lost or left undecided, or if none was accepted.
    """
    lines = read(file, most)
    base_url = url or configured().local_url

    async def run(services: Services) -> report.Report:
        async with httpx.AsyncClient(
            base_url=base_url, timeout=30, limits=httpx.Limits(max_connections=concurrency)
        ) as client:
            (await client.get("/health/ready")).raise_for_status()
            rehearsal = await rehearse(services, readers)
            ids = await register_articles(client, rehearsal, articles)
            posted = await _post(client, rehearsal, ids, lines, concurrency)
        undecided = await _await_decisions(services, rehearsal.site, len(posted.accepted))
        return report.make(
            rehearsal.site.slug, posted, await how_it_went(services, rehearsal.site), undecided
        )

    try:
        made = with_services(run)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise SetupFailed(
            f"The API at {base_url} does not answer as expected: {error}. Is it on another port? See --url."
        ) from error
    if as_json:
        click.echo(msgspec.json.encode(made).decode())
    else:
        _print(made)
    sys.exit(0 if made.accepted and not made.lost and not made.undecided else 1)


async def _post(
    client: httpx.AsyncClient, rehearsal: Rehearsal, ids: list[str], lines: list[Line], concurrency: int
) -> Posted:
    with _progress("Posting", len(lines)) as advance:
        return await post_all(client, rehearsal, ids, lines, concurrency, advance)


async def _await_decisions(services: Services, site: Site, accepted: int) -> int:
    """How many were left undecided when progress stopped; normally 0."""
    with _progress("Deciding", accepted) as advance:
        left, idle = accepted, 0.0
        while left and idle < STUCK:
            now = await still_pending(services, site)
            for _ in range(left - now):
                advance()
            idle = 0.0 if now < left else idle + LOOK
            left = now
            await asyncio.sleep(LOOK if left else 0)
    return left


@contextmanager
def _progress(what: str, total: int) -> Iterator[Callable[[], None]]:
    columns = (TextColumn("{task.description:<9}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)


def _print(made: report.Report) -> None:
    table = Table(title=f"Replay on site {made.site}", show_header=False, title_justify="left")
    table.add_row("accepted", f"{made.accepted:,} ({made.accepted_per_second:,} per second)")
    table.add_row("refused", ", ".join(f"{code}: {count}" for code, count in made.refused.items()) or "none")
    table.add_row("lost · undecided", f"{made.lost} · {made.undecided}")
    table.add_row("post to decision", f"p50 {made.decision_ms_p50:,} ms · p99 {made.decision_ms_p99:,} ms")
    table.add_row("decisions", ", ".join(f"{kind}: {count:,}" for kind, count in made.decisions.items()))
    table.add_row("reasons", ", ".join(f"{kind}: {count:,}" for kind, count in made.reasons.items()))
    for one in made.agreement:
        caught = f"{one.positives_caught:.1%} of {one.positives:,} with it, {one.negatives_caught:.1%} of {one.negatives:,} without"
        table.add_row(f"kept back: {one.label}", caught)
    Console(highlight=False).print(table)
