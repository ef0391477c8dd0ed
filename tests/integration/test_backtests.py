"""Back-tests: the worker finds out from what is stored what a rule would have stopped."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from discuss.domain.accounts import Principal
from discuss.domain.articles import Article
from discuss.domain.backtests import Backtest, Progress, ThresholdSpec
from discuss.domain.comments import Comment
from discuss.domain.rules import Action, LinksSpec, PremoderationSpec, RepeatsSpec, Spec, WordsSpec
from discuss.domain.sites import Site
from discuss.domain.states import State
from discuss.errors import BacktestNotFound, InvalidInput
from discuss.store.tables import backtests
from discuss.usecases import run_backtest as running
from discuss.usecases.backtest import Question, cancel_backtest, read_backtest, request_backtest
from discuss.usecases.edit import edit
from discuss.usecases.register_site import register_site
from discuss.usecases.rulebook import Rulebook
from discuss.usecases.run_backtest import run_backtest
from discuss.usecases.services import Services
from tests.judging import decide_on, drain, moderator_of, write

TEXTS = [
    "a casino of mine",
    "nothing at all",
    "CASINOS again",
    "see www.example.com",
    "nothing at all, friends of mine",
]


@pytest.fixture
async def published(services: Services, site: Site, reader: Principal, article: Article) -> Sequence[Comment]:
    comments = [await write(services, site, reader, article, text) for text in TEXTS]
    await drain(services)
    return comments


async def asked(
    services: Services, site: Site, reader: Principal, spec: Spec | ThresholdSpec, days: int = 7
) -> Backtest:
    question = Question(spec, Action.HOLD, days)
    return await request_backtest(services, moderator_of(site, reader), site.slug, question)


async def finished(
    services: Services, site: Site, reader: Principal, made: Backtest
) -> tuple[Backtest, list[str]]:
    while await run_backtest(services, Rulebook()):
        pass
    found, examples = await read_backtest(services, moderator_of(site, reader), site.slug, made.id)
    return found, [one.source for one in examples]


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        (WordsSpec(["casino"]), {TEXTS[0], TEXTS[2]}),
        (LinksSpec(deny=["example.com"]), {TEXTS[3]}),
        (PremoderationSpec(first_comments=2), {TEXTS[0], TEXTS[1]}),
        (PremoderationSpec(languages=["en"]), set(TEXTS)),
        (ThresholdSpec("toxic", 0.0, "en"), set(TEXTS)),
        (ThresholdSpec("toxic", 0.5), set()),
        (ThresholdSpec("toxic", 0.0, "ru"), set()),
    ],
)
async def test_each_kind_counts_what_it_would_have_stopped(
    services: Services,
    site: Site,
    reader: Principal,
    published: Sequence[Comment],
    spec: Spec,
    expected: set[str],
) -> None:
    found, examples = await finished(services, site, reader, await asked(services, site, reader, spec))
    assert (found.state, found.seen, found.total, found.hits) == (Progress.DONE, 5, 5, len(expected))
    assert set(examples) == expected


async def test_first_comments_are_counted_as_far_as_the_rule_asks(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    for number in range(103):
        await write(services, site, reader, article, f"fine {number}")
    await drain(services)
    made = await asked(services, site, reader, PremoderationSpec(first_comments=101))
    found, _ = await finished(services, site, reader, made)
    assert (found.seen, found.hits) == (103, 101)


@pytest.mark.parametrize("word", ["gov", "government"])
async def test_words_are_found_as_they_stand_there_and_as_they_were_read(
    services: Services, site: Site, reader: Principal, article: Article, word: str
) -> None:
    text = "the gov*rnment is late again"
    await write(services, site, reader, article, text)
    await drain(services)
    _, examples = await finished(
        services, site, reader, await asked(services, site, reader, WordsSpec([word]))
    )
    assert examples == [text]


async def test_a_list_that_can_no_longer_be_read_fails_its_back_test_and_no_other(
    services: Services, site: Site, reader: Principal, published: Sequence[Comment]
) -> None:
    made = await asked(services, site, reader, WordsSpec(["casino"]))
    other = await asked(services, site, reader, WordsSpec(["casino"]))
    unreadable = update(backtests).where(backtests.c.id == made.id).values(spec={"entries": ["?"]})
    async with services.database.transaction() as tx:
        await tx.execute(unreadable)
    assert (await finished(services, site, reader, made))[0].state is Progress.FAILED
    found, _ = await finished(services, site, reader, other)
    assert (found.state, found.hits) == (Progress.DONE, 2)


async def test_repeats_are_found_as_they_came(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    for number in range(4):
        await write(
            services, site, reader, article, f"Buy these shoes at once, they are cheap and good{'!' * number}"
        )
        await drain(services)
    made = await asked(services, site, reader, RepeatsSpec(minutes=60, by_author=3))
    found, _ = await finished(services, site, reader, made)
    assert found.hits == 2


async def test_a_text_that_was_corrected_often_is_one_comment_to_a_back_test_too(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    text = "Buy these shoes at once, they are cheap and good"
    corrected = await write(services, site, reader, article, text)
    await drain(services)
    for number in range(1, 4):
        await edit(services, reader, site.slug, corrected.id, f"{text}{'!' * number}")
        await drain(services)
    for _ in range(2):
        await write(services, site, reader, article, text)
        await drain(services)
    made = await asked(services, site, reader, RepeatsSpec(minutes=60, by_author=3))
    found, _ = await finished(services, site, reader, made)
    assert (found.seen, found.hits) == (3, 1)


async def test_a_flood_is_counted_whole_whatever_its_size_and_however_fast_it_came(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    for number in range(120):
        await write(
            services, site, reader, article, f"Buy these shoes at once, they are cheap and good{'!' * number}"
        )
    await drain(services)
    made = await asked(services, site, reader, RepeatsSpec(minutes=60, by_author=3))
    found, _ = await finished(services, site, reader, made)
    assert (found.seen, found.hits) == (120, 118)


async def test_copies_that_were_scored_together_after_an_outage_count_by_when_they_were_written(
    services: Services, site: Site, reader: Principal, article: Article
) -> None:
    now = services.clock()
    for ago in (60, 7, 2):
        past = replace(services, clock=lambda ago=ago: now - timedelta(minutes=ago))
        await write(past, site, reader, article, "Buy these shoes at once, they are cheap and good")
    await drain(services)
    made = await asked(services, site, reader, RepeatsSpec(minutes=10, by_author=2))
    found, _ = await finished(services, site, reader, made)
    assert (found.seen, found.hits) == (3, 1)


async def test_what_is_not_published_is_not_counted(
    services: Services, site: Site, reader: Principal, published: Sequence[Comment]
) -> None:
    await decide_on(services, site, reader, published[0], State.REJECTED)
    made = await asked(services, site, reader, WordsSpec(["casino"]))
    found, examples = await finished(services, site, reader, made)
    assert (found.seen, examples) == (4, [TEXTS[2]])


async def test_it_goes_on_where_it_was_broken_off(
    services: Services,
    site: Site,
    reader: Principal,
    published: Sequence[Comment],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(running, "CHUNK", 2)
    made = await asked(services, site, reader, WordsSpec(["casino"]))
    await run_backtest(services, Rulebook())
    half, _ = await read_backtest(services, moderator_of(site, reader), site.slug, made.id)
    assert (half.state, half.seen, half.total) == (Progress.RUNNING, 2, 5)
    stopped = asyncio.create_task(run_backtest(services, Rulebook()))
    await asyncio.sleep(0)
    stopped.cancel()
    await asyncio.gather(stopped, return_exceptions=True)
    found, examples = await finished(services, site, reader, made)
    assert (found.seen, found.hits, set(examples)) == (5, 2, {TEXTS[0], TEXTS[2]})


async def test_a_cancelled_one_stops_and_keeps_what_it_found(
    services: Services,
    site: Site,
    reader: Principal,
    published: Sequence[Comment],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(running, "CHUNK", 3)
    made = await asked(services, site, reader, WordsSpec(["casino"]))
    await run_backtest(services, Rulebook())
    await cancel_backtest(services, moderator_of(site, reader), site.slug, made.id)
    found, examples = await finished(services, site, reader, made)
    assert (found.state, found.seen, examples) == (Progress.CANCELLED, 3, [TEXTS[2]])


async def test_another_site_sees_nothing_of_it(
    services: Services, site: Site, reader: Principal, published: Sequence[Comment]
) -> None:
    made = await asked(services, site, reader, WordsSpec(["casino"]))
    other = await register_site(services, f"other-of-{site.slug}", "Other")
    with pytest.raises(BacktestNotFound):
        await read_backtest(services, moderator_of(other, reader), other.slug, made.id)
    await finished(services, site, reader, made)


@pytest.mark.parametrize(
    ("spec", "days"),
    [
        (RepeatsSpec(), 8),
        (RepeatsSpec(by_author=51), 7),
        (WordsSpec(["casino"]), 366),
        (WordsSpec(["?"]), 7),
        (WordsSpec([]), 7),
    ],
)
async def test_what_cannot_be_looked_up_is_refused(
    services: Services, site: Site, reader: Principal, spec: Spec, days: int
) -> None:
    with pytest.raises(InvalidInput):
        await asked(services, site, reader, spec, days)
