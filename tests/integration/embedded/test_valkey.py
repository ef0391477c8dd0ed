import os
import signal

import pytest
import redis

from discuss.embedded.survivors import mark_of, survivors
from discuss.embedded.valkey import EmbeddedValkey
from discuss.embedded.waiting import wait_until
from discuss.errors import SetupFailed


@pytest.fixture
def client(valkey):
    valkey.start()
    with redis.Redis.from_url(valkey.url, decode_responses=True) as client:
        yield client


def test_it_drops_nothing_and_listens_on_its_socket_only(valkey, client):
    assert client.config_get("maxmemory-policy", "port", "appendfsync") == {
        "maxmemory-policy": "noeviction",
        "port": "0",
        "appendfsync": "everysec",
    }
    assert valkey.socket.stat().st_mode & 0o077 == 0
    assert valkey.socket.parent.stat().st_mode & 0o077 == 0


def test_data_outlives_stop_and_crash(valkey, client):
    client.set("a", "1")
    valkey.stop()
    valkey.start()
    client.set("b", "2")
    valkey.kill()
    valkey.start()
    client.set("c", "3")
    os.kill(valkey.pid, signal.SIGKILL)
    assert wait_until(lambda: not valkey.running, 10)
    valkey.start()
    assert client.mget("a", "b", "c") == ["1", "2", "3"]


def test_a_forgotten_server_is_replaced(valkey, client):
    client.set("a", "1")
    successor = EmbeddedValkey(valkey.folder)
    successor.start()
    try:
        assert not valkey.running
        assert survivors(mark_of(valkey.folder)) == [successor.pid]
        assert client.get("a") == "1"
    finally:
        successor.stop()


def test_paths_long_and_odd(home):
    server = EmbeddedValkey(home / ('it\'s, "odd" %' * 10))
    server.start()
    try:
        assert redis.Redis.from_url(server.url).ping()
    finally:
        server.stop()
    assert not server.socket.parent.exists()


def test_a_damaged_log_is_named(valkey):
    valkey.start()
    valkey.stop()
    for part in valkey.data.rglob("*.aof"):
        part.write_bytes(b"*1\r\n$3\r\nnonsense\r\n" * 100)
    for part in valkey.data.rglob("*.rdb"):
        part.write_bytes(b"nonsense")
    with pytest.raises(SetupFailed, match="damaged"):
        valkey.start()
    assert not valkey.running


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_data_of_another_user_is_left_alone(valkey):
    valkey.start()
    valkey.stop()
    os.chown(valkey.data, 12345, 12345)
    with pytest.raises(SetupFailed, match="belongs to user 12345"):
        valkey.start()
