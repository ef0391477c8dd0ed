import os
import signal
import subprocess
import sys
from contextlib import contextmanager

import asyncpg
import psutil
import pytest

from discuss.embedded.binaries import postgres_binaries
from discuss.embedded.postgres import EmbeddedPostgres
from discuss.embedded.survivors import mark_of, survivors
from discuss.embedded.waiting import Cancelled, wait_until
from discuss.errors import SetupFailed

ROOT = os.geteuid() == 0
START_AND_WAIT = """
import sys, time
from pathlib import Path
from discuss.embedded.binaries import postgres_binaries
from discuss.embedded.postgres import EmbeddedPostgres
from discuss.errors import SetupFailed
try:
    EmbeddedPostgres(Path(sys.argv[1])).start()
except SetupFailed as error:
    sys.exit(error.detail)
print("up", flush=True)
time.sleep(60)
"""


async def ask(server, statement, *values):
    connection = await asyncpg.connect(server.url)
    try:
        return await connection.fetchval(statement, *values)
    finally:
        await connection.close()


def start_and_forget(folder):
    """Starts a server and is killed before it can stop it. Returns the server's processes."""
    run = subprocess.Popen([sys.executable, "-c", START_AND_WAIT, folder], stdout=subprocess.PIPE)
    assert run.stdout.readline() == b"up\n"
    run.kill()
    run.communicate()
    orphans = survivors(mark_of(folder))
    assert orphans
    return orphans


async def test_it_knows_russian(postgres):
    postgres.start()
    assert await ask(postgres, "SELECT lower('ПРИВЕТ, ЁЖ')") == "привет, ёж"
    found = "SELECT to_tsvector('russian', 'Свежие комментарии читателей') @@ to_tsquery('russian', 'комментарий')"
    assert await ask(postgres, found) is True


async def test_data_and_address_outlive_a_restart(postgres):
    postgres.start()
    address = postgres.url
    await ask(postgres, "CREATE TABLE told AS SELECT 42 AS answer")
    postgres.stop()
    assert not postgres.running
    postgres.start()
    assert postgres.url == address
    assert await ask(postgres, "SELECT answer FROM told") == 42


async def test_committed_data_outlives_a_crash(postgres):
    postgres.start()
    await ask(postgres, "CREATE TABLE kept (n int)")
    for number in range(3):
        await ask(postgres, "INSERT INTO kept VALUES ($1)", number)
        postgres.kill()
        postgres.start()
    os.kill(postgres.pid, signal.SIGKILL)
    assert wait_until(lambda: not postgres.running, 10)
    postgres.start()
    assert await ask(postgres, "SELECT count(*) FROM kept") == 3


async def test_the_server_of_a_killed_run_is_replaced(postgres):
    orphans = start_and_forget(postgres.folder)
    postgres.start()
    assert await ask(postgres, "SELECT 1") == 1
    assert not set(orphans) & set(survivors(mark_of(postgres.folder)))


def test_a_number_in_the_lock_file_that_another_program_has_today_is_no_obstacle(postgres):
    with subprocess.Popen(["sleep", "60"]) as other:
        (postgres.data / "postmaster.pid").write_text(f"{other.pid}\n{postgres.data}\n")
        postgres.start()
        assert other.poll() is None
        other.kill()
    assert postgres.running


def test_an_empty_lock_file_of_a_crash_is_no_obstacle(postgres):
    (postgres.data / "postmaster.pid").touch()
    postgres.start()
    assert postgres.running


def test_a_making_that_was_interrupted_is_done_again(home):
    server = EmbeddedPostgres(home / "postgres")
    with pytest.raises(Cancelled):
        server.start(cancelled=lambda: any(server.folder.glob("new-*/base")))
    assert not server.data.exists()
    assert not survivors(mark_of(server.folder))
    server.start()
    server.stop()
    assert not list(server.folder.glob("new-*"))


@contextmanager
def moved(postgres, place):
    postgres.folder.rename(place)
    server = EmbeddedPostgres(place)
    try:
        yield server
    finally:
        server.stop()
        place.rename(postgres.folder)


async def test_a_long_path_gets_its_socket_elsewhere(home, postgres):
    with moved(postgres, home / ("long" * 25)) as server:
        server.start()
        assert len(str(server.socket)) < 100
        assert server.socket.stat().st_mode & 0o777 == 0o700
        assert await ask(server, "SELECT 1") == 1
        server.stop()
        assert not server.socket.exists()


def test_a_socket_folder_that_others_can_enter_is_refused(home, postgres):
    with moved(postgres, home / ("long" * 25)) as server:
        server.socket.mkdir(mode=0o755)
        with pytest.raises(SetupFailed, match="private"):
            server.start()
        server.socket.rmdir()


def rights(path):
    status = path.stat()
    return status.st_mode, status.st_uid, status.st_gid


@pytest.mark.skipif(not ROOT, reason="only root runs it as another account")
async def test_a_private_parent_stays_private(home, postgres):
    private = home / "private"
    private.mkdir(mode=0o700)
    with moved(postgres, private / "postgres") as server:
        before = {path: rights(path) for path in server.folder.parents}
        server.start()
        assert await ask(server, "SELECT 1") == 1
        assert psutil.Process(server.pid).uids().effective != 0
        server.stop()
        assert {path: rights(path) for path in server.folder.parents} == before


@pytest.mark.skipif(not ROOT, reason="only root can give a file away")
def test_a_database_of_root_is_refused_with_the_remedy(postgres):
    owner = postgres.data.stat()
    os.chown(postgres.data, 0, 0)
    with pytest.raises(SetupFailed, match="chown -R"):
        postgres.start()
    os.chown(postgres.data, owner.st_uid, owner.st_gid)


def test_another_major_version_is_refused(postgres):
    (postgres.data / "PG_VERSION").write_text("16\n")
    with pytest.raises(SetupFailed, match="made by PostgreSQL 16"):
        postgres.start()
    (postgres.data / "PG_VERSION").write_text("18\n")


@pytest.mark.parametrize("lost", ["PG_VERSION", "global/pg_control", "pg_wal"])
def test_a_damaged_folder_is_named(postgres, lost):
    (postgres.data / lost).rename(postgres.folder / "lost")
    with pytest.raises(SetupFailed, match="damaged"):
        postgres.start()
    assert not postgres.running
    (postgres.folder / "lost").rename(postgres.data / lost)


@pytest.mark.skipif(not ROOT, reason="only root can mount a small disk")
def test_a_full_disk_is_named(home):
    mounted = 'mount -t tmpfs -o size=20m none "$1" && chmod 711 "$1" && exec "$0" -c "$2" "$1/postgres"'
    command = ["unshare", "--mount", "sh", "-c", mounted, sys.executable, str(home), START_AND_WAIT]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.stderr.startswith(("mount", "unshare")):
        pytest.skip("this system allows no mount")
    assert "is full" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not ROOT, reason="only root can ask as another account")
def test_another_program_of_the_same_account_is_not_let_in(postgres):
    postgres.start()
    psql = postgres_binaries() / "psql"
    socket = postgres.socket
    command = [psql, "-h", socket, "-U", "discuss", "-Atc", "SELECT 1", "discuss"]
    owner = socket.stat().st_uid
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "1\n"
    other = subprocess.run(command, capture_output=True, text=True, check=False, user=owner)
    assert "Peer authentication failed" in other.stderr
