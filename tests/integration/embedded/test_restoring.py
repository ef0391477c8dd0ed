"""A dump is restored as docs/operations.md says, including one of an older version."""

import os
import re
import subprocess
import sys
from pathlib import Path
from stat import S_IMODE

from alembic.command import upgrade
from sqlalchemy import text

from discuss.embedded.postgres import EmbeddedPostgres
from discuss.store.database import Database
from discuss.store.migrating import configuration, is_current, migrate

DOCS = Path(__file__).parents[3] / "docs" / "operations.md"
OLD = "0004"
SITE = """INSERT INTO sites (id, slug, name, time_zone, languages, allowed_origins, settings, created_at)
          VALUES (gen_random_uuid(), 'news', 'News', 'UTC', '{en}', '{}', '{}', now())"""


def told(command: str) -> str:
    """The documentation's block of commands that contains this one."""
    blocks: list[str] = re.findall(r"```\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    (block,) = [block for block in blocks if command in block]
    return block


class Operator:
    """Follows the documentation to the letter, but in folders of the test, and as whoever runs it."""

    def __init__(self, home: Path, backups: Path) -> None:
        backups.mkdir()
        self.dump = backups / "discuss.dump"
        self._here = {
            "/var/lib/discuss": str(home),
            "/var/backups/discuss": str(backups),
            "/opt/discuss/bin": str(Path(sys.executable).parent),
            "-o discuss -g discuss": f"-o {os.geteuid()} -g {os.getegid()}",
        }

    def follow(self, *blocks: str) -> None:
        """Begins where nobody can write a file, as the folder may be in which a shell of another user is opened."""
        commands = "".join(blocks)
        for documented, here in self._here.items():
            commands = commands.replace(documented, here)
        # Without our settings: the schema of a database that they name must not be dropped.
        plain = {name: value for name, value in os.environ.items() if not name.startswith("DISCUSS_")}
        subprocess.run(["sh", "-euc", commands], cwd="/proc", env=plain, check=True, capture_output=True)

    def back_up(self) -> None:
        self.follow(told('"$bin/pg_dump"'))

    def restore(self) -> None:
        """In a new shell, where `bin` and `url` have to be set again."""
        setting = told('"$bin/pg_dump"').partition('"$bin/pg_dump"')[0]
        self.follow(setting, told('"$bin/pg_restore"'))


def test_the_data_folder_is_put_aside_and_an_empty_private_one_takes_its_place(tmp_path: Path) -> None:
    home = tmp_path / "discuss"
    (home / "postgres").mkdir(parents=True)
    operator = Operator(home, tmp_path / "backups")
    operator.follow("systemctl() { :; }\n", told("systemctl stop discuss"))
    assert (tmp_path / "discuss.old" / "postgres").is_dir()
    assert list(home.iterdir()) == []
    assert S_IMODE(home.stat().st_mode) == 0o700


async def test_a_dump_of_an_older_version_is_restored_over_newer_tables(
    postgres: EmbeddedPostgres, home: Path, tmp_path: Path
) -> None:
    operator = Operator(home, tmp_path / "backups")
    (home / "valkey").mkdir()  # `discuss up` would have made it
    postgres.start()
    database = Database.connect(postgres.url, 1)
    async with database.long_transaction() as tx:
        await tx.run_sync(lambda connection: upgrade(configuration(connection), OLD))
        await tx.execute(text(SITE))
    operator.back_up()
    assert S_IMODE(operator.dump.stat().st_mode) == 0o600
    await migrate(database)
    operator.restore()
    assert not await is_current(database)
    await migrate(database)
    assert await is_current(database)
    async with database.reading() as tx:
        assert await tx.scalar(text("SELECT slug FROM sites")) == "news"
    async with database.transaction() as tx:
        await tx.execute(text("DROP SCHEMA public CASCADE"))
        await tx.execute(text("CREATE SCHEMA public"))
    await database.close()
