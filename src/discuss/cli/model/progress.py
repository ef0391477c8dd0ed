"""The progress of something that takes minutes."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeElapsedColumn

from discuss.classify.train import Announce

COLUMNS = (TextColumn("{task.description:32}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())


@contextmanager
def bars(console: Console) -> Iterator[Announce]:
    """A bar for each stage that is announced. The bar of a stage with a single step moves to and fro until it is done."""
    tasks: dict[str, TaskID] = {}
    with Progress(*COLUMNS, console=console) as progress:

        def announce(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = progress.add_task(stage, total=None)
            known = total if total > 1 or done else None
            progress.update(tasks[stage], completed=done, total=known)

        yield announce
