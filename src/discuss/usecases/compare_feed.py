"""Compares a site's feed in Redis with PostgreSQL, row by row, as far down as the feed goes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from discuss.domain.sites import Site
from discuss.feed.facts import Facts, Row
from discuss.feed.window import Window
from discuss.store import newest
from discuss.store.database import Tx
from discuss.usecases.build_feeds import as_rows
from discuss.usecases.services import Services


@dataclass(frozen=True, slots=True)
class Said:
    """What one store says about an article: its facts, the row it stands in, and its last activity in microseconds."""

    facts: Facts
    row_id: str
    at: int


@dataclass(frozen=True, slots=True)
class Difference:
    """`held` is what Redis says about an article, `true` what PostgreSQL says; None: the article is not there."""

    article_id: str
    held: Said | None
    true: Said | None

    @property
    def id(self) -> UUID:
        return UUID(self.article_id)

    @property
    def told(self) -> str:
        if self.true is None:
            return f"article {self.article_id}: in the feed, but readers may not see it"
        if self.held is None:
            return f"article {self.article_id}: missing from the feed"
        return f"article {self.article_id}: the feed says {self.held}, the database {self.true}"


async def compare_feed(tx: Tx, services: Services, site: Site) -> Sequence[Difference]:
    """Only meaningful at rest. A feed that is not built lacks every article. Raises `RedisError` while Redis is away."""
    delta = await services.reader.read(site.slug)
    window = None if delta is None else Window(delta)
    held = {} if window is None else _said(window.below(None))
    articles = await newest.rows_below(
        tx, site.id, services.clock(), None, services.projection.window, anti_bump=site.settings.anti_bump
    )
    edge = None if window is None else window.edge
    true = _said(row for row in as_rows(site, articles) if edge is None or row.position > edge)
    return [
        Difference(name, held.get(name), true.get(name))
        for name in sorted(held.keys() | true.keys())
        if held.get(name) != true.get(name)
    ]


def _said(rows: Iterable[Row]) -> dict[str, Said]:
    return {m.facts.id: Said(m.facts, m.row_id, m.at) for row in rows for m in row.placed}
