"""Databases with our schema: made once in each process of a run, and copied for every use."""

import atexit
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from discuss.embedded.postgres import EmbeddedPostgres
from discuss.store.database import Database
from discuss.store.migrating import migrate
from tests.threads import in_thread

UNSYNCED = "fsync = off\n"
"""Tests kill servers but not the machine, which keeps everything that was written: there is no need to wait for the disk."""


def furnished(folder: Path) -> EmbeddedPostgres:
    """A server in that folder, not started yet, whose database has the newest schema and no rows."""
    folder.mkdir(mode=0o700)
    subprocess.run(["cp", "-a", template() / "data", folder], check=True)
    return EmbeddedPostgres(folder)


@cache
def template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="discuss-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    folder.chmod(0o711)
    server = EmbeddedPostgres(folder / "postgres")
    server.start()
    in_thread(lambda: _prepare(server.url))
    server.stop()
    with (server.data / "postgresql.conf").open("a") as settings:
        settings.write(UNSYNCED)
    return server.folder


async def _prepare(url: str) -> None:
    database = Database.connect(url, 1)
    await migrate(database)
    await database.close()
