import os
import socket
import subprocess
import sys

import pytest

UP = (sys.executable, "-c", "from discuss.cli.main import main; main()", "up")


def up(**settings):
    environment = os.environ | {f"DISCUSS_{name.upper()}": str(value) for name, value in settings.items()}
    return subprocess.run(UP, env=environment, capture_output=True, text=True, timeout=30, check=False)


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
