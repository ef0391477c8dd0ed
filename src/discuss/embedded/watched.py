"""One running part, and how often it has died."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from discuss.embedded.failure import last_lines, refusals
from discuss.embedded.process import fresh_log
from discuss.errors import SetupFailed

DEATHS_ALLOWED = 5
DEATHS_WINDOW = 60.0
FIRST_PAUSE = 0.25
LINES_TOLD = 3


class Part(Protocol):
    """What can be kept running: a store or a service."""

    @property
    def name(self) -> str: ...
    @property
    def log(self) -> Path: ...
    @property
    def running(self) -> bool: ...
    def start(self, cancelled: Callable[[], bool]) -> None: ...
    def stop(self) -> None: ...


@dataclass
class Watched:
    """Restarts a dead part, after a longer pause each time; gives up with `SetupFailed` if it dies again and again."""

    part: Part
    say: Callable[[str], None]
    deaths: list[float] = field(default_factory=list)
    due: float | None = None  # when the dead part is started again
    began: int = 0  # where in the log its current life begins

    def start(self, cancelled: Callable[[], bool]) -> None:
        with refusals(self.part.log.parent):
            self.began = fresh_log(self.part.log)
        self.part.start(cancelled)

    def look_after(self, cancelled: Callable[[], bool]) -> None:
        if self.part.running:
            return
        if self.due is None:
            self._note_death(time.monotonic())
        elif time.monotonic() >= self.due:
            self.due = None
            try:
                self.start(cancelled)
            except SetupFailed as error:
                self.say(error.detail)

    def _note_death(self, now: float) -> None:
        self.part.stop()  # what it left behind would be in the way of its successor
        self.deaths = [*(then for then in self.deaths if now - then < DEATHS_WINDOW), now]
        name, count, end = self.part.name, len(self.deaths), end_of(self.part.log, self.began)
        if count >= DEATHS_ALLOWED:
            raise SetupFailed(f"{name} died {count} times in a minute, so everything has been stopped. {end}")
        pause = FIRST_PAUSE * 2 ** (count - 1)
        self.due = now + pause
        self.say(f"{name} has died and will be restarted in {pause:g} s. {end}")


def end_of(log: Path, offset: int = 0) -> str:
    lines = "".join(f"\n  {line}" for line in last_lines(log, offset)[-LINES_TOLD:])
    return f"The end of {log}:{lines or ' nothing'}"
