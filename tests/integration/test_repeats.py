"""Rules about repeats: near-duplicates are counted in the order they came, in one batch, in several, and by several workers."""

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from discuss.classify.protocol import Scored
from discuss.domain.accounts import Credential, Principal
from discuss.domain.articles import Article
from discuss.domain.comments import Comment
from discuss.domain.rule_sense import MOST_COUNTED
from discuss.domain.rules import Action, Mode, RepeatsSpec
from discuss.domain.sites import Site
from discuss.domain.states import State
from discuss.usecases.edit import edit
from discuss.usecases.register_account import add_account
from discuss.usecases.register_article import Registration, register_article
from discuss.usecases.score import score
from discuss.usecases.services import Judge, Services
from tests.judging import Fake, drain, state_of, write
from tests.ruling import ruled, said_of

OFFER = "Buy the newest shoes with a discount here and now, friends"


async def test_the_same_text_again_is_a_repeat(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    await ruled(services, site, reader, RepeatsSpec(minutes=5, by_author=3))
    states = []
    for n in range(3):
        comment = await write(services, site, reader, article, f"{OFFER}{'!' * n}")
        await drain(services)
        states.append(await state_of(services, site, comment))
    assert states == [State.PUBLISHED, State.PUBLISHED, State.HELD]


async def test_as_many_repeats_as_may_be_asked_for_can_be_counted(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    most = RepeatsSpec(by_author=MOST_COUNTED, by_anybody=MOST_COUNTED)
    await ruled(services, site, reader, most, mode=Mode.SHADOW)
    text = "Buy the newest shoes with a discount here and now, friends"
    flood = [await write(services, site, reader, article, text) for _ in range(MOST_COUNTED - 1)]
    await drain(services)
    last = await write(services, site, reader, article, text)
    await drain(services)
    assert [await said_of(services, one) for one in flood] == [[]] * len(flood)
    assert [said.name for said in await said_of(services, last)] == ["repeated"]


async def test_copies_that_are_scored_together_are_repeats_in_the_order_they_were_written(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    await ruled(services, site, reader, RepeatsSpec(minutes=5, by_author=3))
    other = await write(services, site, reader, article, "Something else entirely, about the weather of May")
    copies = [await write(services, site, reader, article, f"{OFFER}{'!' * n}") for n in range(5)]
    for text in (
        "Something else entirely about the weather of May",
        "Something else entirely; the weather of May",
    ):
        await edit(services, reader, site.slug, other.id, text)
    await drain(services)
    assert [await state_of(services, site, one) for one in copies] == [State.PUBLISHED] * 2 + [State.HELD] * 3
    assert await state_of(services, site, other) is State.PUBLISHED


@pytest.mark.parametrize("together", [True, False])
async def test_an_author_who_corrects_a_comment_repeats_nothing_however_often(
    services: Services, site: Site, reader: Principal, article: Article, together: bool
) -> None:
    await ruled(services, site, reader, RepeatsSpec(minutes=5, by_author=3, by_anybody=4))
    corrected = await write(services, site, reader, article, OFFER)
    await drain(services)
    for n in range(1, 4):
        await edit(services, reader, site.slug, corrected.id, f"{OFFER}{'!' * n}")
        if not together:
            await drain(services)
    again = await write(services, site, reader, article, OFFER)
    await drain(services)
    third = await write(services, site, reader, article, OFFER)
    await drain(services)
    states = [await state_of(services, site, one) for one in (corrected, again, third)]
    assert states == [State.PUBLISHED, State.PUBLISHED, State.HELD]


async def test_a_stranger_is_no_flood_because_somebody_corrected_the_same_text_often(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    await ruled(services, site, reader, RepeatsSpec(minutes=5, by_author=3, by_anybody=3), Action.REJECT)
    corrected = await write(services, site, reader, article, OFFER)
    for n in range(1, 4):
        await edit(services, reader, site.slug, corrected.id, f"{OFFER}{'!' * n}")
    await drain(services)
    stranger = await another(services, site)
    assert await state_of(services, site, await scored(services, site, stranger, article)) is State.PUBLISHED
    assert await state_of(services, site, await scored(services, site, stranger, article)) is State.REJECTED


async def another(services: Services, site: Site) -> Principal:
    account = await add_account(
        services, site.id, "A stranger", "stranger@example.org", "correct horse battery"
    )
    return Principal(Credential.BEARER, account, name="A stranger", site_id=site.id)


async def scored(services: Services, site: Site, author: Principal, article: Article) -> Comment:
    comment = await write(services, site, author, article, OFFER)
    await drain(services)
    return comment


@pytest.mark.parametrize("batch", [1, 50])
@pytest.mark.parametrize(("apart", "state"), [(53, State.PUBLISHED), (9, State.REJECTED)])
async def test_after_an_outage_copies_count_by_when_they_were_written(
    services: Services, site: Site, reader: Principal, article: Article, batch: int, apart: int, state: State
) -> None:
    await ruled(services, site, reader, RepeatsSpec(minutes=10, by_author=2), Action.REJECT)
    await write(at(services, -60), site, reader, article, OFFER)
    again = await write(at(services, apart - 60), site, reader, article, OFFER)
    while await score(services, Judge(Fake(), batch)):
        pass
    assert await state_of(services, site, again) is state


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        ((-90, -90), (-85, 0), State.REJECTED),
        ((-90, 0), (-85, 0), State.REJECTED),
        ((-90, 0), (-20, 0), State.PUBLISHED),
        ((-20, -20), (-90, 0), State.PUBLISHED),
        pytest.param((-16, -20), (-7, 0), State.REJECTED, id="written-by-a-clock-that-is-ahead"),
    ],
)
async def test_copies_are_as_far_apart_as_they_were_written_whenever_they_are_scored(
    services: Services,
    site: Site,
    reader: Principal,
    article: Article,
    first: tuple[int, int],
    second: tuple[int, int],
    state: State,
) -> None:
    """Each is written and scored at these minutes."""
    await ruled(services, site, reader, RepeatsSpec(minutes=10, by_author=2), Action.REJECT)
    for written, scored_at in (first, second):
        comment = await write(at(services, written), site, reader, article, OFFER)
        await drain(at(services, scored_at))
    assert await state_of(services, site, comment) is state


def at(services: Services, minutes: int) -> Services:
    """With a clock that is this far from now."""
    return replace(services, clock=lambda: datetime.now(UTC) + timedelta(minutes=minutes))


class Together(Fake):
    """Answers once two batches are being scored."""

    def __init__(self) -> None:
        self._both = threading.Barrier(2)

    def score(self, texts: Sequence[str]) -> list[Scored]:
        self._both.wait(20)
        return super().score(texts)


async def test_copies_that_two_workers_score_at_the_same_time_are_repeats(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    await ruled(services, site, reader, RepeatsSpec(minutes=5, by_author=3))
    await drain(services)
    elsewhere, _ = await register_article(
        services,
        Principal(Credential.KEY, site_id=site.id),
        site.slug,
        Registration("two", "https://example.org/two", "Two", "en", article.published_at),
    )
    copies = [
        await write(services, site, reader, there, OFFER) for there in (article, elsewhere) for _ in range(2)
    ]
    both = Judge(Together(), 2)
    assert await asyncio.gather(score(services, both), score(services, both)) == [2, 2]
    states = [await state_of(services, site, one) for one in copies]
    assert sorted(states) == [State.HELD] * 2 + [State.PUBLISHED] * 2
