"""Runs everything on one machine: started in order, restarted when it dies, stopped in order."""

import signal
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from discuss.embedded import home as homes
from discuss.embedded.process import finish, fresh_log, spawn
from discuss.embedded.service import GRACE_SECONDS, Service
from discuss.embedded.stopping import stop_signals
from discuss.embedded.survivors import VARIABLE, end_survivors, mark_of
from discuss.embedded.waiting import Cancelled, never, wait_until
from discuss.embedded.watched import Part, Watched, end_of
from discuss.errors import SetupFailed

LOOK_SECONDS = 0.1
STRAY_SECONDS = 1.0


class Supervisor:
    """Made by `supervised`. Every method that waits raises `Cancelled` when the process is asked to stop."""

    def __init__(self, home: Path, say: Callable[[str], None], cancelled: Callable[[], bool]) -> None:
        self._home = home
        self._say = say
        self._cancelled = cancelled
        self._stores: list[Watched] = []
        self._services: list[Watched] = []

    def log(self, name: str) -> Path:
        return self._home / "log" / f"{name}.log"

    def start_store(self, store: Part) -> None:
        self._start(store, self._stores)

    def start_service(
        self,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str],
        grace: float = GRACE_SECONDS,
    ) -> None:
        service = Service(name, command, self.log(name), self._marked(environment), grace)
        self._start(service, self._services)

    def _start(self, part: Part, among: list[Watched]) -> None:
        if self._cancelled():
            raise Cancelled
        among.append(Watched(part, self._say))
        among[-1].start(self._cancelled)

    def run(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> str:
        """Run a command to its end, and return what it wrote to its standard output."""
        log = self.log(name)
        offset = fresh_log(log)
        with tempfile.TemporaryFile(dir=log.parent) as output:
            child = spawn(command, log, env=self._marked(environment), stdout=output)
            if finish(child, cancelled=self._cancelled) != 0:
                raise SetupFailed(f"Step '{name}' failed. {end_of(log, offset)}")
            output.seek(0)
            return output.read().decode()

    def _marked(self, environment: Mapping[str, str]) -> dict[str, str]:
        return {**environment, VARIABLE: mark_of(self._home)}

    def watch(self, until: Callable[[], bool] = never, seconds: float = float("inf")) -> bool:
        """Keep everything running. Returns whether `until` came true in time, with nothing dead.

        Raises `SetupFailed` if something dies again and again.
        """

        def look() -> bool:
            all_watched = (*self._stores, *self._services)
            for watched in all_watched:
                watched.look_after(self._cancelled)
            return all(watched.part.running for watched in all_watched) and until()

        return wait_until(look, seconds, self._cancelled, pause=LOOK_SECONDS)

    def stop(self) -> None:
        """Stop the services in the order they were started (the one that takes requests goes first), then the stores."""
        for watched in (*self._services, *reversed(self._stores)):
            self._attempt(watched.part.stop)
        self._attempt(lambda: self.end_survivors(STRAY_SECONDS))

    def _attempt(self, step: Callable[[], None]) -> None:
        """A part that cannot be stopped must not keep the others alive."""
        try:
            step()
        except (SetupFailed, OSError) as error:
            self._say(str(error))

    def end_survivors(self, seconds: float) -> None:
        """End what services left running: those of a killed run, or children that hid in sessions of their own."""
        end_survivors(mark_of(self._home), polite=signal.SIGTERM, seconds=seconds)


@contextmanager
def supervised(home: Path, say: Callable[[str], None]) -> Iterator[Supervisor]:
    """Lock the folder and stop everything at the end, however it comes. Being asked to stop is not an error."""
    homes.prepare(home)
    with stop_signals() as asked, homes.locked(home):
        supervisor = Supervisor(home, say, asked)
        supervisor.end_survivors(GRACE_SECONDS)
        try:
            yield supervisor
        except Cancelled:
            say("Stopping ...")
        finally:
            supervisor.stop()
