"""Reports at work: one per reader, settled by people, weighed by what became of earlier ones."""

import asyncio
from dataclasses import replace

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import select, text, update

from discuss.domain.accounts import Principal, Role
from discuss.domain.articles import Article
from discuss.domain.comments import Comment
from discuss.domain.decisions import Decision, Reason, Source
from discuss.domain.reports import Outcome
from discuss.domain.sanctions import Sanction
from discuss.domain.sites import Site
from discuss.domain.states import State
from discuss.errors import AuthorMuted, CommentNotFound, Forbidden, InvalidInput, RateLimited, ReportSettled
from discuss.store import decisions, reports, sites
from discuss.store.migrating import configuration
from discuss.store.tables import reporters
from discuss.store.tables import reports as stored
from discuss.usecases.edit import edit
from discuss.usecases.report import Complaint, report, withdraw
from discuss.usecases.services import Services
from discuss.usecases.undo import undo
from tests.authors import Bench, entry, person
from tests.judging import decide_on, disagreements, drain, state_of, write


@pytest.fixture
async def bench(services: Services, site: Site) -> Bench:
    return Bench(services, site, await person(services, site, Role.MODERATOR))


@pytest.fixture
async def comment(services: Services, site: Site, reader: Principal, article: Article) -> Comment:
    """A comment that the machine published."""
    made = await write(services, site, reader, article, "said aloud")
    await drain(services)
    return made


async def outcomes(services: Services, comment: Comment) -> list[Outcome | None]:
    async with services.database.reading() as tx:
        return [r.outcome for r in reversed((await reports.flood(tx, comment.id)).latest)]


async def record(services: Services, reader: Principal) -> tuple[int, int]:
    query = select(reporters.c.upheld, reporters.c.dismissed).where(
        reporters.c.account_id == reader.account_id
    )
    async with services.database.reading() as tx:
        row = (await tx.execute(query)).first()
    return (row.upheld, row.dismissed) if row else (0, 0)


async def known_as(
    services: Services, site: Site, readers: list[Principal], upheld: int, dismissed: int
) -> None:
    """Gives the reader a history of this many upheld and dismissed reports."""
    async with services.database.transaction() as tx:
        rows = [
            {"site_id": site.id, "account_id": r.account_id, "upheld": upheld, "dismissed": dismissed} for r in readers
        ]  # fmt: skip
        await tx.execute(reporters.insert(), rows)


async def last(services: Services, comment: Comment) -> Decision:
    assert comment.revision is not None
    async with services.database.reading() as tx:
        return (await decisions.of_revision(tx, comment.revision.id))[-1]


async def last_decision(services: Services, comment: Comment) -> tuple[Source, list[Reason]]:
    made = await last(services, comment)
    return made.source, list(made.reasons)


async def test_a_second_report_replaces_the_first_and_a_withdrawn_one_counts_no_longer(
    services: Services, comment: Comment, bench: Bench
) -> None:
    (anna,) = await bench.readers(1)
    await bench.report(anna, comment, Reason.INSULT)
    await bench.report(anna, comment, Reason.SPAM)
    assert await entry(services, comment) == ("published", 1, 0.5)
    async with services.database.reading() as tx:
        assert (await reports.flood(tx, comment.id)).reasons == {Reason.SPAM: 1}
    for _ in range(2):
        await withdraw(services, anna, bench.site.slug, comment.id)
    assert await entry(services, comment) == ("published", 0, 0.0)
    await bench.report(anna, comment)
    assert await entry(services, comment) == ("published", 1, 0.5)


async def test_enough_reports_hold_what_the_machine_published(
    services: Services, site: Site, comment: Comment, bench: Bench
) -> None:
    *some, last = await bench.readers(6)
    for reader in some:
        await bench.report(reader, comment)
    assert await state_of(services, site, comment) is State.PUBLISHED
    await bench.report(last, comment)
    assert await state_of(services, site, comment) is State.HELD
    assert await last_decision(services, comment) == (Source.POLICY, [Reason.REPORTED])
    assert await entry(services, comment) == ("held", 6, 3.0)
    found = await disagreements(services, site)
    assert [told for told in found if "counters" in told or "revision" in told] == []


async def test_a_flood_of_poor_reporters_holds_nothing_and_is_one_item(
    services: Services, site: Site, comment: Comment, bench: Bench
) -> None:
    readers = await bench.readers(30)
    await known_as(services, site, readers, upheld=1, dismissed=5)
    for reader in readers:
        await bench.report(reader, comment)
    assert await state_of(services, site, comment) is State.PUBLISHED
    assert (await entry(services, comment))[:2] == ("published", 30)
    async with services.database.reading() as tx:
        flood = await reports.flood(tx, comment.id)
    assert (flood.reasons, len(flood.latest)) == ({Reason.INSULT: 30}, reports.LATEST)


