"""The feed while comments are published: in a stack of its own, because the bytes of the others must stay as they are."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from bench.feed import children, yardsticks
from bench.feed.bars import WHILE_WRITING
from bench.feed.comparing import Comparison
from bench.feed.filling import Plan
from bench.feed.house import House, house
from bench.feed.reads import SAME, raw_beside
from bench.feed.stack import Api
from bench.feed.writers import RATE, Writers
from bench.feed.wrk import Address


@dataclass(frozen=True, slots=True)
class Written:
    """`entrance` is the API process that the writers use; readers are served by the house's own."""

    house: House
    entrance: Api
    writers: Writers

    @property
    def reports(self) -> list[dict[str, Any]]:
        return self.writers.reports


@contextmanager
def written() -> Iterator[Written]:
    with house(Plan()) as found, found.stack.api(children.free_port()) as entrance:
        tokens, articles = found.filled.people.tokens, found.filled.articles
        yield Written(found, entrance, Writers(found.stack, entrance.base, tokens, articles))


def comparisons(found: Written, undo: ExitStack) -> Iterator[Comparison]:
    """The bar is for the comparison with the raw application on a quiet machine. In the second one, both have the writers beside them."""
    title, at_work = f"feed, 200, while {RATE} comments/s are published", found.writers.at_work
    ours = Address(found.house.feed)
    raw = raw_beside(found.house, undo, yardsticks.ask(found.house.feed).plain)
    alone, together = f"{SAME}, nobody writing", f"{SAME}, meanwhile too"
    yield Comparison("feed-writing", title, ours, raw, alone, WHILE_WRITING, meanwhile=at_work)
    yield Comparison("feed-writing-both", title, ours, raw, together, around=at_work)
