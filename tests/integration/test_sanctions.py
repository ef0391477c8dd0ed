"""Sanctions at work: who may write, what the policy makes of it, and what the author sees."""

from dataclasses import replace
from datetime import timedelta

import pytest

from discuss.domain.accounts import Principal, Role
from discuss.domain.articles import Article, Commenting
from discuss.domain.comments import Comment
from discuss.domain.decisions import Reason
from discuss.domain.policy import Threshold
from discuss.domain.sanctions import Sanction
from discuss.domain.sites import Site
from discuss.domain.states import State
from discuss.domain.votes import Vote
from discuss.errors import (
    AuthorBanned,
    AuthorMuted,
    AuthorNotFound,
    CommentNotFound,
    Forbidden,
    SanctionNotFound,
    ShadowBansOff,
)
from discuss.store import articles, author_records, decisions
from discuss.usecases.edit import edit
from discuss.usecases.note_author import note_author
from discuss.usecases.read_author import read_author, read_own_standing, search_authors
from discuss.usecases.read_comments import read_comment, read_thread
from discuss.usecases.register_article import Registration, register_article
from discuss.usecases.register_site import change_site
from discuss.usecases.sanction import lift
from discuss.usecases.services import Services
from discuss.usecases.vote import vote
from tests.authors import Bench, person
from tests.judging import decide_on, drain, state_of, write


@pytest.fixture
async def bench(services: Services, site: Site) -> Bench:
    return Bench(services, site, await person(services, site, Role.MODERATOR))


async def reasons_of(services: Services, site: Site, comment: Comment) -> list[Reason]:
    assert comment.revision is not None
    async with services.database.reading() as tx:
        return list((await decisions.of_revision(tx, comment.revision.id))[-1].reasons)


async def set_up(services: Services, site: Site, **changes: object) -> None:
    admin = await person(services, site, Role.ADMIN)
    await change_site(services, admin, site.slug, settings=lambda old: replace(old, **changes))  # type: ignore[arg-type]


async def test_a_muted_author_reads_and_votes_and_does_not_write(
    services: Services, site: Site, reader: Principal, article: Article, bench: Bench
) -> None:
    comment = await write(services, site, reader, article, "before")
    mute = await bench.lay(reader, Sanction.MUTE)
    with pytest.raises(AuthorMuted) as refused:
        await write(services, site, reader, article, "meanwhile")
    assert refused.value.extra["until"] == mute.until
    with pytest.raises(AuthorMuted):
        await edit(services, reader, site.slug, comment.id, "meanwhile")
    await vote(services, reader, site.slug, article.id, Vote.UP)
    assert mute.until is not None
    later = mute.until
    await write(replace(services, clock=lambda: later), site, reader, article, "afterwards")


async def test_a_banned_author_does_not_even_vote_until_the_ban_is_lifted(
    services: Services, site: Site, reader: Principal, article: Article, bench: Bench
) -> None:
    ban = await bench.lay(reader, Sanction.BAN)
    with pytest.raises(AuthorBanned):
        await write(services, site, reader, article, "in spite of it")
    with pytest.raises(AuthorBanned):
        await vote(services, reader, site.slug, article.id, Vote.UP)
    lifted = await lift(services, bench.moderator, site.slug, ban.account_id, ban.id)
    assert lifted.lifted_by == bench.moderator.account_id
    await write(services, site, reader, article, "again")
    with pytest.raises(SanctionNotFound):
        await lift(services, bench.moderator, site.slug, ban.account_id, ban.id)


async def test_a_ban_that_falls_between_writing_and_scoring_holds_the_comment(
    services: Services, site: Site, reader: Principal, article: Article, bench: Bench
) -> None:
    comment = await write(services, site, reader, article, "just in time")
    await bench.lay(reader, Sanction.BAN)
    await drain(services)
    assert await state_of(services, site, comment) is State.HELD
    assert await reasons_of(services, site, comment) == [Reason.WATCHED_AUTHOR]


async def test_a_ban_counts_at_once_also_where_the_clock_of_whoever_laid_it_is_ahead(
    services: Services, site: Site, reader: Principal, article: Article, bench: Bench
) -> None:
    ahead = replace(services, clock=lambda: services.clock() + timedelta(seconds=30))
    ban = await replace(bench, services=ahead).lay(reader, Sanction.BAN)
    with pytest.raises(AuthorBanned):
        await write(services, site, reader, article, "in spite of it")
    await lift(ahead, bench.moderator, site.slug, ban.account_id, ban.id)
    await write(services, site, reader, article, "again")


