"""Work in a thread that may never end."""

import asyncio
import subprocess
import sys
import threading

import pytest

from discuss.usecases.aside import aside

PATIENCE = 20.0
HANGING = """
import asyncio, threading
from discuss.usecases.aside import aside

async def main():
    try:
        await aside(threading.Event().wait, 0.1)
    except TimeoutError:
        print("left behind")

asyncio.run(main())
"""


async def test_an_answer_and_an_error_reach_whoever_waits() -> None:
    def fail() -> None:
        raise LookupError("nothing there")

    assert await aside(lambda: 7, PATIENCE) == 7
    with pytest.raises(LookupError, match="nothing there"):
        await aside(fail, PATIENCE)


async def test_however_many_hang_the_next_has_a_thread_and_so_has_other_work() -> None:
    go_on = threading.Event()
    hanging = [aside(go_on.wait, 0.2) for _ in range(50)]
    told = await asyncio.gather(*hanging, return_exceptions=True)
    assert all(isinstance(one, TimeoutError) for one in told)
    async with asyncio.timeout(PATIENCE):
        assert await aside(lambda: 7, PATIENCE) == 7
        assert await asyncio.to_thread(lambda: 8) == 8
    go_on.set()


def test_a_process_ends_without_those_that_hang() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", HANGING], capture_output=True, text=True, timeout=PATIENCE, check=True
    )
    assert (ended.stdout.strip(), ended.stderr) == ("left behind", "")
