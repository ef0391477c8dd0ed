"""What `anti_bump` sorts by, as PostgreSQL works it out, whatever was taken back and whoever wrote at once."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, update

from discuss.domain.articles import Article
from discuss.domain.sites import Site
from discuss.store import bumps
from discuss.store.database import Tx
from discuss.store.tables import articles, comments
from discuss.usecases.services import Services
from tests.authors import person
from tests.machines.model import Piece, Remark

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
MINUTES = st.integers(0, 4).map(lambda minute: NOON + timedelta(minutes=minute))

remarks = st.lists(
    st.builds(Remark, st.integers(0, 2), MINUTES, st.booleans(), st.uuids()),
    max_size=7, unique_by=lambda remark: remark.key,
)  # fmt: skip
often = settings(
    max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)


@pytest.fixture
async def authors(services: Services, site: Site) -> list[UUID | None]:
    return [(await person(services, site)).account_id for _ in range(3)]


async def write(tx: Tx, article: Article, authors: list[UUID | None], made: list[Remark]) -> None:
    rows = [
        {
            "id": remark.key, "site_id": article.site_id, "article_id": article.id, "author_id": authors[int(str(remark.author))],
            "root_id": remark.key, "depth": 0, "created_at": remark.at, "first_visible_at": remark.at,
            "visible_revision_id": remark.key if remark.visible else None,
        }
        for remark in made
    ]  # fmt: skip
    if rows:
        await tx.execute(insert(comments), rows)


async def bumped(tx: Tx, article: Article) -> datetime | None:
    found: datetime | None = await tx.scalar(select(bumps.bumped_at()).where(articles.c.id == article.id))
    return found


@often
@given(made=remarks)
async def test_it_is_what_the_model_says(
    services: Services, article: Article, authors: list[UUID | None], made: list[Remark]
) -> None:
    piece = Piece(article.id, "", "", "en", NOON, remarks={remark.key: remark for remark in made})
    async with services.database.transaction() as tx:
        until_here = await tx.begin_nested()
        await write(tx, article, authors, made)
        assert await bumped(tx, article) == piece.bumped()
        await until_here.rollback()


@often
@given(made=remarks, which=st.integers(0, 6), goes_on=st.booleans())
async def test_neither_going_on_alone_nor_taking_back_brings_an_article_up(
    services: Services, article: Article, authors: list[UUID | None], made: list[Remark], which: int, goes_on: bool
) -> None:  # fmt: skip
    """Whatever the rule: this is what the setting promises."""
    visible = sorted((remark for remark in made if remark.visible), key=lambda r: (r.at, r.key))
    if not visible:
        return
    taken, last = visible[which % len(visible)], visible[-1]
    more = Remark(last.author, NOON + timedelta(hours=1), True, UUID(int=1))
    async with services.database.transaction() as tx:
        until_here = await tx.begin_nested()
        await write(tx, article, authors, made)
        before = await bumped(tx, article)
        assert before is not None
        if goes_on:
            await write(tx, article, authors, [more])
            assert await bumped(tx, article) == before
        at = datetime.now(UTC)
        await tx.execute(update(comments).where(comments.c.id == taken.key).values(deleted_at=at))
        after = await bumped(tx, article)
        await until_here.rollback()
    assert after is None or after <= before
