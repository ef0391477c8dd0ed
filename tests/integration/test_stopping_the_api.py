"""The API is told to stop while its processes are still loading: it stops as soon as they are done."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.stack import free_port

SERVE = (sys.executable, "-c", "from discuss.cli.main import main; main()", "serve")


@pytest.fixture
def loading() -> Iterator[subprocess.Popen[str]]:
    """`discuss serve`, whose first process has just been forked. It can reach no store, and needs none for this."""
    environment = {
        "DISCUSS_PORT": f"{free_port()}",
        "DISCUSS_API_PROCESSES": "2",
        "DISCUSS_DATABASE_URL": f"postgresql://discuss@127.0.0.1:{free_port()}/discuss",
        "DISCUSS_REDIS_URL": f"redis://127.0.0.1:{free_port()}/0",
    }
    run = subprocess.Popen(
        SERVE, env=os.environ | environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert run.stdout is not None
    while "Spawning worker-1" not in (line := run.stdout.readline()):
        assert line, "it ended before it forked"
    yield run
    run.kill()
    run.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_process_that_is_told_to_stop_while_it_loads_need_not_be_killed(
    loading: subprocess.Popen[str], number: signal.Signals
) -> None:
    loading.send_signal(number)
    said, _ = loading.communicate(timeout=60)
    assert said.count("http.stopped") == said.count("Started worker-") > 0
    assert loading.returncode == 0