async def test_whoever_decides_last_means_it_also_where_it_is_milder(
    services: Services, site: Site, reader: Principal, article: Article, bench: Bench
) -> None:
    now = services.clock()
    await bench.lay(reader, Sanction.MUTE, now + timedelta(days=9))
    await bench.lay(reader, Sanction.MUTE, now + timedelta(hours=1))
    soon = replace(services, clock=lambda: now + timedelta(hours=2))
    await write(soon, site, reader, article, "the shorter one is over")


async def test_everything_of_a_premoderated_author_waits_and_a_trusted_one_is_not_looked_at_first(
    services: Services, site: Site, reader: Principal, bench: Bench
) -> None:
    registration = Registration(
        "pre", "https://example.org/pre", "Pre", "en", services.clock() - timedelta(days=1),
        commenting=Commenting.PREMODERATED,
    )  # fmt: skip
    key = replace(bench.moderator, grants=(replace(bench.moderator.grants[0], role=Role.ADMIN),))
    careful, _ = await register_article(services, key, site.slug, registration)
    found = []
    for kind in (None, Sanction.TRUST, Sanction.PREMODERATE, Sanction.TRUST):
        if kind is not None:
            await bench.lay(reader, kind)
        comment = await write(services, site, reader, careful, f"written as {kind}")
        await drain(services)
        found.append(
            (await state_of(services, site, comment), (await reasons_of(services, site, comment))[0])
        )
    assert found == [
        (State.HELD, Reason.PREMODERATED),
        (State.PUBLISHED, Reason.CLEAR),
        (State.HELD, Reason.WATCHED_AUTHOR),
        (State.PUBLISHED, Reason.CLEAR),
    ]


@pytest.mark.parametrize(
    ("second", "reject", "state"),
    [(1.0, None, State.HELD), (1.01, None, State.PUBLISHED), (1.01, 0.9, State.REJECTED)],
)
async def test_a_trusted_author_is_held_only_above_the_second_threshold_and_rejected_as_ever(
    services: Services, site: Site, reader: Principal, article: Article, bench: Bench,
    second: float, reject: float | None, state: State,
) -> None:  # fmt: skip
    await set_up(services, site, trusted_hold=second, thresholds={"toxic": Threshold(0.5, reject)})
    await bench.lay(reader, Sanction.TRUST)
    comment = await write(services, site, reader, article, "toxic")
    await drain(services)
    assert await state_of(services, site, comment) is state


async def test_a_shadow_ban_needs_the_operator_and_shows_the_author_what_nobody_else_sees(
    services: Services, site: Site, reader: Principal, article: Article, bench: Bench
) -> None:
    with pytest.raises(ShadowBansOff):
        await bench.lay(reader, Sanction.SHADOW)
    shady = replace(services, shadow_bans=True)
    await replace(bench, services=shady).lay(reader, Sanction.SHADOW)
    comment = await write(services, site, reader, article, "into the void")
    await drain(shady)
    assert await state_of(services, site, comment) is State.REJECTED
    assert await reasons_of(services, site, comment) == [Reason.SHADOWED]
    own, inside = await read_comment(services, reader, site.slug, comment.id)
    assert own.revision is not None
    assert (own.revision.state, inside) == (State.PUBLISHED, True)
    other = await person(services, site)
    with pytest.raises(CommentNotFound):
        await read_comment(services, other, site.slug, comment.id)
    seen_by_staff, _ = await read_comment(services, bench.moderator, site.slug, comment.id)
    assert seen_by_staff.revision is not None
    assert seen_by_staff.revision.state is State.REJECTED
    thread = await read_thread(services, site.slug, article.id, None, 10, newest_first=False)
    async with services.database.reading() as tx:
        counted = (await articles.by_id(tx, site.id, article.id)).comment_count
    assert (list(thread.comments), counted) == ([], 0)
    assert (await read_own_standing(services, reader, site.slug)).told == []


async def test_where_shadow_bans_are_switched_off_those_laid_before_count_no_longer(
    services: Services, site: Site, reader: Principal, article: Article, bench: Bench
) -> None:
    await replace(bench, services=replace(services, shadow_bans=True)).lay(reader, Sanction.SHADOW)
    comment = await write(services, site, reader, article, "judged as anybody")
    await drain(services)
    assert await state_of(services, site, comment) is State.PUBLISHED


