"""Rare entries of a long record are found without looking at the others."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, event, text

from discuss.domain.accounts import Principal
from discuss.domain.articles import Article
from discuss.domain.decisions import Reason
from discuss.domain.record import Entry, Wanted
from discuss.domain.rulings import Ruling
from discuss.domain.sites import Site
from discuss.domain.states import State
from discuss.store import record
from discuss.usecases.decide import decide
from discuss.usecases.register_site import register_site
from discuss.usecases.services import Services
from tests.judging import drain, moderator_of, write

MANY, PAGE = 10_000, 50
FILL = """
INSERT INTO decisions (id, site_id, revision_id, author_id, previous_id, state, source, reasons, created_at)
SELECT gen_random_uuid(), :site, :revision, :author, gen_random_uuid(), :state, 'policy', string_to_array(:reason, ' '),
       CAST(:at AS timestamptz) - n * interval '1 second'
FROM generate_series(1, :many) AS n
"""
"""Decisions by the machine about one text, one second apart."""


@contextmanager
def explained(services: Services) -> Iterator[list[Any]]:
    """Collects the plans of the queries run meanwhile, with what PostgreSQL actually did."""
    engine, plans = services.database.engine.sync_engine, list[Any]()

    def explain(connection: Connection, _: object, statement: str, parameters: Any, *__: object) -> None:
        if "decisions" in statement and not statement.startswith("EXPLAIN"):
            told = connection.exec_driver_sql("EXPLAIN (ANALYZE, FORMAT JSON) " + statement, parameters)
            plan = told.scalar_one()
            plans.append((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])

    event.listen(engine, "before_cursor_execute", explain)
    try:
        yield plans
    finally:
        event.remove(engine, "before_cursor_execute", explain)


def looked_at(plan: Any) -> int:
    """How many rows of decisions were read, whether or not they were used."""
    own = 0
    if plan.get("Relation Name") == "decisions":
        passed = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)
        own = int(plan["Actual Loops"] * (passed + plan.get("Rows Removed by Index Recheck", 0)))
    return own + sum(looked_at(below) for below in plan.get("Plans", ()))


async def fill(
    services: Services, site: Site, reader: Principal, revision: UUID, state: State, reason: str
) -> None:
    given = {"site": site.id, "revision": revision, "author": reader.account_id, "state": state, "reason": reason,
             "many": MANY, "at": services.clock()}  # fmt: skip
    async with services.database.transaction() as tx:
        await tx.execute(text(FILL), given)


@pytest.fixture
async def rare(services: Services, site: Site, reader: Principal, article: Article) -> UUID:
    """One rejection for a threat, at a site with very many other decisions; at another site it is the most common reason."""
    comment = await write(services, site, reader, article, "fine")
    await drain(services)
    assert comment.revision is not None
    ruling = Ruling(State.REJECTED, Reason.THREAT)
    made = await decide(services, moderator_of(site, reader), site.slug, comment.revision.id, ruling)
    elsewhere = await register_site(services, f"elsewhere-{site.slug}", "Elsewhere")
    await fill(services, elsewhere, reader, comment.revision.id, State.REJECTED, "threat")
    for state, reason in ((State.PUBLISHED, "clear"), (State.HELD, "toxic insult")):
        await fill(services, site, reader, comment.revision.id, state, reason)
    async with services.database.transaction() as tx:
        await tx.execute(text("ANALYZE decisions"))
    return made.id


async def page(
    services: Services, site: Site, wanted: Wanted, after: tuple[datetime, UUID] | None = None
) -> Sequence[Entry]:
    async with services.database.reading() as tx:
        return await record.page(tx, site.id, wanted, after, PAGE)


async def test_what_is_rare_at_a_site_is_found_without_looking_through_all_of_its_record(
    services: Services, site: Site, rare: UUID
) -> None:
    wanted = {Wanted(state=State.REJECTED): 10, Wanted(reason=Reason.THREAT): record.NEWEST + 10,
              Wanted(state=State.REJECTED, reason=Reason.THREAT): record.NEWEST + 10}  # fmt: skip
    for asked, most in wanted.items():
        with explained(services) as plans:
            entries = await page(services, site, asked)
        assert [entry.decision.id for entry in entries] == [rare]
        assert 0 < sum(map(looked_at, plans)) <= most, plans
    assert record.NEWEST < MANY
    old = entries[0].decision.created_at - timedelta(hours=1)
    assert len(await page(services, site, Wanted(reason=Reason.INSULT, until=old))) == PAGE
    comment = entries[0].comment_id
    assert await page(services, site, Wanted(reason=Reason.THREAT, comment_id=comment)) == entries
    assert await page(services, site, Wanted(reason=Reason.THREAT, comment_id=site.id)) == []


async def test_what_is_usual_is_read_from_the_newest_on(services: Services, site: Site, rare: UUID) -> None:
    states = [Wanted(state=State.PUBLISHED), Wanted(state=State.HELD)]
    for asked in (Wanted(), *states, Wanted(reason=Reason.CLEAR), Wanted(reason=Reason.INSULT)):
        with explained(services) as plans:
            entries = await page(services, site, asked)
        assert len(entries) == PAGE
        assert rare not in {entry.decision.id for entry in entries} or asked == Wanted()
        assert 0 < sum(map(looked_at, plans)) <= 4 * PAGE, plans


async def test_pages_follow_each_other_whether_a_reason_is_usual_or_rare(
    services: Services, site: Site, rare: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "NEWEST", 120)
    first = await page(services, site, Wanted(reason=Reason.INSULT))
    place = (first[-1].decision.created_at, first[-1].decision.id)
    second = await page(services, site, Wanted(reason=Reason.INSULT), place)
    assert len({entry.decision.id for entry in (*first, *second)} - {rare}) == 2 * PAGE
    told = [entry.decision.created_at for entry in (*first, *second)]
    assert told == sorted(told, reverse=True)
    assert await page(services, site, Wanted(reason=Reason.THREAT), place) == []