async def test_good_reporters_hold_sooner(
    services: Services, site: Site, comment: Comment, bench: Bench
) -> None:
    readers = await bench.readers(4)
    await known_as(services, site, readers, upheld=8, dismissed=0)
    for reader in readers[:3]:
        await bench.report(reader, comment)
    assert await state_of(services, site, comment) is State.PUBLISHED
    await bench.report(readers[3], comment)
    assert await state_of(services, site, comment) is State.HELD


async def test_many_who_report_at_once_make_one_hold(
    services: Services, site: Site, comment: Comment, bench: Bench
) -> None:
    readers = await bench.readers(12)
    told = await asyncio.gather(
        *(bench.report(reader, comment) for reader in readers), return_exceptions=True
    )
    refused = [answer for answer in told if isinstance(answer, BaseException)]
    assert {type(error) for error in refused} <= {CommentNotFound}
    assert await state_of(services, site, comment) is State.HELD
    assert (await entry(services, comment))[1] == 12 - len(refused) == 6
    assert comment.revision is not None
    async with services.database.reading() as tx:
        assert len(await decisions.of_revision(tx, comment.revision.id)) == 2


async def test_reports_never_hold_what_a_person_published(
    services: Services, site: Site, reader: Principal, comment: Comment, bench: Bench
) -> None:
    first, *rest = await bench.readers(10)
    await bench.report(first, comment)
    await decide_on(services, site, reader, comment, State.HELD)
    await decide_on(services, site, reader, comment, State.PUBLISHED)
    assert await outcomes(services, comment) == [Outcome.DISMISSED]
    for other in rest:
        await bench.report(other, comment)
    assert await state_of(services, site, comment) is State.PUBLISHED
    assert (await entry(services, comment))[:2] == ("published", 9)
    with pytest.raises(ReportSettled):
        await bench.report(first, comment)
    with pytest.raises(ReportSettled):
        await withdraw(services, first, site.slug, comment.id)


async def test_a_later_text_of_a_comment_that_was_kept_can_be_held(
    services: Services, site: Site, reader: Principal, comment: Comment, bench: Bench
) -> None:
    await decide_on(services, site, reader, comment, State.HELD)
    await decide_on(services, site, reader, comment, State.PUBLISHED)
    await edit(services, reader, site.slug, comment.id, "worse than before")
    await drain(services)
    for other in await bench.readers(6):
        await bench.report(other, comment)
    assert await state_of(services, site, comment) is State.HELD


async def test_an_edit_does_not_begin_the_count_of_reports_anew(
    services: Services, site: Site, reader: Principal, comment: Comment, bench: Bench
) -> None:
    *some, last = await bench.readers(6)
    for one in some:
        await bench.report(one, comment)
    edited = await edit(services, reader, site.slug, comment.id, "said aloud.")
    await drain(services)
    assert await state_of(services, site, edited) is State.PUBLISHED
    await bench.report(last, comment)
    assert await last_decision(services, edited) == (Source.POLICY, [Reason.REPORTED])


async def test_reports_on_what_a_person_has_published_do_not_count_against_a_later_text(
    services: Services, site: Site, reader: Principal, comment: Comment, bench: Bench
) -> None:
    *some, last = await bench.readers(6)
    await decide_on(services, site, reader, comment, State.PUBLISHED)
    for one in some:
        await bench.report(one, comment)
    edited = await edit(services, reader, site.slug, comment.id, "said aloud.")
    await drain(services)
    await bench.report(last, comment)
    assert await state_of(services, site, edited) is State.PUBLISHED


async def test_an_edit_does_not_undo_what_readers_had_held_until_a_person_has_decided(
    services: Services, site: Site, reader: Principal, comment: Comment, bench: Bench
) -> None:
    for other in await bench.readers(6):
        await bench.report(other, comment)
    edited = await edit(services, reader, site.slug, comment.id, "said aloud.")
    await drain(services)
    assert await state_of(services, site, comment) is State.HELD
    assert await last_decision(services, edited) == (Source.POLICY, [Reason.STOPPED_BEFORE])
    await decide_on(services, site, reader, edited, State.PUBLISHED)
    await edit(services, reader, site.slug, comment.id, "said aloud, and kindly")
    await drain(services)
    assert await state_of(services, site, comment) is State.PUBLISHED


