"""Very many listeners on one process: all are told, and those that leave are released."""

import re
import resource
import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.stack import SiteInUse, Stack, wait_for

MANY = 3_000
TOKEN = "to see how many listen"


@pytest.fixture(scope="module")
def site() -> Iterator[SiteInUse]:
    """A site of a stack whose only API process reports how many listen to it."""
    with Stack.running(DISCUSS_METRICS_TOKEN=TOKEN, DISCUSS_STREAMS_PER_ADDRESS=str(MANY)) as stack:
        site = stack.site("crowded")
        site.article("one")
        site.built(1)
        yield site


@pytest.fixture
def many_files() -> Iterator[None]:
    """Raises this process's limit of open files, because each connection takes one; the server raises its own."""
    before, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (before, most))


def listen(site: SiteInUse) -> socket.socket:
    wire = socket.create_connection(("127.0.0.1", site.stack.port), timeout=30)
    wire.sendall(f"GET {site.path}/feed/stream HTTP/1.1\r\nhost: localhost\r\n\r\n".encode())
    hear(wire, "retry: ")
    return wire


def hear(wire: socket.socket, what: str) -> None:
    heard = b""
    while what.encode() not in heard:
        piece = wire.recv(65536)
        assert piece, heard
        heard += piece


def listening(site: SiteInUse) -> int:
    answer = site.stack.client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    (told,) = re.findall(r"^discuss_feed_listeners{.*} (\d+)\.0$", answer.text, re.MULTILINE)
    return int(told)


def test_thousands_wait_at_one_process_all_are_told_of_a_change_and_all_can_go(site, many_files):
    with ExitStack() as opened:
        wires = [opened.enter_context(listen(site)) for _ in range(MANY)]
        assert listening(site) == MANY
        article = site.renamed("one")["id"]
        for wire in wires:
            hear(wire, f'"articles":[{{"id":"{article}"')
    wait_for("all of them to be let go", lambda: listening(site) == 0)
    assert site.feed()
