"""Holds a site's feed in Redis against PostgreSQL, row by row, as far down as the feed goes."""

from collections.abc import Sequence
from dataclasses import dataclass

from discuss.domain.sites import Site
from discuss.feed.facts import Placed
from discuss.feed.window import Window
from discuss.store import newest
from discuss.store.database import Tx
from discuss.usecases.build_feeds import as_rows
from discuss.usecases.services import Services


@dataclass(frozen=True, slots=True)
class Difference:
    """`held` is what Redis says of an article, `true` what PostgreSQL says; None: nothing."""

    article_id: str
    held: Placed | None
    true: Placed | None

    @property
    def told(self) -> str:
        if self.true is None:
            return f"article {self.article_id}: in the feed, but readers may not see it"
        if self.held is None:
            return f"article {self.article_id}: missing from the feed"
        return f"article {self.article_id}: the feed says {_said(self.held)}, the database {_said(self.true)}"


def _said(placed: Placed) -> str:
    return f"{placed.facts} active at {placed.at} in row {placed.row_id}"


async def compare_feed(tx: Tx, services: Services, site: Site) -> Sequence[Difference]:
    """Meaningful at rest. A feed that is not built lacks every article. Raises `RedisError` while Redis is away."""
    delta = await services.reader.read(site.slug)
    window = None if delta is None else Window(delta)
    held = {} if window is None else {m.facts.id: m for row in window.below(None) for m in row.placed}
    articles = await newest.rows_below(
        tx, site.id, services.clock(), None, services.projection.window, anti_bump=site.settings.anti_bump
    )
    edge = None if window is None else window.edge
    rows = [row for row in as_rows(site, articles) if edge is None or row.position > edge]
    true = {m.facts.id: m for row in rows for m in row.placed}
    return [
        Difference(name, held.get(name), true.get(name))
        for name in sorted(held.keys() | true.keys())
        if _known(held.get(name)) != _known(true.get(name))
    ]


def _known(placed: Placed | None) -> object:
    return placed and (placed.facts, placed.row_id, placed.at)
