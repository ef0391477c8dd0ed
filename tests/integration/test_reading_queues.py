"""Pages of the queues: every queue, order and filter compared with a plain reading of the entries; and claims."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from discuss.domain.accounts import Grant, Principal, Role
from discuss.domain.articles import Article
from discuss.domain.comments import Comment
from discuss.domain.decisions import Reason, Source
from discuss.domain.queue import CLAIM_LIFE, Queue, Sort, View, orders
from discuss.domain.sites import Site
from discuss.domain.states import State
from discuss.errors import CommentNotFound, CursorInvalid, Forbidden, InvalidInput
from discuss.store import queue, queue_entries
from discuss.store.database import Tx
from discuss.store.queue import Stretch
from discuss.store.queue_views import KEYS
from discuss.store.tables import queue_entries as entries
from discuss.store.tables import revisions
from discuss.usecases.claim import claim, release
from discuss.usecases.count_queue import count_queue
from discuss.usecases.edit import edit
from discuss.usecases.note_comment import note_comment
from discuss.usecases.read_item import read_item
from discuss.usecases.read_queue import read_queue
from discuss.usecases.register_account import add_account
from discuss.usecases.services import Services
from discuss.usecases.submit import Submission, submit
from tests.integration.test_scoring import decide_on, drain, moderator_of, write

FITS = {
    Queue.HELD: lambda row: row.state == "held",
    Queue.REJECTED: lambda row: row.state == "rejected",
    Queue.REPORTED: lambda row: row.reports > 0,
    Queue.UNMODERATED: lambda row: row.state == "published" and row.decided_by == "policy",
    Queue.ALL: lambda _: True,
}


@pytest.fixture
async def written(services: Services, site: Site, reader: Principal, article: Article) -> Sequence[Comment]:
    """Twelve comments in every state, decided by machine and by person; every third one mentions a ferry, in either language."""
    words = ("Поезда опять опоздали", "The ferries are late", "Погода хорошая")
    texts = [f"{words[n % 3]}, {'toxic' if n % 2 else 'fine'} {n}" for n in range(12)]
    made = [await write(services, site, reader, article, text) for text in texts]
    await drain(services)
    for comment in made[:4]:
        state = State.REJECTED if comment in made[:2] else State.PUBLISHED
        if not (state is State.PUBLISHED and comment is made[2]):
            await decide_on(services, site, reader, comment, state)
    async with services.database.transaction() as tx:
        await _differ(tx, made)
    return made


async def _differ(tx: Tx, made: Sequence[Comment]) -> None:
    """Gives comments values of which some are equal and some differ: pages must not lose or repeat any comment."""
    for n, comment in enumerate(made):
        changes = {"risk": n % 3 / 2, "reach": n % 2, "reports": n % 4 // 3, "report_weight": n / 10}
        await tx.execute(update(entries).where(entries.c.comment_id == comment.id).values(changes))


async def everything(
    services: Services, site: Site, reader: Principal, view: View, limit: int = 3
) -> list[UUID]:
    """All pages, one after the other."""
    moderator, found, cursor = moderator_of(site, reader), [], None
    while True:
        page = await read_queue(services, moderator, site.slug, view, cursor, limit)
        found += [item.comment_id for item in page.items]
        cursor = page.next_cursor
        if cursor is None:
            return found


async def plainly(services: Services, site: Site, view: View) -> list[UUID]:
    async with services.database.reading() as tx:
        rows: list[Any] = list(await tx.execute(select(entries).where(entries.c.site_id == site.id)))
    narrow = [
        row for row in rows
        if FITS[view.queue](row) and (view.state is None or row.state == view.state)
        and (view.label is None or view.label in row.labels)
        and (view.decided_by is None or row.decided_by == view.decided_by)
        and (view.comments is None or row.comment_id in view.comments)
        and view.author_id in {None, row.author_id} and view.article_id in {None, row.article_id}
        and (view.since is None or row.created_at >= view.since) and (view.until is None or row.created_at < view.until)
        and (view.language is None or row.language == view.language)
        and (view.search is None or "поезд" in row.words or "ferri" in row.words)
    ]  # fmt: skip
    narrow.sort(
        key=lambda row: (getattr(row, KEYS[view.order]), row.comment_id),
        reverse=view.order is not Sort.OLDEST,
    )
    return [row.comment_id for row in narrow]


@pytest.fixture
async def of_a_year(services: Services, written: Sequence[Comment]) -> Sequence[Comment]:
    """The same comments, written in pairs at the same instant, with the pairs further and further apart."""
    async with services.database.transaction() as tx:
        for n, comment in enumerate(written):
            at = written[0].created_at - timedelta(days=10) * (n // 2) ** 2
            await tx.execute(
                update(revisions).where(revisions.c.comment_id == comment.id).values(created_at=at)
            )
        await queue_entries.settle(tx, [comment.id for comment in written])
        await _differ(tx, written)
    return written


def stretches(far: int, frequent: int) -> Mapping[str, Stretch]:
    return {"SHORT": Stretch(far, frequent), "LONG": Stretch(far, frequent)}


BOUNDS: Sequence[Mapping[str, Any]] = (
    {"GLANCE": 3, "TOGETHER": 10**9, "GATHERED": 1, **stretches(2, 30)},
    {"GLANCE": 2, "GATHERED": 2, **stretches(4, 0)},
    {"GLANCE": 3, "TOGETHER": 10**9, "GATHERED": 2, "SPANS": (1, 2), **stretches(16, 1)},
    {"GLANCE": 2, "TOGETHER": 10**9, "GATHERED": 100},
    {},
)
"""Limits for walking and gathering that send a dozen comments down every path that millions would take."""


def narrowed(which: Queue, sort: Sort, written: Sequence[Comment]) -> Sequence[View]:
    first, last = written[0], written[0].created_at
    return [
        View(which, sort),
        View(which, sort, decided_by=Source.POLICY),
        View(which, sort, label=Reason.TOXIC),
        View(which, sort, state=State.HELD),
        View(which, sort, language="en", search="ferry or поезд"),
        View(which, sort, author_id=first.author_id),
        View(which, sort, comments={comment.id for comment in written[::3]}),
        View(which, sort, comments={first.id}, label=Reason.TOXIC),
        View(which, sort, article_id=first.article_id, label=Reason.TOXIC),
        View(which, sort, article_id=first.article_id, author_id=first.author_id, state=State.HELD),
        View(which, sort, since=last - timedelta(weeks=20), until=last - timedelta(weeks=3)),
        View(which, sort, language="en", since=last - timedelta(weeks=15)),
        View(which, sort, label=Reason.TOXIC, until=last - timedelta(weeks=5)),
        View(which, sort, search="ferry or поезд", since=last - timedelta(weeks=30)),
        View(which, sort, search="ferry or поезд", until=last - timedelta(weeks=1)),
    ]


@pytest.mark.parametrize("which", Queue)
async def test_every_queue_in_every_order_is_read_whole_page_by_page(
    services: Services, site: Site, reader: Principal, of_a_year: Sequence[Comment], which: Queue,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    for sort in orders(which):
        for view in narrowed(which, sort, of_a_year):
            wanted = await plainly(services, site, view)
            for bounds in BOUNDS:
                with monkeypatch.context() as bounded:
                    for name, value in bounds.items():
                        bounded.setattr(queue, name, value)
                    assert await everything(services, site, reader, view) == wanted, (view, bounds)


async def test_a_search_finds_by_stems_in_both_languages_and_understands_exclusions(
    services: Services, site: Site, reader: Principal, written: Sequence[Comment]
) -> None:
    async def found(search: str) -> int:
        return len(await everything(services, site, reader, View(Queue.ALL, search=search), 100))

    assert [await found(s) for s in ("поезд", "ferry", "ferry or поезд", "late ferry", '"late ferry"')] == [
        4,
        4,
        8,
        4,
        0,
    ]
    assert await found("ferry -toxic") == 2


async def test_filters_by_article_author_and_time_narrow_together(
    services: Services, site: Site, reader: Principal, article: Article, written: Sequence[Comment]
) -> None:
    assert reader.account_id is not None
    view = View(Queue.ALL, article_id=article.id, author_id=reader.account_id, since=written[3].created_at,
                until=written[6].created_at)  # fmt: skip
    assert set(await everything(services, site, reader, view)) == {comment.id for comment in written[3:6]}
    nobody = replace(view, author_id=site.id)
    assert await everything(services, site, reader, nobody) == []


async def test_a_cursor_of_another_order_is_refused(
    services: Services, site: Site, reader: Principal, written: Sequence[Comment]
) -> None:
    moderator = moderator_of(site, reader)
    page = await read_queue(services, moderator, site.slug, View(Queue.ALL, Sort.RISK), None, 2)
    with pytest.raises(CursorInvalid):
        await read_queue(services, moderator, site.slug, View(Queue.ALL, Sort.REACH), page.next_cursor, 2)


@pytest.mark.parametrize("search", ["и", "the", "-ferry", "   ", '""'])
async def test_a_search_without_a_word_is_refused(
    services: Services, site: Site, reader: Principal, search: str
) -> None:
    with pytest.raises(InvalidInput):
        await read_queue(services, moderator_of(site, reader), site.slug, View(search=search), None, 2)


async def test_one_site_never_sees_another_ones_queue(
    services: Services, site: Site, reader: Principal, written: Sequence[Comment]
) -> None:
    foreign = replace(reader, grants=(Grant(Role.MODERATOR, services.new_id()),))
    with pytest.raises(Forbidden):
        await read_queue(services, foreign, site.slug, View(), None, 2)


async def test_counts_tell_how_much_waits_and_since_when(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    for words in ("toxic", "fine", "toxic again"):
        await write(services, site, reader, article, words)
    await drain(services)
    moderator = moderator_of(site, reader)
    waiting = await count_queue(services, moderator, site.slug)
    assert dict(waiting.counts) == {
        Queue.HELD: 2, Queue.REPORTED: 0, Queue.UNMODERATED: 1, Queue.REJECTED: 0, Queue.ALL: 3,
    }  # fmt: skip
    assert waiting.held_since is not None
    assert (waiting.reported_since, waiting.late) == (None, False)
    later = services.clock() + timedelta(minutes=site.settings.held_alert_minutes + 1)
    assert (await count_queue(replace(services, clock=lambda: later), moderator, site.slug)).late


async def colleague(services: Services, site: Site, name: str) -> Principal:
    account = await add_account(
        services,
        None,
        f"{name} {services.new_id()}",
        f"{services.new_id()}@example.org",
        "correct horse battery",
    )
    return Principal(account_id=account, name=name, grants=(Grant(Role.MODERATOR, site.id),))


async def test_of_two_who_claim_at_once_one_has_it_and_the_other_is_told_who(
    services: Services, site: Site, written: Sequence[Comment]
) -> None:
    anna, boris = [await colleague(services, site, name) for name in ("Anna", "Boris")]
    told = await asyncio.gather(*(claim(services, who, site.slug, written[5].id) for who in (anna, boris)))
    assert told[0] == told[1]
    assert told[0] is not None
    assert told[0].account_id in {anna.account_id, boris.account_id}


async def test_what_another_holds_is_skipped_until_it_is_released_or_forgotten(
    services: Services, site: Site, reader: Principal, written: Sequence[Comment]
) -> None:
    anna, boris = [await colleague(services, site, name) for name in ("Anna", "Boris")]
    view = View(Queue.HELD, unclaimed=True)

    async def shown(who: Principal, at: Services = services) -> list[UUID]:
        return [item.comment_id for item in (await read_queue(at, who, site.slug, view, None, 50)).items]

    everybody = await shown(boris)
    await claim(services, anna, site.slug, everybody[0])
    assert (await shown(boris), await shown(anna)) == (everybody[1:], everybody)
    later = services.clock() + CLAIM_LIFE
    assert await shown(boris, replace(services, clock=lambda: later)) == everybody
    await release(services, boris, site.slug, everybody[0])
    assert await shown(boris) == everybody[1:]
    await release(services, anna, site.slug, everybody[0])
    assert await shown(boris) == everybody


async def test_a_claim_can_be_taken_over_knowingly(
    services: Services, site: Site, written: Sequence[Comment]
) -> None:
    anna, boris = [await colleague(services, site, name) for name in ("Anna", "Boris")]
    await claim(services, anna, site.slug, written[5].id)
    taken = await claim(services, boris, site.slug, written[5].id, over=True)
    assert taken is not None
    assert taken.account_id == boris.account_id


async def test_what_is_decided_is_on_nobodys_desk_any_more(
    services: Services, site: Site, reader: Principal, written: Sequence[Comment]
) -> None:
    anna = await colleague(services, site, "Anna")
    await claim(services, anna, site.slug, written[5].id)
    await decide_on(services, site, reader, written[5], State.REJECTED)
    boris = await colleague(services, site, "Boris")
    taken = await claim(services, boris, site.slug, written[5].id)
    assert taken is not None
    assert taken.account_id == boris.account_id


async def test_an_item_comes_with_everything_that_is_known_about_it(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    root = await write(services, site, reader, article, "fine")
    await drain(services)
    reply = await submit(services, reader, site.slug, Submission(article.id, "toxic once", root.id))
    await drain(services)
    await edit(services, reader, site.slug, reply.id, "toxic twice")
    await drain(services)
    moderator = moderator_of(site, reader)
    await note_comment(services, moderator, site.slug, reply.id, "Is this irony?")
    found = await read_item(services, moderator, site.slug, reply.id)
    assert found.parent is not None
    assert (found.item.source, found.parent.id) == ("toxic twice", root.id)
    assert [text.source for text in found.texts] == ["toxic once", "toxic twice"]
    assert [text.signals[0].label for text in found.texts] == ["toxic", "toxic"]
    assert [entry.number for entry in found.decisions] == [2, 1]
    assert [note.text for note in found.notes] == ["Is this irony?"]
    assert (found.author.account_id, found.author.held, found.reports.latest) == (reader.account_id, 1, [])
    for unknown in (services.new_id(), (await write(services, site, reader, article, "pending")).id):
        with pytest.raises(CommentNotFound):
            await read_item(services, moderator, site.slug, unknown)
