"""The entries of the moderators' queues agree with the record, whatever happened in whatever order."""

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest
from alembic.script import ScriptDirectory
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import delete as remove
from sqlalchemy import insert, select, text, update

from discuss.domain.accounts import Principal
from discuss.domain.articles import Article
from discuss.domain.comments import Comment
from discuss.domain.policy import Threshold
from discuss.domain.queue import Weighed, risk, uncertainty
from discuss.domain.sites import Site
from discuss.domain.states import State
from discuss.store import queue_entries, truth
from discuss.store.migrating import configuration
from discuss.store.tables import queue_entries as entries
from discuss.store.tables import reporters, reports, signals
from discuss.usecases.delete import delete
from discuss.usecases.edit import edit
from discuss.usecases.renew_reach import renew_reach
from discuss.usecases.services import Services
from tests.integration.test_explaining import change
from tests.judging import decide_on, disagreements, drain, write


async def entry(services: Services, comment: Comment) -> Any:
    """The entry as it is stored, or None."""
    async with services.database.reading() as tx:
        return (await tx.execute(select(entries).where(entries.c.comment_id == comment.id))).first()


async def wrong(services: Services, site: Site) -> Sequence[UUID]:
    async with services.database.reading() as tx:
        return await truth.wrong_entries(tx, site.id)


async def settle(services: Services, comment: Comment) -> None:
    async with services.database.transaction() as tx:
        await queue_entries.settle(tx, [comment.id])


