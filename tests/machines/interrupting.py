"""Makes something happen between any two steps of a coroutine: at each point where it waits, one after the other."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Generator
from typing import Any

Happening = Callable[[], Coroutine[Any, Any, None]]


class Killed(Exception):
    """The process ends here: nothing more is done, and what was not committed is rolled back."""


class Interrupted:
    """Awaits `work`, and lets `happening` happen where it waits for the `point`-th time. `reached`: whether it got that far."""

    def __init__(self, work: Coroutine[Any, Any, Any], point: int, happening: Happening) -> None:
        self._work, self._point, self._happening = work, point, happening
        self.reached = False

    def __await__(self) -> Generator[Any, Any, Any]:
        step, error = 0, None
        while True:
            try:
                waits_for = self._work.throw(error) if error else self._work.send(None)
            except StopIteration as end:
                return end.value
            try:
                yield waits_for
                error = None
            except BaseException as raised:  # noqa: BLE001 - a timeout, or an error of what it waited for
                error = raised
                continue
            if step == self._point:
                self.reached = True
                error = yield from self._happen()
            step += 1

    def _happen(self) -> Generator[Any, Any, BaseException | None]:
        """Runs it in a task of its own, with timeouts of its own."""
        try:
            yield from asyncio.ensure_future(self._happening()).__await__()
        except Killed:
            return asyncio.CancelledError()
        return None


async def at_every_point(
    prepare: Callable[[], Awaitable[None]],
    work: Callable[[], Coroutine[Any, Any, Any]],
    happening: Happening,
    recover: Callable[[], Awaitable[None]],
) -> int:
    """Returns how many points there were. Everything is prepared anew each time, and must be well after recovery."""
    for point in range(1000):
        await prepare()
        interrupted = Interrupted(work(), point, happening)
        try:
            await asyncio.wait_for(interrupted, 20)
        except asyncio.CancelledError:
            assert interrupted.reached
        await recover()
        if not interrupted.reached:
            return point
    raise AssertionError("It never came to an end.")