async def test_outcomes_follow_what_people_decide_and_the_record_of_reporters_follows_them(
    services: Services, site: Site, reader: Principal, comment: Comment, bench: Bench
) -> None:
    anna, boris = await bench.readers(2)
    await bench.report(anna, comment)
    await bench.report(boris, comment)
    await withdraw(services, boris, site.slug, comment.id)
    await decide_on(services, site, reader, comment, State.REJECTED)
    assert await outcomes(services, comment) == [Outcome.UPHELD, None]
    assert [await record(services, who) for who in (anna, boris)] == [(1, 0), (0, 0)]
    await decide_on(services, site, reader, comment, State.PUBLISHED)
    assert await outcomes(services, comment) == [Outcome.DISMISSED, None]
    assert await record(services, anna) == (0, 1)


async def test_taking_a_decision_back_opens_the_reports_again(
    services: Services, site: Site, reader: Principal, comment: Comment, bench: Bench
) -> None:
    (anna,) = await bench.readers(1)
    await bench.report(anna, comment)
    await decide_on(services, site, reader, comment, State.REJECTED)
    assert (await entry(services, comment))[1] == 0
    await undo(services, bench.moderator, site.slug, (await last(services, comment)).id)
    assert await outcomes(services, comment) == [None]
    assert await record(services, anna) == (0, 0)
    assert (await entry(services, comment))[:2] == ("published", 1)


async def test_undoing_an_undo_settles_what_is_open_again(
    services: Services, site: Site, reader: Principal, comment: Comment, bench: Bench
) -> None:
    anna, boris = await bench.readers(2)
    await bench.report(anna, comment)
    await decide_on(services, site, reader, comment, State.REJECTED)
    back = await undo(services, bench.moderator, site.slug, (await last(services, comment)).id)
    await bench.report(boris, comment)
    again = await undo(services, bench.moderator, site.slug, back.id)
    assert await outcomes(services, comment) == [Outcome.UPHELD] * 2
    assert [await record(services, who) for who in (anna, boris)] == [(1, 0)] * 2
    await undo(services, bench.moderator, site.slug, again.id)
    assert await outcomes(services, comment) == [None, None]


async def test_who_reported_what_readers_still_saw_was_right_when_the_edit_is_rejected(
    services: Services, site: Site, reader: Principal, comment: Comment, bench: Bench
) -> None:
    (anna,) = await bench.readers(1)
    await bench.report(anna, comment)
    edited = await edit(services, reader, site.slug, comment.id, "toxic")
    await drain(services)
    await decide_on(services, site, reader, edited, State.REJECTED)
    assert await outcomes(services, comment) == [Outcome.UPHELD]
    with pytest.raises(CommentNotFound):
        await bench.report(anna, comment)
    await undo(services, bench.moderator, site.slug, (await last(services, edited)).id)
    assert await outcomes(services, comment) == [None]
    assert (await entry(services, comment))[:2] == ("held", 1)


async def test_what_was_settled_about_one_text_is_not_settled_again_by_what_is_said_of_a_later_one(
    services: Services, site: Site, reader: Principal, comment: Comment, bench: Bench
) -> None:
    (anna,) = await bench.readers(1)
    await bench.report(anna, comment)
    await decide_on(services, site, reader, comment, State.HELD)
    await decide_on(services, site, reader, comment, State.PUBLISHED)
    edited = await edit(services, reader, site.slug, comment.id, "toxic")
    await drain(services)
    await decide_on(services, site, reader, edited, State.REJECTED)
    assert await outcomes(services, comment) == [Outcome.DISMISSED]
    await undo(services, bench.moderator, site.slug, (await last(services, edited)).id)
    assert await outcomes(services, comment) == [Outcome.DISMISSED]
    assert await record(services, anna) == (0, 1)


async def test_a_second_word_on_a_text_settles_again_what_the_first_one_settled(
    services: Services, site: Site, reader: Principal, comment: Comment, bench: Bench
) -> None:
    (anna,) = await bench.readers(1)
    await bench.report(anna, comment)
    edited = await edit(services, reader, site.slug, comment.id, "toxic")
    await drain(services)
    told = []
    for state in (State.REJECTED, State.PUBLISHED, State.HELD):
        await decide_on(services, site, reader, edited, state)
        told += await outcomes(services, comment)
    assert told == [Outcome.UPHELD, Outcome.MOOT, None]


