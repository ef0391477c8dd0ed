"""What stands after the ? in the address of PostgreSQL holds for every connection, and a server that refuses us is as good as away."""

import asyncio
import sys
from dataclasses import replace

import pytest
from sqlalchemy import make_url, text

from discuss import settings, wiring
from discuss.cli.main import main
from discuss.errors import Unavailable
from discuss.settings import Settings
from discuss.store.database import Database, Tx, refused
from discuss.usecases.check_health import check_health
from discuss.usecases.migrate import migrate, schema_is_current
from discuss.usecases.services import Services

NAMED = text("SELECT current_setting('application_name')")
TLS_PLEASE = bytes.fromhex("00000008 04d2162f")
"""PostgreSQL's `SSLRequest`."""


async def name(tx: Tx) -> str:
    return str((await tx.execute(NAMED)).scalar_one())


@pytest.mark.parametrize("mode", ["sslmode=disable", "sslmode=prefer", "ssl=prefer"])
@pytest.mark.parametrize("plan_once", [False, True])
async def test_every_connection_is_made_as_the_address_says(
    configured: Settings, mode: str, *, plan_once: bool
) -> None:
    url = f"{configured.database_url}&{mode}&application_name=the%20news&connect_timeout=9"
    database = Database.connect(settings.load(database_url=url).database_url, pool=1, plan_once=plan_once)
    async with database.reading() as tx:
        assert await name(tx) == "the news"
        planned = await tx.execute(text("SELECT current_setting('plan_cache_mode')"))
        assert planned.scalar_one() == ("force_generic_plan" if plan_once else "auto")
    async with database.long_transaction() as tx:
        assert await name(tx) == "the news"
    await database.close()


async def test_the_tables_are_brought_up_to_date_through_such_an_address(configured: Settings) -> None:
    url = f"{configured.database_url}&sslmode=prefer&application_name=discuss"
    async with wiring.services(configured.model_copy(update={"database_url": url})) as services:
        await migrate(services)
        assert await schema_is_current(services)


async def test_a_server_without_tls_is_told_nothing_where_tls_is_required() -> None:
    heard = []

    async def refuse_tls(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.readexactly(len(TLS_PLEASE)))
        writer.write(b"N")
        heard.append(await reader.read())
        writer.close()

    async with await asyncio.start_server(refuse_tls, "127.0.0.1") as server:
        port = server.sockets[0].getsockname()[1]
        database = Database.connect(f"postgresql://user:hush@127.0.0.1:{port}/news?sslmode=require", pool=1)
        with pytest.raises(Unavailable):
            await database.ping()
        await database.close()
    assert heard[:1] == [TLS_PLEASE]
    assert not any(heard[1:])


@pytest.fixture(params=[{"username": "nobody-here"}, {"database": "nowhere"}], ids=["user", "database"])
def refusing(configured: Settings, request: pytest.FixtureRequest) -> str:
    """An address at which PostgreSQL lets nobody in."""
    return make_url(configured.database_url).set(**request.param).render_as_string(hide_password=False)


async def test_a_server_that_refuses_us_is_away(services: Services, refusing: str) -> None:
    database = Database.connect(refusing, pool=1)
    with pytest.raises(Unavailable) as told:
        await database.ping()
    assert refused(told.value)
    with pytest.raises(Unavailable):
        async with database.long_transaction():
            pass
    assert "postgresql" in await check_health(replace(services, database=database))
    await database.close()


async def test_a_server_that_is_not_there_does_not_refuse_us() -> None:
    database = Database.connect("postgresql://user:hush@127.0.0.1:1/news", pool=1)
    with pytest.raises(Unavailable) as told:
        await database.ping()
    assert not refused(told.value)
    await database.close()


def test_a_command_says_why_it_was_refused(
    configured: Settings, refusing: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DISCUSS_DATABASE_URL", refusing)
    monkeypatch.setenv("DISCUSS_REDIS_URL", configured.redis_url)
    monkeypatch.setattr(sys, "argv", ["discuss", "migrate"])
    with pytest.raises(SystemExit, match=r"^1$"):
        main()
    said = capsys.readouterr().err
    assert "The database cannot be reached" in said
    assert "nobody-here" in said or "nowhere" in said
