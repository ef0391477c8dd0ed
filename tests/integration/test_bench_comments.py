"""What the bench writes straight into the tables fits the schema: otherwise a new column would only break the next measurement."""

from datetime import UTC, datetime

import asyncpg

from bench.feed.comments import Written, add_comments
from discuss.domain.accounts import Principal
from discuss.domain.articles import Article
from discuss.domain.sites import Site
from discuss.domain.states import State
from discuss.settings import Settings
from discuss.store import comments
from discuss.usecases.services import Services


async def test_what_was_written_is_in_the_state_it_was_meant_to_be_in(
    services: Services, configured: Settings, site: Site, article: Article, reader: Principal
) -> None:
    assert reader.account_id is not None
    shown, held = (
        Written(article.id, reader.account_id, text, datetime.now(UTC), shown=text == "Seen.")
        for text in ("Seen.", "Held.")
    )
    connection = await asyncpg.connect(configured.database_url)
    try:
        await add_comments(connection, site.id, [shown, held])
    finally:
        await connection.close()
    async with services.database.reading() as tx:
        found = [(await comments.newest(tx, site.id, one.id)).revision for one in (shown, held)]
    assert [revision and revision.state for revision in found] == [State.PUBLISHED, State.HELD]