async def test_a_text_that_comes_back_to_readers_was_not_reported_rightly(
    services: Services, site: Site, reader: Principal, comment: Comment, bench: Bench
) -> None:
    (anna,) = await bench.readers(1)
    await bench.report(anna, comment)
    edited = await edit(services, reader, site.slug, comment.id, "toxic")
    await drain(services)
    await decide_on(services, site, reader, edited, State.REJECTED)
    await undo(services, bench.moderator, site.slug, (await last(services, comment)).id)
    assert await outcomes(services, comment) == [None]
    assert await record(services, anna) == (0, 0)
    assert (await entry(services, comment))[:2] == ("rejected", 1)
    # The comment is in the queue of reported ones, where the same decision is made again.
    await decide_on(services, site, reader, edited, State.REJECTED)
    assert await outcomes(services, comment) == [Outcome.UPHELD]
    with pytest.raises(CommentNotFound):
        await bench.report(anna, comment)


async def test_what_was_settled_before_reports_knew_by_what_is_told_by_the_migration(
    services: Services, site: Site, reader: Principal, article: Article, comment: Comment, bench: Bench
) -> None:
    kept = await write(services, site, reader, article, "said softly")
    await drain(services)
    (anna,) = await bench.readers(1)
    for reported in (comment, kept):
        await bench.report(anna, reported)
    edited = await edit(services, reader, site.slug, comment.id, "toxic")
    await drain(services)
    for about, state in ((edited, State.PUBLISHED), (edited, State.REJECTED), (kept, State.PUBLISHED)):
        await decide_on(services, site, reader, about, state)
    here = select(stored.c.id, stored.c.settled_by).where(stored.c.site_id == site.id)
    settled = ScriptDirectory.from_config(configuration()).get_revision("0008").module.SETTLED
    async with services.database.transaction() as tx:
        known = {tuple(row) for row in await tx.execute(here)}
        assert len({by for _, by in known} - {None}) == 2
        await tx.execute(update(stored).where(stored.c.site_id == site.id).values(settled_by=None))
        await tx.execute(text(settled))
        assert {tuple(row) for row in await tx.execute(here)} == known


async def test_who_reported_an_earlier_text_is_not_wrong_when_the_later_one_is_kept(
    services: Services, site: Site, reader: Principal, comment: Comment, bench: Bench
) -> None:
    (anna,) = await bench.readers(1)
    await bench.report(anna, comment)
    edited = await edit(services, reader, site.slug, comment.id, "put more kindly")
    await drain(services)
    await decide_on(services, site, reader, edited, State.HELD)
    await decide_on(services, site, reader, edited, State.PUBLISHED)
    assert await outcomes(services, comment) == [Outcome.MOOT]
    assert await record(services, anna) == (0, 0)
    await bench.report(anna, comment)
    assert await outcomes(services, comment) == [None]


async def test_moderators_who_settle_many_reports_of_the_same_readers_at_once_meet_no_deadlock(
    services: Services, site: Site, reader: Principal, article: Article, bench: Bench
) -> None:
    written = [await write(services, site, reader, article, f"text {number}") for number in range(8)]
    await drain(services)
    readers = await bench.readers(4)
    for number, who in enumerate(readers):
        for made in written[number:] + written[:number]:
            await bench.report(who, made)
    await asyncio.gather(*(decide_on(services, site, reader, made, State.REJECTED) for made in written))
    assert [await record(services, who) for who in readers] == [(8, 0)] * 4


async def test_what_cannot_be_reported(
    services: Services, site: Site, reader: Principal, article: Article, comment: Comment, bench: Bench
) -> None:
    anna, muted = await bench.readers(2)
    with pytest.raises(Forbidden):
        await bench.report(reader, comment)
    await bench.lay(muted, Sanction.MUTE)
    with pytest.raises(AuthorMuted):
        await bench.report(muted, comment)
    held = await write(services, site, reader, article, "toxic")
    await drain(services)
    with pytest.raises(CommentNotFound):
        await bench.report(anna, held)
    with pytest.raises(CommentNotFound):
        await withdraw(services, anna, site.slug, held.id)
    with pytest.raises(InvalidInput):
        await bench.report(anna, comment, Reason.TOXIC)
    with pytest.raises(InvalidInput):
        await report(services, anna, site.slug, comment.id, Complaint(Reason.SPAM, "x" * 501))
    with pytest.raises(CommentNotFound):
        await report(services, anna, site.slug, services.new_id(), Complaint(Reason.SPAM))


async def test_reporting_has_a_limit_of_its_own(
    services: Services, site: Site, comment: Comment, bench: Bench
) -> None:
    (anna,) = await bench.readers(1)
    slow = replace(site.settings, rates=replace(site.settings.rates, reports=2))
    async with services.database.transaction() as tx:
        await sites.change(tx, replace(site, settings=slow))
    await bench.report(anna, comment)
    await bench.report(anna, comment)
    with pytest.raises(RateLimited):
        await bench.report(anna, comment)
