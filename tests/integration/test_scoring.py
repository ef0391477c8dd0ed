"""The worker's use cases against a real PostgreSQL: batches, bad rows, conflicts, counters."""

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from discuss.classify.protocol import Scored
from discuss.domain.accounts import Credential, Principal
from discuss.domain.articles import Article, Commenting
from discuss.domain.comments import Comment
from discuss.domain.decisions import Reason, Source
from discuss.domain.events import Topic
from discuss.domain.rulings import Ruling
from discuss.domain.sites import Site
from discuss.domain.states import State
from discuss.errors import ArticleClosed, DecisionStale, DiscussError
from discuss.store import articles, decisions
from discuss.store.outbox import waiting
from discuss.store.tables import outbox, signals
from discuss.usecases.build_feeds import build
from discuss.usecases.decide import decide
from discuss.usecases.delete import delete
from discuss.usecases.edit import edit
from discuss.usecases.project import project
from discuss.usecases.register_article import Registration, register_article
from discuss.usecases.score import HOPELESS, score
from discuss.usecases.services import Judge, Services
from discuss.usecases.submit import Submission, submit
from discuss.usecases.tidy import tidy
from tests.integration.queues import in_queue
from tests.judging import BOMB, JUDGE, Fake, decide_on, disagreements, drain, moderator_of, state_of, write


class Slow(Fake):
    """Waits until the test lets it go on."""

    def __init__(self) -> None:
        self.began, self.go_on = threading.Event(), threading.Event()

    def score(self, texts: Sequence[str]) -> list[Scored]:
        self.began.set()
        assert self.go_on.wait(20)
        return super().score(texts)


async def heard(services: Services, site: Site) -> list[tuple[str, str]]:
    """Every signal of the site, with its label and the model that gave it."""
    async with services.database.reading() as tx:
        rows = await tx.execute(select(signals.c.name, signals.c.version).where(signals.c.site_id == site.id))
        return [(row.name, row.version) for row in rows]


async def facts(services: Services, site: Site, article: Article) -> tuple[int, datetime | None]:
    async with services.database.reading() as tx:
        found = await articles.by_id(tx, site.id, article.id)
    return found.comment_count, found.last_comment_at


async def left_of(services: Services, article: Article) -> int:
    """How many facts about the article nobody has taken up."""
    async with services.database.reading() as tx:
        return len(await waiting(tx, Topic.ARTICLE_CHANGED, [article.id], services.clock()))


def an_hour_after(services: Services) -> Services:
    then = services.clock() + timedelta(hours=1)
    return replace(services, clock=lambda: then)


