"""The newest comments of a site are found without looking at the others, and are the same as if all had been looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import func, insert, select, text, update

from discuss.domain.accounts import Principal
from discuss.domain.latest_comments import LatestComment
from discuss.domain.sites import Site
from discuss.store import latest_comments
from discuss.store.database import Tx
from discuss.store.tables import articles, comments, revisions
from discuss.store.tables.comments import VISIBLE
from discuss.usecases.services import Services

LANGUAGES = ("ru", "en")


@dataclass(frozen=True)
class Written:
    """A comment and all that decides whether it is shown."""

    id: UUID
    at: datetime
    language: str
    article_shown: bool
    visible: bool


async def write(tx: Tx, services: Services, site: Site, author: UUID, seed: int) -> Sequence[Written]:
    """Articles and comments in random order; no two became visible at the same moment."""
    chance, now = Random(seed), services.clock()  # noqa: S311 - the same chance every time
    moments = chance.sample(range(1, 100_000), 150)
    made: list[Written] = []
    for number in range(25):
        article, language = services.new_id(), chance.choice(LANGUAGES)
        gone, later = chance.random() < 0.15, chance.random() < 0.15
        out = now + timedelta(days=1) if later else now - timedelta(days=chance.randrange(3))
        await tx.execute(insert(articles).values(
            id=article, site_id=site.id, external_id=str(number), url=f"https://example.org/{number}", title=f"Article {number}",
            language=language, tags=[], commenting="open", published_at=out, withdrawn_at=now if gone else None, version=1,
            comment_count=0, created_at=now,
        ))  # fmt: skip
        for moment in [moments.pop() for _ in range(6)]:
            at, visible = now - timedelta(seconds=moment), chance.random() < 0.7
            comment = await write_comment(tx, services, site, article, author, at, visible=visible)
            made.append(Written(comment, at, language, not (gone or later), visible))
    newest = select(func.max(comments.c.first_visible_at)).where(
        comments.c.article_id == articles.c.id, VISIBLE
    )
    await tx.execute(
        update(articles).where(articles.c.site_id == site.id).values(last_comment_at=newest.scalar_subquery())
    )
    return made


async def write_comment(
    tx: Tx, services: Services, site: Site, article: UUID, author: UUID, at: datetime, *, visible: bool
) -> UUID:
    comment, revision = services.new_id(), services.new_id()
    await tx.execute(insert(comments).values(
        id=comment, site_id=site.id, article_id=article, author_id=author, root_id=comment, depth=0, created_at=at,
        first_visible_at=at, visible_revision_id=revision if visible else None,
    ))  # fmt: skip
    await tx.execute(insert(revisions).values(
        id=revision, site_id=site.id, comment_id=comment, number=1, source="a", html="<p>a</p>", state="published", created_at=at,
    ))  # fmt: skip
    return comment


def expected(made: Sequence[Written], language: str | None, limit: int) -> list[UUID]:
    shown = [w for w in made if w.visible and w.article_shown and language in {None, w.language}]
    return [w.id for w in sorted(shown, key=lambda w: w.at, reverse=True)][:limit]


@pytest.mark.parametrize("seed", range(4))
async def test_they_are_those_that_looking_at_every_comment_would_find(
    services: Services, site: Site, reader: Principal, seed: int
) -> None:
    assert reader.account_id is not None
    async with services.database.transaction() as tx:
        made = await write(tx, services, site, reader.account_id, seed)
        for language in (None, *LANGUAGES, "de"):
            for limit in (1, 2, 7, 50):
                found = await latest_comments.of_site(tx, site.id, language, services.clock(), limit)
                assert [comment.id for comment in found] == expected(made, language, limit)


async def test_of_their_author_there_is_the_name_alone(
    services: Services, site: Site, reader: Principal
) -> None:
    assert reader.account_id is not None
    async with services.database.transaction() as tx:
        await write(tx, services, site, reader.account_id, seed=5)
        found = await latest_comments.of_site(tx, site.id, None, services.clock(), 50)
    told = [value for comment in found for value in vars_of(comment).values()]
    assert {comment.author_name for comment in found} == {reader.name}
    assert reader.account_id not in told


def vars_of(comment: LatestComment) -> dict[str, object]:
    return {name: getattr(comment, name) for name in LatestComment.__slots__}


@pytest.mark.parametrize(
    ("language", "index", "other"),
    [
        (None, "ix_articles_commented", "ix_articles_commented_language"),
        ("ru", "ix_articles_commented_language", "ix_articles_commented"),
    ],
)
async def test_the_indexes_serve_the_question(
    services: Services, site: Site, reader: Principal, language: str | None, index: str, other: str
) -> None:
    """For small tables PostgreSQL may read them any way; here only the index is left, until the transaction is rolled back."""
    assert reader.account_id is not None
    async with services.database.transaction() as tx:
        await write(tx, services, site, reader.account_id, seed=6)
        until_here = await tx.begin_nested()
        await tx.execute(text(f"DROP INDEX {other}"))
        await tx.execute(text("SET LOCAL enable_seqscan = off"))
        await tx.execute(text("SET LOCAL enable_sort = off"))
        before = await uses(tx, index), await uses(tx, "ix_comments_visible")
        await latest_comments.of_site(tx, site.id, language, services.clock(), 10)
        after = await uses(tx, index), await uses(tx, "ix_comments_visible")
        await until_here.rollback()
    assert all(now > earlier for earlier, now in zip(before, after, strict=True))


async def uses(tx: Tx, index: str) -> int:
    """How often the index was used, including by this transaction."""
    query = text(
        "SELECT pg_stat_get_numscans(c.oid) + pg_stat_get_xact_numscans(c.oid) FROM pg_class c WHERE relname = :name"
    )
    return int(await tx.scalar(query, {"name": index}) or 0)
