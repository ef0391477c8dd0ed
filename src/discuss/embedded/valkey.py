"""A real Valkey in a folder, for one machine and for tests."""

import os
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from discuss.embedded import sockets
from discuss.embedded.account import check_owner
from discuss.embedded.binaries import valkey_binary
from discuss.embedded.failure import explain, refusals
from discuss.embedded.process import Child, end, end_group, fresh_log, spawn, until_ready
from discuss.embedded.survivors import end_survivors, mark_of
from discuss.embedded.waiting import never

SOCKET = "valkey.sock"
STOP_SECONDS = 15.0
SETTINGS = {
    "port": "0",
    "unixsocketperm": "700",
    "appendonly": "yes",
    "appendfsync": "everysec",
    "save": "",
    "maxmemory-policy": "noeviction",
    "daemonize": "no",
}


class EmbeddedValkey:
    """Valkey 9 with its data, its socket and (unless told otherwise) its log in `folder`.

    Methods may be called repeatedly and in any order; `start` returns when commands are answered.
    """

    name = "Valkey"

    def __init__(self, folder: Path, log: Path | None = None) -> None:
        self.folder = folder.resolve()
        self.log = (log or self.folder / "valkey.log").resolve()
        self.data = self.folder / "data"
        self._child: Child | None = None

    @property
    def socket(self) -> Path:
        return sockets.socket_folder(self.folder, SOCKET) / SOCKET

    @property
    def url(self) -> str:
        """Where to connect; the same after every restart. Ask after the first start."""
        return f"unix://{quote(str(self.socket))}"

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
            self.data.mkdir(mode=0o700, exist_ok=True)
            check_owner(self.data)
            offset = fresh_log(self.log)
            end_survivors(mark_of(self.folder), polite=signal.SIGTERM, seconds=STOP_SECONDS)
            sockets.prepare(self.socket.parent, os.geteuid())
        self._child = spawn([valkey_binary(), *self._flags()], self.log, cwd="/")
        self._await_answer(self._child, offset, cancelled)

    def stop(self) -> None:
        """A shutdown that first writes everything to disk."""
        if self._child is not None:
            end(self._child, signal.SIGTERM, STOP_SECONDS)
            self._gone()

    def kill(self) -> None:
        """Does what a crash does: at most the last second of writes is lost."""
        if self._child is not None:
            end_group(self._child)
            self._gone()

    def _gone(self) -> None:
        self._child = None
        if not self.socket.is_relative_to(self.folder):
            sockets.remove(self.socket.parent)

    def _flags(self) -> list[str]:
        # The title carries the mark by which a later run finds this process.
        settings = SETTINGS | {
            "unixsocket": str(self.socket),
            "dir": str(self.data),
            "proc-title-template": f"{{title}} {mark_of(self.folder)}",
        }
        return [word for name, value in settings.items() for word in (f"--{name}", value)]

    def _await_answer(self, child: Child, offset: int, cancelled: Callable[[], bool]) -> None:
        ready = False
        try:
            ready = until_ready(child, self._answers, cancelled)
        finally:
            if not ready:
                self.stop()
        if not ready:
            raise explain(self.name, self.folder, self.log, offset)

    def _answers(self) -> bool:
        """Whether it answers a ping; while it still loads its data, it answers with an error."""
        with suppress(OSError), socket.socket(socket.AF_UNIX) as line:
            line.settimeout(1)
            line.connect(str(self.socket))
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
        return False
