import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from discuss.embedded.service import GRACE_SECONDS
from tests.stack import free_port, wait_for

UP = (sys.executable, "-c", "from discuss.cli.main import main; main()", "up")


def environment(settings):
    return os.environ | {f"DISCUSS_{name.upper()}": str(value) for name, value in settings.items()}


def up(**settings):
    return subprocess.run(
        UP, env=environment(settings), capture_output=True, text=True, timeout=30, check=False
    )


@pytest.fixture
def taken():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_taken_port_is_named_before_anything_starts(home, taken):
    done = up(home=home, port=taken)
    assert done.returncode == 1
    assert f"Port {taken} on 127.0.0.1 is taken" in done.stderr
    assert "DISCUSS_PORT" in done.stderr
    assert not (home / "postgres").exists()


@pytest.mark.parametrize(
    ("host", "sentence"),
    [
        ("192.0.2.1", "is not an address of this machine"),
        ("no.such.host.invalid", "not an address of this machine"),
    ],
)
def test_a_wrong_address_is_named(home, host, sentence):
    done = up(home=home, host=host)
    assert done.returncode == 1
    assert sentence in done.stderr


@pytest.mark.parametrize("place", ["/proc/discuss", "/dev/null/discuss"])
def test_a_folder_that_cannot_be_made_is_named(place):
    done = up(home=place)
    assert done.returncode == 1
    assert place in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def running(home):
    """`discuss up` with two API processes, and the port that they listen on."""
    port = free_port()
    settings = environment({"home": home, "port": port, "api_processes": 2})
    run = subprocess.Popen([*UP, "--no-demo"], env=settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said = b""
    while b"Discuss is running" not in said:
        line = run.stdout.readline()
        assert line, said
        said += line
    # One that answers is enough for `discuss up` to be ready.
    api = home / "log" / "api.log"
    wait_for("both API processes to have started", lambda: api.read_text().count("Started worker-") == 2)
    yield run, port
    run.send_signal(signal.SIGTERM)
    run.communicate(timeout=60)


def test_a_request_that_was_begun_is_answered_although_it_takes_longer_than_other_parts_are_given(
    home, running
):
    run, port = running
    with socket.create_connection(("127.0.0.1", port), timeout=60) as client:
        client.sendall(
            b"POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nConnection: close\r\n"
        )
        client.sendall(b"Content-Type: application/json\r\n\r\n{")
        told = time.monotonic()
        run.send_signal(signal.SIGTERM)
        wait_for("other parts to be killed", lambda: time.monotonic() - told > GRACE_SECONDS + 1)
        client.sendall(b"}")
        assert client.recv(100).startswith(b"HTTP/1.1 422 ")
    assert run.wait(60) == 0
    assert (home / "log" / "api.log").read_text().count("http.stopped") == 2