async def test_a_decided_comment_has_an_entry_and_a_waiting_one_has_none(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    held = await write(services, site, reader, article, "toxic")
    await drain(services)
    waiting = await write(services, site, reader, article, "later")
    assert await entry(services, waiting) is None
    row = await entry(services, held)
    assert (row.state, row.decided_by, row.labels, row.language) == ("held", "policy", ["toxic"], "en")
    assert (row.site_id, row.article_id, row.author_id) == (site.id, article.id, held.author_id)
    assert (row.risk, row.uncertainty, row.reports) == (1, 0, 0)


async def test_a_person_who_decides_changes_the_entry(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    comment = await write(services, site, reader, article, "toxic")
    await drain(services)
    await decide_on(services, site, reader, comment, State.PUBLISHED)
    row = await entry(services, comment)
    assert (row.state, row.decided_by, row.labels, row.risk) == ("published", "person", [], 1)
    assert row.reach == 1


async def test_an_edit_takes_the_place_of_the_first_text_once_it_is_decided(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    comment = await write(services, site, reader, article, "toxic")
    await drain(services)
    await edit(services, reader, site.slug, comment.id, "fine, as everybody can see")
    assert (await entry(services, comment)).number == 1
    await drain(services)
    row = await entry(services, comment)
    assert (row.number, row.state) == (2, "published")
    assert await wrong(services, site) == []


async def test_a_deleted_comment_leaves_the_queues(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    comment = await write(services, site, reader, article, "toxic")
    await drain(services)
    await delete(services, reader, site.slug, comment.id)
    assert await entry(services, comment) is None


async def test_a_decision_about_a_deleted_comment_brings_it_back_into_no_queue(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    comment = await write(services, site, reader, article, "toxic")
    await delete(services, reader, site.slug, comment.id)
    await drain(services)
    assert await entry(services, comment) is None


@pytest.mark.parametrize("query", ["дурак", "дураками", "article", "articles дураки"])
async def test_a_text_is_found_by_the_stems_of_both_languages(
    services: Services, site: Site, reader: Principal, article: Article, query: str
) -> None:
    comment = await write(services, site, reader, article, "Опять эти дураки пишут ARTICLES")
    await drain(services)
    async with services.database.reading() as tx:
        found = text(
            "SELECT words @@ plainto_tsquery('russian', :query) FROM queue_entries WHERE comment_id = :id"
        )
        assert await tx.scalar(found, {"query": query, "id": comment.id}) is True


async def test_open_reports_count_by_what_their_reporters_were_right_about(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    comment = await write(services, site, reader, article, "reported by its own author, for the test")
    await drain(services)
    assert comment.revision is not None
    assert reader.account_id is not None
    at = services.clock()
    report = {"id": services.new_id(), "site_id": site.id, "comment_id": comment.id, "revision_id": comment.revision.id,
              "author_id": reader.account_id, "reporter_id": reader.account_id, "reason": "spam", "created_at": at}  # fmt: skip
    async with services.database.transaction() as tx:
        await tx.execute(insert(reports), report)
        await queue_entries.settle(tx, [comment.id])
    row = await entry(services, comment)
    assert (row.reports, row.report_weight) == (1, 0.5)
    known = {"site_id": site.id, "account_id": reader.account_id, "upheld": 8, "dismissed": 0}
    async with services.database.transaction() as tx:
        await tx.execute(insert(reporters), known)
        await queue_entries.settle(tx, [comment.id])
    assert (await entry(services, comment)).report_weight == pytest.approx(0.9)
    async with services.database.transaction() as tx:
        await tx.execute(update(reports).where(reports.c.comment_id == comment.id).values(withdrawn_at=at))
        await queue_entries.settle(tx, [comment.id])
    assert (await entry(services, comment)).reports == 0


async def test_the_thresholds_in_force_are_those_that_risk_is_measured_by(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    await change(services, site, reader, thresholds={"toxic": Threshold(hold=1, reject=1)})
    comment = await write(services, site, reader, article, "toxic")
    await drain(services)
    await change(services, site, reader, thresholds={})
    await settle(services, comment)
    row = await entry(services, comment)
    assert (row.risk, row.uncertainty) == (0.5, 1)


async def test_sql_and_domain_agree_on_risk_and_uncertainty(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    comment = await write(services, site, reader, article, "fine")
    await drain(services)
    assert comment.revision is not None
    revision_id = comment.revision.id
    shares = st.integers(0, 100).map(lambda hundredths: hundredths / 100)
    cases: list[list[Weighed]] = []

    @hypothesis_settings(max_examples=60)
    @given(st.lists(st.builds(Weighed, shares, shares, st.none() | shares), max_size=5))
    def gather(signals: list[Weighed]) -> None:
        cases.append(signals)

    gather()
    for case in cases:
        rows = [
            {"id": services.new_id(), "site_id": site.id, "revision_id": revision_id, "source": "classifier",
             "name": "toxic", "value": one.value, "version": "test 1", "created_at": services.clock(),
             "detail": {"hold": one.hold, "reject": one.reject}}
            for one in case
        ]  # fmt: skip
        async with services.database.transaction() as tx:
            await tx.execute(remove(signals).where(signals.c.revision_id == revision_id))
            for row in rows:
                await tx.execute(insert(signals), row)
            await queue_entries.settle(tx, [comment.id])
        kept = await entry(services, comment)
        assert (kept.risk, kept.uncertainty) == pytest.approx((risk(case), uncertainty(case)))


async def test_what_a_rule_says_in_shadow_mode_moves_nothing(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    comment = await write(services, site, reader, article, "fine")
    await drain(services)
    assert comment.revision is not None
    row = {"id": services.new_id(), "site_id": site.id, "revision_id": comment.revision.id, "source": "rule", "name": "words",
           "value": 1.0, "version": "x v1", "detail": {"shadow": True}, "created_at": services.clock()}  # fmt: skip
    async with services.database.transaction() as tx:
        await tx.execute(insert(signals), row)
        await queue_entries.settle(tx, [comment.id])
    assert (await entry(services, comment)).risk == 0


async def test_everything_at_once_leaves_every_entry_true(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    written = [await write(services, site, reader, article, f"text {n}, toxic") for n in range(30)]
    await asyncio.gather(
        *(decide_on(services, site, reader, comment, State.REJECTED) for comment in written[:20]),
        *(edit(services, reader, site.slug, comment.id, "changed") for comment in written[5:25]),
        *(delete(services, reader, site.slug, comment.id) for comment in written[10:15]),
        *(settle(services, comment) for comment in written),
        *(drain(services) for _ in range(3)),
        return_exceptions=True,
    )
    await drain(services)
    assert await wrong(services, site) == []


async def test_what_was_decided_before_there_were_queues_gets_its_entries_by_the_migrations(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    for words in ("toxic", "fine"):
        await write(services, site, reader, article, words)
    twice = await write(services, site, reader, article, "toxic again")
    gone = await write(services, site, reader, article, "toxic and gone")
    await drain(services)
    await decide_on(services, site, reader, twice, State.PUBLISHED)
    await edit(services, reader, site.slug, twice.id, "mended")
    await drain(services)
    await delete(services, reader, site.slug, gone.id)
    scripts = ScriptDirectory.from_config(configuration())
    entered, weeks = scripts.get_revision("0004").module, scripts.get_revision("0007").module
    async with services.database.transaction() as tx:
        await tx.execute(remove(entries))
        assert len(await truth.wrong_entries(tx, site.id)) == 3
        await tx.execute(text(entered.ENTRIES))
        await tx.execute(text(weeks.WEEKS))
        assert await truth.wrong_entries(tx, site.id) == []
        await tx.execute(text(weeks.NO_WEEKS))
        await tx.execute(text(weeks.WEEKS))
        assert await truth.wrong_entries(tx, site.id) == []


async def test_verify_tells_of_an_entry_that_says_otherwise(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    comment = await write(services, site, reader, article, "toxic")
    await drain(services)
    async with services.database.transaction() as tx:
        await tx.execute(update(entries).where(entries.c.comment_id == comment.id).values(state="published"))
    told = await disagreements(services, site)
    assert [sentence for sentence in told if str(comment.id) in sentence and "queues" in sentence]
    await settle(services, comment)


async def test_what_waits_learns_how_far_its_discussion_has_grown(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    held = await write(services, site, reader, article, "toxic")
    await drain(services)
    for n in range(3):
        await write(services, site, reader, article, f"fine {n}")
    await drain(services)
    assert (await entry(services, held)).reach == 0
    await renew_reach(services)
    assert (await entry(services, held)).reach == 3
    assert await renew_reach(services) == 0
