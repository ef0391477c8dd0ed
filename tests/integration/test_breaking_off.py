"""An act on many comments that breaks off halfway: what was done is told, can be taken back, and reaches readers and colleagues."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from typing import Any, cast
from uuid import UUID

import pytest

from discuss.desk.announcing import Announcer
from discuss.domain.accounts import Principal
from discuss.domain.articles import Article
from discuss.domain.batches import AllHeldOf, Outcome
from discuss.domain.rulings import Ruling
from discuss.domain.sites import Site
from discuss.domain.states import State
from discuss.errors import Unavailable
from discuss.store.database import Database, Tx
from discuss.usecases import carry_out
from discuss.usecases.decide_many import decide_many
from discuss.usecases.services import Services
from discuss.usecases.undo_many import undo_many
from tests.judging import drain, moderator_of, write

PUBLISH = Ruling(State.PUBLISHED)


class Failing:
    """A database whose transactions fail as they commit, after the first few."""

    def __init__(self, real: Database, good: int, error: Exception) -> None:
        self._real, self._good, self._error = real, good, error

    def reading(self) -> AbstractAsyncContextManager[Tx]:
        return self._real.reading()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Tx]:
        async with self._real.transaction() as tx:
            yield tx
            self._good -= 1
            if self._good < 0:
                raise self._error


class Heard:
    """Counts rings, and remembers which sites' moderators were told."""

    def __init__(self) -> None:
        self.rings, self.sites = 0, list[UUID]()

    def ring(self) -> None:
        self.rings += 1

    def tell(self, site_id: UUID, *_: object) -> None:
        self.sites.append(site_id)


def failing(services: Services, good: int, error: Exception) -> tuple[Services, Heard]:
    heard = Heard()
    broken = replace(
        services,
        database=cast("Database", Failing(services.database, good, error)),
        doorbell=cast("Any", heard),
        announcer=cast("Announcer", heard),
    )
    return broken, heard


@pytest.fixture
async def held(
    services: Services, site: Site, reader: Principal, article: Article, monkeypatch: pytest.MonkeyPatch
) -> AllHeldOf:
    """Five comments that wait, which are decided two at a time."""
    monkeypatch.setattr(carry_out, "CHUNK", 2)
    for number in range(5):
        await write(services, site, reader, article, f"toxic {number}")
    await drain(services)
    assert reader.account_id is not None
    return AllHeldOf(reader.account_id)


def outcomes(results: Sequence[carry_out.Result]) -> list[Outcome]:
    return sorted(one.outcome for one in results)


async def test_what_was_decided_before_the_database_went_away_is_told_and_the_same_request_goes_on(
    services: Services, site: Site, reader: Principal, held: AllHeldOf
) -> None:
    moderator = moderator_of(site, reader)
    broken, heard = failing(services, 2, Unavailable())
    half = await decide_many(broken, moderator, site.slug, PUBLISH, held)
    assert (outcomes(half.results), half.more) == ([Outcome.DECIDED] * 4, True)
    assert (heard.rings, heard.sites) == (1, [site.id])
    rest = await decide_many(services, moderator, site.slug, PUBLISH, held)
    assert (outcomes(rest.results), rest.more) == ([Outcome.DECIDED], False)


async def test_undoing_that_breaks_off_can_be_gone_on_with(
    services: Services, site: Site, reader: Principal, held: AllHeldOf
) -> None:
    moderator = moderator_of(site, reader)
    made = await decide_many(services, moderator, site.slug, PUBLISH, held)
    broken, heard = failing(services, 1, Unavailable())
    half = await undo_many(broken, moderator, site.slug, made.id)
    assert (outcomes(half.results), half.more) == ([Outcome.DECIDED] * 2, True)
    assert (heard.rings, heard.sites) == (1, [site.id])
    rest = await undo_many(services, moderator, site.slug, made.id)
    assert (outcomes(rest.results), rest.more) == ([Outcome.DECIDED] * 3 + [Outcome.STALE] * 2, False)


async def test_where_nothing_was_decided_the_database_is_said_to_be_away(
    services: Services, site: Site, reader: Principal, held: AllHeldOf
) -> None:
    broken, heard = failing(services, 0, Unavailable())
    with pytest.raises(Unavailable):
        await decide_many(broken, moderator_of(site, reader), site.slug, PUBLISH, held)
    assert (heard.rings, heard.sites) == (0, [])


async def test_readers_and_colleagues_learn_what_was_decided_before_any_failure(
    services: Services, site: Site, reader: Principal, held: AllHeldOf
) -> None:
    broken, heard = failing(services, 1, ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        await decide_many(broken, moderator_of(site, reader), site.slug, PUBLISH, held)
    assert (heard.rings, heard.sites) == (1, [site.id])
