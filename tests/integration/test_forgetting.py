"""What is over is deleted some at a time, however much of it there is."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import func, insert, select

from discuss.domain.accounts import Principal
from discuss.domain.sites import Site
from discuss.errors import Unavailable
from discuss.store import claims, forgetting
from discuss.store.tables import idempotency, sessions
from discuss.usecases.services import Services
from discuss.usecases.tidy import LONGEST, tidy


async def log_ins(services: Services, reader: Principal, number: int) -> None:
    """Makes this many sessions that have ended."""
    at = services.clock() - timedelta(days=1)
    rows = [
        {"id": services.new_id(), "account_id": reader.account_id, "credential": "cookie",
         "token_hash": services.new_id().bytes, "created_at": at, "expires_at": at}
        for _ in range(number)
    ]  # fmt: skip
    async with services.database.transaction() as tx:
        await tx.execute(insert(sessions), rows)


async def keys(services: Services, site: Site, reader: Principal, number: int) -> None:
    """Makes this many idempotency keys of the day before yesterday."""
    at = services.clock() - timedelta(days=2)
    rows = [
        {"site_id": site.id, "account_id": reader.account_id, "route": "comments", "key": str(n), "fingerprint": b"",
         "subject_id": services.new_id(), "created_at": at}
        for n in range(number)
    ]  # fmt: skip
    async with services.database.transaction() as tx:
        await tx.execute(insert(idempotency), rows)


async def left(services: Services, site: Site, reader: Principal) -> tuple[int, int]:
    """How many sessions and keys are left."""
    mine = select(func.count()).select_from(sessions).where(sessions.c.account_id == reader.account_id)
    here = select(func.count()).select_from(idempotency).where(idempotency.c.site_id == site.id)
    async with services.database.reading() as tx:
        return await tx.scalar(mine) or 0, await tx.scalar(here) or 0


async def test_everything_old_goes_in_portions(
    services: Services, site: Site, reader: Principal, monkeypatch: pytest.MonkeyPatch
) -> None:
    await tidy(services)
    monkeypatch.setattr(forgetting, "PORTION", 3)
    await log_ins(services, reader, 7)
    await keys(services, site, reader, 6)
    await tidy(services)
    assert await left(services, site, reader) == (0, 0)


async def test_where_there_is_too_much_of_one_kind_the_others_go_all_the_same_and_the_rest_goes_next_time(
    services: Services, site: Site, reader: Principal, monkeypatch: pytest.MonkeyPatch
) -> None:
    await tidy(services)
    monkeypatch.setattr(forgetting, "PORTION", 2)
    await log_ins(services, reader, 5)
    await keys(services, site, reader, 1)
    began, looks = services.clock(), count()
    slow = replace(services, clock=lambda: began + next(looks) * LONGEST / 2)
    await tidy(slow)
    assert await left(services, site, reader) == (3, 0)
    await tidy(services)
    assert await left(services, site, reader) == (0, 0)


async def test_what_was_forgotten_stays_so_though_a_later_portion_fails(
    services: Services, site: Site, reader: Principal, monkeypatch: pytest.MonkeyPatch
) -> None:
    await tidy(services)
    await log_ins(services, reader, 2)

    async def fail(*_: object) -> int:
        raise TimeoutError

    monkeypatch.setattr(claims, "forget", fail)
    with pytest.raises(Unavailable):
        await tidy(services)
    assert await left(services, site, reader) == (0, 0)
