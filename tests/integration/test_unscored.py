"""What becomes of a text that the classifier fails on: it is held, published and looked at again, or tried again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from discuss.classify.protocol import Scored
from discuss.domain.accounts import Principal
from discuss.domain.articles import Article
from discuss.domain.events import Topic
from discuss.domain.rules import (
    Action,
    LinksSpec,
    PremoderationSpec,
    RepeatsSpec,
    Rule,
    Spec,
    WordsSpec,
)
from discuss.domain.sites import Site, SiteSettings, Unscored
from discuss.domain.states import State
from discuss.store import sites
from discuss.store.tables import rule_versions, tallies
from discuss.usecases import gather_evidence
from discuss.usecases.score import score
from discuss.usecases.services import Judge, Services
from tests.judging import BOMB, Fake, decide_on, state_of, write
from tests.ruling import reasons_of, ruled


class Moody(Fake):
    """Fails until it is told to recover."""

    well = False

    def score(self, texts: Sequence[str]) -> list[Scored]:
        if not self.well:
            raise ValueError("not today")
        return super().score(texts)


class Later:
    """A clock that can be put forward."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now().astimezone() + self.ahead


@pytest.fixture
def later() -> Later:
    return Later()


async def prefer(services: Services, site: Site, unscored: Unscored) -> None:
    async with services.database.transaction() as tx:
        await sites.change(tx, replace(site, settings=replace(site.settings, unscored=unscored)))


async def hits_of(services: Services, rule: Rule) -> int:
    query = select(func.coalesce(func.sum(tallies.c.hits), 0)).where(tallies.c.subject == str(rule.id))
    async with services.database.reading() as tx:
        return int((await tx.execute(query)).scalar_one())


async def tried(services: Services, judge: Judge, later: Later, times: int) -> None:
    for _ in range(times):
        for topic in (Topic.REVISION_SUBMITTED, Topic.REVISION_UNHEARD):
            await score(services, judge, topic)
        later.ahead += timedelta(minutes=10)


async def test_by_default_a_person_looks(
    services: Services, site: Site, reader: Principal, article: Article, later: Later
) -> None:
    assert SiteSettings().unscored is Unscored.HOLD
    comment = await write(services, site, reader, article, "fine")
    await tried(replace(services, clock=later), Judge(Moody(), 50), later, 5)
    assert await state_of(services, site, comment) is State.HELD


async def test_a_site_may_publish_and_what_passed_is_stopped_once_it_can_be_scored(
    services: Services, site: Site, reader: Principal, article: Article, later: Later
) -> None:
    await prefer(services, site, Unscored.PUBLISH)
    rude, kind, kept = [
        await write(services, site, reader, article, text) for text in ("toxic", "fine", "toxic too")
    ]
    moody, timed = Moody(), replace(services, clock=later)
    judge = Judge(moody, 50)
    await tried(timed, judge, later, 5)
    assert [await state_of(services, site, one) for one in (rude, kind, kept)] == [State.PUBLISHED] * 3
    await decide_on(services, site, reader, kept, State.PUBLISHED)
    moody.well = True
    await tried(timed, judge, later, 2)
    assert [await state_of(services, site, one) for one in (rude, kind, kept)] == [
        State.HELD,
        State.PUBLISHED,
        State.PUBLISHED,
    ]


async def test_a_site_may_wait_until_it_can_be_scored(
    services: Services, site: Site, reader: Principal, article: Article, later: Later
) -> None:
    await prefer(services, site, Unscored.ASK_AGAIN)
    comment = await write(services, site, reader, article, "toxic")
    moody, timed = Moody(), replace(services, clock=later)
    judge = Judge(moody, 50)
    await tried(timed, judge, later, 8)
    assert await state_of(services, site, comment) is State.PENDING
    moody.well = True
    await tried(timed, judge, later, 1)
    assert await state_of(services, site, comment) is State.HELD


async def test_a_rule_that_cannot_be_asked_any_more_holds_what_it_should_be_asked_about(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    rule = await ruled(services, site, reader, WordsSpec(["weather"]), Action.REJECT)
    unreadable = (
        update(rule_versions).where(rule_versions.c.rule_id == rule.id).values(spec={"entries": ["!!!"]})
    )
    async with services.database.transaction() as tx:
        await tx.execute(unreadable)
    comment = await write(services, site, reader, article, "fine weather")
    await score(services, Judge(Fake(), 50))
    assert await state_of(services, site, comment) is State.HELD
    assert await reasons_of(services, comment) == ["not-scored"]


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        (RepeatsSpec(), ["not-scored"]),
        (PremoderationSpec(languages=["de"]), ["not-scored"]),
        (PremoderationSpec(languages=["de"], first_comments=3), ["new-author"]),
    ],
)
async def test_a_rule_that_needs_the_classifier_holds_what_the_classifier_failed_on_and_no_brake_comes_of_it(
    services: Services,
    site: Site,
    reader: Principal,
    article: Article,
    later: Later,
    spec: Spec,
    said: Sequence[str],
) -> None:
    await prefer(services, site, Unscored.PUBLISH)
    rule = await ruled(services, site, reader, spec)
    comment = await write(services, site, reader, article, "fine")
    await tried(replace(services, clock=later), Judge(Moody(), 50), later, 5)
    assert await state_of(services, site, comment) is State.HELD
    assert await reasons_of(services, comment) == said
    assert await hits_of(services, rule) == (said != ["not-scored"])


async def test_rules_that_need_no_classifier_hold_nothing_because_it_failed(
    services: Services, site: Site, reader: Principal, article: Article, later: Later
) -> None:
    await prefer(services, site, Unscored.PUBLISH)
    await ruled(services, site, reader, PremoderationSpec(rejected_share=0.5))
    await ruled(services, site, reader, LinksSpec(deny=["example.com"]))
    comment = await write(services, site, reader, article, "fine")
    await tried(replace(services, clock=later), Judge(Moody(), 50), later, 5)
    assert await state_of(services, site, comment) is State.PUBLISHED


async def test_a_text_that_cannot_even_be_decided_unscored_keeps_nobody_else(
    services: Services,
    site: Site,
    reader: Principal,
    article: Article,
    later: Later,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    poison = await write(services, site, reader, article, BOMB)
    timed, judge = replace(services, clock=later), Judge(Fake(), 50)

    def broken(*_: object) -> None:
        raise ValueError(BOMB)

    with monkeypatch.context() as patched:
        patched.setattr(gather_evidence, "match_words", broken)
        await tried(timed, judge, later, 6)
    assert await state_of(services, site, poison) is State.PENDING
    fine = await write(services, site, reader, article, "fine")
    await tried(timed, judge, later, 2)
    assert await state_of(services, site, fine) is State.PUBLISHED
    assert await state_of(services, site, poison) is State.HELD
