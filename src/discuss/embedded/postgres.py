"""A real PostgreSQL in a folder, for one machine and for tests."""

import os
import signal
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote

from discuss.embedded import cluster, lockfile, sockets
from discuss.embedded.account import Account, choose, with_reach
from discuss.embedded.admission import admit
from discuss.embedded.binaries import postgres_binaries
from discuss.embedded.failure import explain, refusals
from discuss.embedded.memory import shared_buffers
from discuss.embedded.process import Child, end, end_group, fresh_log, until_ready
from discuss.embedded.survivors import end_survivors, mark_of
from discuss.embedded.waiting import never

SOCKET = ".s.PGSQL.5432"
STOP_SECONDS = 30.0
SETTINGS: dict[str, str] = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "jit": "off",
    "recovery_init_sync_method": cluster.SYNC,
    "huge_pages": "off",
    "io_method": "sync",  # what is not in its buffers is nearly always in the system's: handing reads over would cost more
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "log_error_verbosity": "terse",  # the details of errors hold what people wrote
}


class EmbeddedPostgres:
    """PostgreSQL 18 with its data, its socket and (unless told otherwise) its log in `folder`.

    Methods may be called repeatedly and in any order; `start` returns when connections are accepted.
    """

    name = "PostgreSQL"

    def __init__(self, folder: Path, log: Path | None = None) -> None:
        self.folder = folder.resolve()
        self.log = (log or self.folder / "postgres.log").resolve()
        self.data = self.folder / "data"
        self._child: Child | None = None

    @property
    def socket(self) -> Path:
        return sockets.socket_folder(self.folder, SOCKET)

    @property
    def url(self) -> str:
        """Where to connect; the same after every restart. Ask after the first start."""
        return f"postgresql://discuss@/discuss?host={quote(str(self.socket))}"

    @property
    def pid(self) -> int | None:
        return self._child.pid if self._child else None

    @property
    def running(self) -> bool:
        return self._child is not None and self._child.poll() is None

    def start(self, cancelled: Callable[[], bool] = never) -> None:
        """Start, after ending what a killed run left.

        Raises `SetupFailed` with a sentence, or `Cancelled` if `cancelled` says to give up.
        """
        if self.running:
            return
        with refusals(self.folder):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            offset = fresh_log(self.log)
            self._end_survivors()
            programs = cluster.Programs(postgres_binaries(), self._account(), self.folder, self.log)
            if not self.data.exists():
                cluster.create(self.data, programs, cancelled)
            cluster.check(self.data)
            sockets.prepare(self.socket, programs.account.uid if programs.account else os.geteuid())
            programs.give(self.socket)
            admission = admit(self.folder, programs.give)
        self._child = programs.start("postgres", "-D", self.data, *self._flags(admission))
        self._await_ready(self._child, offset, cancelled)

    def stop(self) -> None:
        """A fast shutdown: sessions are cut off, but nothing committed is lost."""
        if self._child is not None:
            end(self._child, signal.SIGINT, STOP_SECONDS)
            self._gone()

    def kill(self) -> None:
        """Does what a crash does: no shutdown, and recovery at the next start."""
        if self._child is not None:
            end_group(self._child)
            self._gone()

    def _gone(self) -> None:
        """The server's children notice its end by themselves, as each is in a process group of its own."""
        self._child = None
        end_survivors(mark_of(self.folder), polite=None, seconds=10)
        if not self.socket.is_relative_to(self.folder):
            sockets.remove(self.socket)

    def _end_survivors(self) -> None:
        """Only the leader of a killed run is signalled: to its children the signal means something else."""
        leader = lockfile.leader(self.data)
        end_survivors(mark_of(self.folder), polite=signal.SIGINT, only=leader or 0, seconds=STOP_SECONDS)
        lockfile.drop_stale(self.data)

    def _account(self) -> Account | None:
        account = choose(self.folder, self.data)
        if account is None:
            return None
        os.chown(self.folder, account.uid, account.gid)
        return with_reach(account, self.folder, postgres_binaries() / "postgres")

    def _flags(self, admission: Mapping[str, str]) -> list[str]:
        quoted = '"' + str(self.socket).replace('"', '""') + '"'
        place = {"unix_socket_directories": quoted, "cluster_name": mark_of(self.folder)}
        settings = {**SETTINGS, "shared_buffers": shared_buffers(), **admission, **place}
        return [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]

    def _await_ready(self, child: Child, offset: int, cancelled: Callable[[], bool]) -> None:
        ready = False
        try:
            ready = until_ready(child, lambda: lockfile.ready(self.data, child.pid), cancelled)
        finally:
            if not ready:
                self.stop()
        if not ready:
            raise explain(self.name, self.folder, self.log, offset)