async def test_a_batch_is_scored_and_decided(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    fine = await write(services, site, reader, article, "fine")
    bad = await write(services, site, reader, article, "toxic")
    await drain(services)
    assert [await state_of(services, site, comment) for comment in (fine, bad)] == [
        State.PUBLISHED,
        State.HELD,
    ]
    assert (await facts(services, site, article))[0] == 1


async def test_one_bad_row_keeps_nobody_else_waiting_and_ends_before_a_person(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    before = await write(services, site, reader, article, "one")
    bomb = await write(services, site, reader, article, BOMB)
    after = await write(services, site, reader, article, "two")
    later = services
    for _ in range(HOPELESS + 1):
        await drain(later)
        assert [await state_of(services, site, c) for c in (before, after)] == [
            State.PUBLISHED,
            State.PUBLISHED,
        ]
        later = an_hour_after(later)
    assert await state_of(services, site, bomb) is State.HELD
    async with services.database.reading() as tx:
        held = await in_queue(tx, site, State.HELD)
    assert [list(item.reasons) for item in held] == [[Reason.NOT_SCORED]]


async def test_clocks_that_differ_keep_neither_a_comment_nor_a_feed_waiting(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    while await project(services):
        pass
    ahead = replace(services, clock=lambda: services.clock() + timedelta(seconds=30))
    comment = await write(ahead, site, reader, article, "from a host whose clock is ahead")
    await drain(services)
    assert await state_of(services, site, comment) is State.PUBLISHED
    await decide_on(ahead, site, reader, comment, State.REJECTED)
    while await project(services):
        pass
    assert await left_of(services, article) == 0


async def test_many_workers_at_once_decide_each_comment_once(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    written = [await write(services, site, reader, article, f"text {number}") for number in range(120)]
    small = replace(JUDGE, batch=7)

    async def work() -> None:
        while await score(services, small):
            pass

    await asyncio.gather(*(work() for _ in range(8)))
    await drain(services)
    assert {await state_of(services, site, comment) for comment in written} == {State.PUBLISHED}
    assert (await facts(services, site, article))[0] == 120
    assert await heard(services, site) == [("toxic", "fake 1")] * 120


async def test_counters_are_right_when_many_decide_and_delete_on_one_article_at_once(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    written = [await write(services, site, reader, article, f"text {number}") for number in range(40)]
    await drain(services)
    moderator = moderator_of(site, reader)

    async def reject(comment: Comment) -> None:
        assert comment.revision is not None
        await decide(services, moderator, site.slug, comment.revision.id, Ruling(State.REJECTED, Reason.SPAM))

    await asyncio.gather(
        *(reject(comment) for comment in written[:15]),
        *(delete(services, reader, site.slug, comment.id) for comment in written[10:25]),
        return_exceptions=True,
    )
    assert (await facts(services, site, article))[0] == 15


async def test_of_two_moderators_who_saw_the_same_decision_one_is_told_the_truth(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    comment = await write(services, site, reader, article, "toxic")
    await drain(services)
    async with services.database.reading() as tx:
        (item,) = await in_queue(tx, site, State.HELD)
    moderator = moderator_of(site, reader)

    async def try_to(state: State, reason: Reason | None) -> object:
        return await decide(
            services,
            moderator,
            site.slug,
            item.revision_id,
            Ruling(state, reason),
            seen=item.decision_id,
        )

    told = await asyncio.gather(
        try_to(State.PUBLISHED, None), try_to(State.REJECTED, Reason.INSULT), return_exceptions=True
    )
    assert sorted(isinstance(answer, DecisionStale) for answer in told) == [False, True]
    assert not any(
        isinstance(answer, BaseException) and not isinstance(answer, DiscussError) for answer in told
    )
    assert await state_of(services, site, comment) in {State.PUBLISHED, State.REJECTED}


async def test_the_machine_never_overturns_a_person(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    comment = await write(services, site, reader, article, "to be rejected")
    assert comment.revision is not None
    moderator = moderator_of(site, reader)
    await decide(services, moderator, site.slug, comment.revision.id, Ruling(State.REJECTED, Reason.OTHER))
    await drain(services)
    assert await state_of(services, site, comment) is State.REJECTED
    async with services.database.reading() as tx:
        assert [made.source for made in await decisions.of_revision(tx, comment.revision.id)] == [
            Source.PERSON
        ]
        assert (
            await tx.scalar(
                select(func.count()).select_from(outbox).where(outbox.c.subject_id == comment.revision.id)
            )
            == 0
        )


async def test_an_edit_of_a_comment_that_a_person_rejected_waits_for_a_person(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    comment = await write(services, site, reader, article, "to be rejected")
    await drain(services)
    assert comment.revision is not None
    await decide(
        services,
        moderator_of(site, reader),
        site.slug,
        comment.revision.id,
        Ruling(State.REJECTED, Reason.OTHER),
    )
    await edit(services, reader, site.slug, comment.id, "perfectly harmless now")
    await drain(services)
    assert await state_of(services, site, comment) is State.HELD
    assert (await facts(services, site, article))[0] == 0


async def test_an_edit_of_a_comment_that_a_person_held_waits_for_a_person(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    comment = await write(services, site, reader, article, "to be looked at again")
    await drain(services)
    await decide_on(services, site, reader, comment, State.HELD)
    await edit(services, reader, site.slug, comment.id, "perfectly harmless now")
    await drain(services)
    assert await state_of(services, site, comment) is State.HELD


async def test_a_rejection_that_falls_into_the_scoring_of_an_edit_is_heard(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    comment = await write(services, site, reader, article, "the first text")
    await drain(services)
    await edit(services, reader, site.slug, comment.id, "the second text")
    slow = Slow()
    scoring = asyncio.create_task(score(services, Judge(slow, 50)))
    await asyncio.to_thread(slow.began.wait)
    await decide_on(services, site, reader, comment, State.REJECTED)
    slow.go_on.set()
    await scoring
    assert await state_of(services, site, comment) is State.HELD
    assert (await facts(services, site, article))[0] == 0


async def test_moderators_who_decide_while_a_batch_is_scored_meet_no_deadlock(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    written = [await write(services, site, reader, article, f"text {number}") for number in range(30)]
    told = await asyncio.gather(
        *(decide_on(services, site, reader, comment, State.REJECTED) for comment in written),
        *(score(services, replace(JUDGE, batch=4)) for _ in range(4)),
        return_exceptions=True,
    )
    await drain(services)
    assert [answer for answer in told if isinstance(answer, BaseException)] == []
    assert {await state_of(services, site, comment) for comment in written} == {State.REJECTED}


async def test_hiding_the_newest_comment_takes_the_activity_back(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    await write(services, site, reader, article, "first")
    await drain(services)
    _, first = await facts(services, site, article)
    second = await write(services, site, reader, article, "second")
    await drain(services)
    assert (await facts(services, site, article))[1] != first
    await delete(services, reader, site.slug, second.id)
    assert await facts(services, site, article) == (1, first)


async def test_record_and_feed_agree_when_all_is_done(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    await write(services, site, reader, article, "one")
    await drain(services)
    await build(services, site)
    while await project(services):
        pass
    assert await disagreements(services, site) == []


@pytest.mark.parametrize("text", ["<b>bold</b>", "NUL-free", "emoji 👨‍👩‍👧", "x" * 5000, "Привет ёж"])
async def test_any_text_that_is_accepted_is_scored(
    services: Services, site: Site, reader: Principal, article: Article, text: str
) -> None:
    comment = await write(services, site, reader, article, text)
    await drain(services)
    assert await state_of(services, site, comment) is State.PUBLISHED
    assert isinstance(comment.id, UUID)


class Bell:
    """Remembers how often it was rung."""

    def __init__(self) -> None:
        self.rings = 0

    def ring(self) -> None:
        self.rings += 1

    def ring_soon(self) -> None:
        self.ring()


async def test_whatever_gives_the_worker_work_rings_for_it(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    bell = Bell()
    ringing = replace(services, doorbell=bell)
    comment = await write(ringing, site, reader, article, "rings once")
    await edit(ringing, reader, site.slug, comment.id, "rings twice")
    await drain(services)
    await decide_on(ringing, site, reader, comment, State.REJECTED)
    await delete(ringing, reader, site.slug, comment.id)
    assert bell.rings == 4


async def test_an_edit_is_refused_where_comments_are_closed(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    comment = await write(services, site, reader, article, "before")
    closed = Registration(
        article.external_id, article.url, article.title, article.language, article.published_at,
        commenting=Commenting.CLOSED,
    )  # fmt: skip
    await register_article(services, Principal(Credential.KEY, site_id=site.id), site.slug, closed)
    with pytest.raises(ArticleClosed):
        await edit(services, reader, site.slug, comment.id, "after")


async def test_an_idempotency_key_is_forgotten_after_a_day(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    once = Submission(article.id, "said once", idempotency_key="key")
    first = await submit(services, reader, site.slug, once)
    await tidy(services)
    assert (await submit(services, reader, site.slug, once)).id == first.id
    later = services.clock() + timedelta(hours=25)
    await tidy(replace(services, clock=lambda: later))
    assert (await submit(services, reader, site.slug, once)).id != first.id
