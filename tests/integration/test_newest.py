"""The rows that PostgreSQL answers with are those of the model, and to the byte those that a window answers with."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from discuss.domain.articles import Article
from discuss.domain.instants import from_micros
from discuss.domain.sites import Site
from discuss.feed.answers import Query, answer, page
from discuss.feed.facts import Placed, Position, place
from discuss.feed.reading import Delta
from discuss.feed.window import Window
from discuss.store import newest, tables
from discuss.store.articles import FIELDS
from discuss.store.database import Tx
from discuss.usecases.build_feeds import as_rows
from discuss.usecases.services import Services
from tests.machines.model import Line, Paper, Piece, Remark

NOW = datetime(2026, 1, 1, 1, tzinfo=UTC)
LIMIT = 3
MINUTES = st.integers(0, 6).map(lambda minute: NOW - timedelta(minutes=minute))
GROUPS = (None, None, UUID(int=0x21), UUID(int=0x45))

remarks = st.lists(st.builds(Remark, st.integers(0, 1), MINUTES, st.booleans()), max_size=3)
pieces = st.builds(
    Piece,
    id=st.just(UUID(int=0)),
    url=st.just(""),
    title=st.sampled_from(["Ice", "Лёд"]),
    language=st.sampled_from(["ru", "en"]),
    published=st.one_of(MINUTES, MINUTES, st.just(NOW + timedelta(minutes=1))),
    tags=st.sampled_from([(), ("fleet",), ("ice", "fleet")]),
    withdrawn=st.sampled_from([False, False, False, True]),
    group=st.sampled_from(GROUPS),
    remarks=remarks.map(lambda found: dict(enumerate(found))),
    votes=st.dictionaries(st.integers(0, 2), st.booleans()),
)


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    made = draw(st.lists(pieces, min_size=1, max_size=9))
    paper = Paper(NOW, joint=draw(st.booleans()), anti_bump=draw(st.booleans()))
    for number, piece in enumerate(made, start=1):
        given_id = UUID(int=16 * number)
        paper.pieces[given_id] = replace(piece, id=given_id, url=f"https://example.org/{number}")
    return paper


@asynccontextmanager
async def uncommitted(services: Services) -> AsyncIterator[Tx]:
    """A transaction that is rolled back on leaving, so that the next paper finds nothing of this one."""
    async with services.database.engine.connect() as tx:
        yield await tx.execution_options(isolation_level="READ COMMITTED")


async def write(tx: Tx, site: Site, paper: Paper) -> None:
    """Writes the paper without committing."""
    rows = [
        {name: getattr(article, name) for name in FIELDS}
        for article in map(Piece.article, paper.pieces.values())
    ]
    await tx.execute(insert(tables.articles), [row | {"site_id": site.id, "created_at": NOW} for row in rows])


async def below(tx: Tx, site: Site, paper: Paper, query: Query) -> list[Article]:
    after = None if query.after is None else (from_micros(query.after[0]), UUID(query.after[1]))
    return list(
        await newest.rows_below(
            tx, site.id, NOW, after, query.limit + 1, anti_bump=paper.anti_bump, language=query.language, tag=query.tag
        )
    )  # fmt: skip


def window(paper: Paper) -> Window:
    """The window of a process that follows the feed and knows all of it."""
    shown = [piece.article() for piece in paper.pieces.values() if piece.shown(NOW)]
    placed: list[Placed] = [place(article, 1, anti_bump=paper.anti_bump) for article in shown]
    return Window(Delta("epoch", 1, 0, None, paper.joint, True, placed, {}))


def position(line: Line) -> Position:
    return (line.at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1), str(line.row)


def pointless(body: bytes) -> bytes:
    """An answer without its point, which is the only difference between the two stores."""
    without, found = re.subn(rb'"point":"epoch\.\d+"', b"", body)
    assert found == 1
    return without


@settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)
@given(
    paper=papers(),
    language=st.sampled_from([None, "ru", "en", "de"]),
    tag=st.sampled_from([None, "fleet", "ice"]),
)
async def test_every_page_is_that_of_the_model_and_of_a_window(
    services: Services, site: Site, paper: Paper, language: str | None, tag: str | None
) -> None:
    known, lines = window(paper), paper.lines(language, tag)
    async with uncommitted(services) as tx:
        await write(tx, site, paper)
        for first in range(0, len(lines) + 1, LIMIT):
            query = Query(LIMIT, language, tag, after=position(lines[first - 1]) if first else None)
            found = await below(tx, site, paper, query)
            expected = lines[first : first + LIMIT + 1]
            assert sorted(a.id for a in found) == sorted(p.id for line in expected for p in line.members)
            rows = as_rows(paper.site, found)
            assert [row.position for row in rows] == [position(line) for line in expected]
            told = answer(site.slug, known, query)
            assert told is not None
            assert pointless(page(site.slug, "epoch.9", rows, query, {}).body) == pointless(told.body)


@settings(
    max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)
@given(paper=papers(), chosen=st.sets(st.integers(0, 8), min_size=1, max_size=3))
async def test_changed_articles_are_read_with_all_their_editions_hidden_ones_too(
    services: Services, site: Site, paper: Paper, chosen: set[int]
) -> None:
    ids = {list(paper.pieces)[number % len(paper.pieces)] for number in chosen}
    async with uncommitted(services) as tx:
        await write(tx, site, paper)
        found = await newest.with_editions(tx, list(ids))
    expected = [replace(piece.article(), site_id=site.id) for piece in paper.around(ids)]
    assert sorted(found, key=lambda a: a.id) == sorted(expected, key=lambda a: a.id)
