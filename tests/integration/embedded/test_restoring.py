"""A dump is restored as docs/operations.md says, including one of an older version."""

import os
import re
import subprocess
from pathlib import Path

from alembic.command import upgrade
from sqlalchemy import text

from discuss.embedded.binaries import postgres_binaries
from discuss.embedded.postgres import EmbeddedPostgres
from discuss.store.database import Database
from discuss.store.migrating import configuration, is_current, migrate

DOCS = Path(__file__).parents[3] / "docs" / "operations.md"
OLD = "0004"
SITE = """INSERT INTO sites (id, slug, name, time_zone, languages, allowed_origins, settings, created_at)
          VALUES (gen_random_uuid(), 'news', 'News', 'UTC', '{en}', '{}', '{}', now())"""


def told(program: str) -> str:
    """The documentation's block of commands that uses the program."""
    blocks: list[str] = re.findall(r"```\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    (block,) = [block for block in blocks if f'"$bin/{program}"' in block]
    return block


def give(program: str, url: str, folder: Path) -> None:
    """Runs only the lines that call the server's programs, with the paths known here."""
    commands = "\n".join(line for line in told(program).splitlines() if line.startswith('"$bin/'))
    environment = os.environ | {"bin": str(postgres_binaries()), "url": url}
    subprocess.run(["sh", "-euc", commands], env=environment, cwd=folder, check=True, capture_output=True)


async def test_a_dump_of_an_older_version_is_restored_over_newer_tables(
    postgres: EmbeddedPostgres, home: Path
) -> None:
    postgres.start()
    database = Database.connect(postgres.url, 1)
    async with database.long_transaction() as tx:
        await tx.run_sync(lambda connection: upgrade(configuration(connection), OLD))
        await tx.execute(text(SITE))
    give("pg_dump", postgres.url, home)
    await migrate(database)
    give("pg_restore", postgres.url, home)
    assert not await is_current(database)
    await migrate(database)
    assert await is_current(database)
    async with database.reading() as tx:
        assert await tx.scalar(text("SELECT slug FROM sites")) == "news"
    async with database.transaction() as tx:
        await tx.execute(text("DROP SCHEMA public CASCADE"))
        await tx.execute(text("CREATE SCHEMA public"))
    await database.close()
