"""Removal of an author's comments: by the usual path, in portions, continued from wherever it was interrupted."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select, update

from discuss.domain.accounts import Principal, Role
from discuss.domain.articles import Article
from discuss.domain.comments import Comment
from discuss.domain.decisions import Reason, Source
from discuss.domain.removals import Removal, Span
from discuss.domain.sanctions import Sanction
from discuss.domain.sites import Site
from discuss.domain.states import State
from discuss.errors import InvalidInput, RemovalNotFound
from discuss.store import articles, decisions
from discuss.store.tables import comments, outbox, revisions
from discuss.usecases import remove_comments as removing
from discuss.usecases.build_feeds import build
from discuss.usecases.delete import delete
from discuss.usecases.edit import edit
from discuss.usecases.project import project
from discuss.usecases.read_author import read_own_standing
from discuss.usecases.remove_comments import read_removal, remove_comments, remove_some
from discuss.usecases.sanction import Wanted, sanction
from discuss.usecases.services import Services
from tests.authors import Bench, person
from tests.judging import decide_on, disagreements, drain, state_of, write

ALL = Span()
MANY = 4_000


@pytest.fixture
async def bench(services: Services, site: Site) -> Bench:
    await build(services, site)
    return Bench(services, site, await person(services, site, Role.MODERATOR))


async def catch_up(services: Services) -> None:
    """Takes to the feed what changed, and nothing else."""
    while await project(services):
        pass


async def ask(bench: Bench, author: Principal, span: Span = ALL, words: str | None = None) -> Removal:
    """The feed has what came before, so that only what is told of the removal itself can keep it right."""
    assert author.account_id is not None
    await catch_up(bench.services)
    return await remove_comments(
        bench.services, bench.moderator, bench.site.slug, author.account_id, span, reason=Reason.SPAM, words=words
    )  # fmt: skip


async def now_at(bench: Bench, removal: Removal) -> Removal:
    return await read_removal(
        bench.services, bench.moderator, bench.site.slug, removal.account_id, removal.id
    )


async def run(services: Services) -> None:
    while await remove_some(services):
        pass


async def visible(services: Services, site: Site, article: Article) -> int:
    async with services.database.reading() as tx:
        return (await articles.by_id(tx, site.id, article.id)).comment_count


async def agree(services: Services, site: Site) -> None:
    """Checks that counters, states, decisions, queue entries and the feed agree."""
    await catch_up(services)
    assert await disagreements(services, site) == []


async def many(services: Services, site: Site, author: Principal, article: Article, number: int) -> None:
    """Makes this many published comments the quick way: one is written as usual, and copied."""
    first = await write(services, site, author, article, "one of many")
    await drain(services)
    async with services.database.transaction() as tx:
        comment = (await tx.execute(select(comments).where(comments.c.id == first.id))).one()._asdict()
        revision = (
            (await tx.execute(select(revisions).where(revisions.c.comment_id == first.id))).one()._asdict()
        )
        assert first.revision is not None
        decision = (await decisions.of_revision(tx, first.revision.id))[0]
        ids = [(services.new_id(), services.new_id(), services.new_id()) for _ in range(number - 1)]
        await tx.execute(
            insert(comments),
            [comment | {"id": c, "root_id": c, "visible_revision_id": r} for c, r, _ in ids],
        )
        await tx.execute(
            insert(revisions), [revision | {"id": r, "comment_id": c, "decision_id": d} for c, r, d in ids]
        )
        await decisions.add(tx, [replace(decision, id=d, revision_id=r) for _, r, d in ids])
        await tx.execute(
            update(articles.articles)
            .where(articles.articles.c.id == article.id)
            .values(comment_count=articles.articles.c.comment_count + number - 1)
        )


async def test_everything_an_author_wrote_goes_through_the_same_door_as_any_rejection(
    services: Services, site: Site, reader: Principal, article: Article, bench: Bench
) -> None:
    other = await person(services, site)
    kept = await write(services, site, other, article, "somebody else's")
    published = await write(services, site, reader, article, "published")
    held = await write(services, site, reader, article, "toxic")
    gone = await write(services, site, reader, article, "taken back")
    await drain(services)
    edited = await edit(services, reader, site.slug, published.id, "toxic as well")
    await drain(services)
    await delete(services, reader, site.slug, gone.id)
    pending = await write(services, site, reader, article, "not decided yet")
    removal = await ask(bench, reader)
    await run(services)
    await drain(services)
    assert [await state_of(services, site, c) for c in (published, held, pending)] == [State.REJECTED] * 3
    assert [await state_of(services, site, c) for c in (kept, gone)] == [State.PUBLISHED] * 2
    assert await visible(services, site, article) == 1
    assert edited.revision is not None
    assert published.revision is not None
    async with services.database.reading() as tx:
        made = [(await decisions.of_revision(tx, r.id))[-1] for r in (edited.revision, published.revision)]
    assert {(d.source, d.actor_id, tuple(d.reasons), d.words, d.batch_id) for d in made} == {
        (Source.PERSON, bench.moderator.account_id, (Reason.SPAM,), None, removal.id)
    }
    done = await now_at(bench, removal)
    assert (done.total, done.done, done.finished_at is not None) == (3, 3, True)
    await agree(services, site)


async def test_only_what_was_written_in_the_range_goes(
    services: Services, site: Site, reader: Principal, article: Article, bench: Bench
) -> None:
    written: list[Comment] = [await write(services, site, reader, article, f"text {n}") for n in range(4)]
    await drain(services)
    await ask(bench, reader, Span(written[1].created_at, written[3].created_at))
    await run(services)
    states = [await state_of(services, site, comment) for comment in written]
    assert states == [State.PUBLISHED, State.REJECTED, State.REJECTED, State.PUBLISHED]
    with pytest.raises(InvalidInput):
        await ask(bench, reader, Span(written[1].created_at, written[1].created_at))


async def test_it_goes_on_where_it_was_broken_off_and_decides_each_once(
    services: Services,
    site: Site,
    reader: Principal,
    article: Article,
    bench: Bench,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(removing, "CHUNK", 7)
    written = [await write(services, site, reader, article, f"text {n}") for n in range(30)]
    await drain(services)
    removal = await ask(bench, reader)
    effects = 0

    async def die(*arguments: object) -> None:
        nonlocal effects
        effects += 1
        if effects % 2:
            raise KeyboardInterrupt
        await take_effect(*arguments)  # type: ignore[arg-type]

    take_effect = removing.take_effect
    monkeypatch.setattr(removing, "take_effect", die)
    seen = []
    for _ in range(40):
        try:
            if not await remove_some(services):
                break
        except KeyboardInterrupt:
            seen.append((await now_at(bench, removal)).done)
    assert seen == [0, 7, 14, 21, 28]
    done = await now_at(bench, removal)
    assert (done.done, done.finished_at is not None) == (30, True)
    async with services.database.reading() as tx:
        for comment in written:
            assert comment.revision is not None
            assert len(await decisions.of_revision(tx, comment.revision.id)) == 2
        left = await tx.scalar(
            select(func.count()).select_from(outbox).where(outbox.c.subject_id == removal.id)
        )
    assert left == 0
    await agree(services, site)


async def test_what_a_colleague_publishes_again_meanwhile_stays(
    services: Services,
    site: Site,
    reader: Principal,
    article: Article,
    bench: Bench,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(removing, "CHUNK", 2)
    written = [await write(services, site, reader, article, f"text {n}") for n in range(6)]
    await drain(services)
    await ask(bench, reader)
    await remove_some(services)
    await decide_on(services, site, reader, written[-1], State.PUBLISHED)
    await run(services)
    states = [await state_of(services, site, comment) for comment in written]
    assert states == [State.REJECTED] * 5 + [State.PUBLISHED]


async def test_several_workers_at_one_removal_do_it_once(
    services: Services,
    site: Site,
    reader: Principal,
    article: Article,
    bench: Bench,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(removing, "CHUNK", 5)
    for number in range(40):
        await write(services, site, reader, article, f"text {number}")
    await drain(services)
    removal = await ask(bench, reader)
    for _ in range(5):
        await asyncio.gather(*(run(services) for _ in range(4)))
    done = await now_at(bench, removal)
    assert (done.done, await visible(services, site, article)) == (40, 0)
    await agree(services, site)


async def test_thousands_of_comments_keep_nobody_elses_from_being_scored(
    services: Services, site: Site, reader: Principal, article: Article, bench: Bench
) -> None:
    await many(services, site, reader, article, MANY)
    other = await person(services, site)
    removal = await ask(bench, reader)
    assert removal.total == MANY
    working = asyncio.create_task(run(services))
    scored = 0
    while not working.done():
        comment = await write(services, site, other, article, "meanwhile")
        await drain(services)
        assert await state_of(services, site, comment) is State.PUBLISHED
        scored += 1
    await working
    assert scored > 10, "one after the other, while twenty portions were removed"
    assert (await now_at(bench, removal)).done == MANY
    assert await visible(services, site, article) == scored
    await agree(services, site)


async def test_a_ban_takes_the_comments_with_it_and_tells_its_words_once(
    services: Services, site: Site, reader: Principal, article: Article, bench: Bench
) -> None:
    comment = await write(services, site, reader, article, "before the ban")
    await drain(services)
    assert reader.account_id is not None
    await catch_up(services)
    wanted = Wanted(Sanction.BAN, Reason.SPAM, "Advertising is not welcome.", removing=Span())
    _, removal = await sanction(services, bench.moderator, site.slug, reader.account_id, wanted)
    assert removal is not None
    await run(services)
    assert await state_of(services, site, comment) is State.REJECTED
    told = (await read_own_standing(services, reader, site.slug)).told
    assert [(t.kind, t.words) for t in told] == [("ban", "Advertising is not welcome.")]
    await agree(services, site)


async def test_words_of_a_removal_are_told_for_a_month(
    services: Services, site: Site, reader: Principal, bench: Bench
) -> None:
    removal = await ask(bench, reader, words="All of it was advertising.")
    told = (await read_own_standing(services, reader, site.slug)).told
    assert [(t.kind, t.words) for t in told] == [("removal", "All of it was advertising.")]
    later = replace(services, clock=lambda: removal.created_at + timedelta(days=30))
    assert (await read_own_standing(later, reader, site.slug)).told == []
    with pytest.raises(RemovalNotFound):
        await read_removal(services, bench.moderator, site.slug, services.new_id(), removal.id)