async def test_an_author_is_told_of_warnings_mutes_and_bans_and_of_nothing_else(
    services: Services, site: Site, reader: Principal, bench: Bench
) -> None:
    for kind in (Sanction.WARNING, Sanction.PREMODERATE, Sanction.MUTE, Sanction.TRUST):
        await bench.lay(reader, kind)
    own = await read_own_standing(services, reader, site.slug)
    assert ([told.kind for told in own.told], own.may_write, own.may_vote) == (
        ["mute", "warning"],
        False,
        True,
    )
    month = replace(services, clock=lambda: services.clock() + timedelta(days=31))
    assert (await read_own_standing(month, reader, site.slug)).told == []


async def test_staff_is_not_sanctioned_nor_is_anybody_of_another_site(
    services: Services, site: Site, bench: Bench
) -> None:
    colleague = await person(services, site, Role.MODERATOR)
    with pytest.raises(Forbidden):
        await bench.lay(colleague, Sanction.BAN)
    stranger = replace(bench.moderator, account_id=services.new_id())
    with pytest.raises(AuthorNotFound):
        await bench.lay(stranger, Sanction.BAN)


async def test_the_page_of_an_author_says_what_is_known(
    services: Services, site: Site, reader: Principal, article: Article, bench: Bench
) -> None:
    written = [await write(services, site, reader, article, f"text {number}") for number in range(4)]
    written.append(await write(services, site, reader, article, "toxic"))
    await drain(services)
    (snitch,) = await bench.readers(1)
    await bench.report(snitch, written[0])
    await decide_on(services, site, reader, written[0], State.REJECTED)
    assert reader.account_id is not None
    assert snitch.account_id is not None
    await note_author(services, bench.moderator, site.slug, reader.account_id, "Keep an eye on this one.")
    await bench.lay(reader, Sanction.MUTE)
    page = await read_author(services, bench.moderator, site.slug, reader.account_id)
    assert (page.record.published, page.record.held, page.record.rejected) == (3, 1, 1)
    assert page.tally.comments == {State.PUBLISHED: 3, State.HELD: 1, State.REJECTED: 1}
    assert (page.record.recently_rejected, page.record.upheld, page.record.notes) == (0.2, 1, 1)
    assert page.record.sanctions == {Sanction.MUTE}
    assert [comment.source for comment in page.latest] == ["toxic", "text 3", "text 2", "text 1", "text 0"]
    assert [note.text for note in page.notes] == ["Keep an eye on this one."]
    assert page.email is None
    admin = await person(services, site, Role.ADMIN)
    assert "@" in str((await read_author(services, admin, site.slug, reader.account_id)).email)
    theirs = await read_author(services, bench.moderator, site.slug, snitch.account_id)
    assert (theirs.reporting.upheld, theirs.reporting.dismissed) == (1, 0)
    assert theirs.reporting.accuracy == pytest.approx(2 / 3)


async def test_records_of_many_authors_come_in_one_look_and_know_their_site_only(
    services: Services, site: Site, article: Article, bench: Bench
) -> None:
    authors = await bench.readers(3)
    for number, author in enumerate(authors):
        for _ in range(number):
            await write(services, site, author, article, "fine")
    await drain(services)
    ids = [author.account_id for author in authors if author.account_id]
    async with services.database.reading() as tx:
        here = await author_records.of(tx, site.id, ids, services.clock())
        elsewhere = await author_records.of(tx, services.new_id(), ids, services.clock())
    assert [here[i].published for i in ids] == [0, 1, 2]
    assert [elsewhere[i].published for i in ids] == [0, 0, 0]
    assert [here[i].recently_rejected for i in ids] == [0.0, 0.0, 0.0]


async def test_authors_are_found_by_how_their_names_begin_page_by_page(
    services: Services, site: Site, bench: Bench
) -> None:
    names = ["Борис Б", "борис А", "Борис_В", "Анна", "БОРИСОВ", "100% true"]
    for name in names:
        await person(services, site, name=name)
    found, cursor = [], None
    while True:
        page = await search_authors(services, bench.moderator, site.slug, "Борис", cursor, 2)
        found += [record.name for record in page.records]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert sorted(found) == sorted(["Борис Б", "борис А", "Борис_В", "БОРИСОВ"])
    for beginning, expected in (("борис_", ["Борис_В"]), ("100%", ["100% true"]), ("%", []), ("_", [])):
        page = await search_authors(services, bench.moderator, site.slug, beginning, None, 9)
        assert [record.name for record in page.records] == expected, beginning
