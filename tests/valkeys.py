"""Several Valkeys together: a cluster, or a server and its replica with the Sentinels that watch them."""

import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

import redis

from discuss.embedded.binaries import valkey_binary
from tests.stack import free_port, wait_for

HOST = "127.0.0.1"
SLOTS = 16384
SERVICE = "discuss"
DOWN_AFTER = 500
"""Milliseconds of silence after which a Sentinel considers a server dead."""
AT_ONCE = ("--repl-diskless-sync-delay", "0")
"""A replica gets the data as soon as it asks: by default, a server waits five seconds for more replicas to ask."""


class Server:
    """A Valkey on a port of its own, with flags of its own."""

    def __init__(self, folder: Path, *flags: str) -> None:
        self.port = free_port()
        self.folder = folder / str(self.port)
        self.folder.mkdir(parents=True)
        self.client = redis.Redis(port=self.port, socket_timeout=5)
        self._flags = flags
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://{HOST}:{self.port}"

    def start(self) -> None:
        with (self.folder / "server.log").open("ab") as log:
            own = ["--port", str(self.port), "--bind", HOST, "--dir", str(self.folder), "--save", ""]
            self._child = subprocess.Popen(
                [str(valkey_binary()), *self._flags, *own], stdout=log, stderr=log, start_new_session=True
            )
        wait_for(f"a server; see {self.folder}", self.answers)

    def answers(self) -> bool:
        with suppress(redis.RedisError):
            return bool(self.client.ping())
        return False

    def kill(self) -> None:
        if self._child is not None:
            self._child.send_signal(signal.SIGKILL)
            self._child.wait()
            self._child = None

    def close(self) -> None:
        self.kill()
        self.client.close()


class Servers:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.servers: list[Server] = []

    @classmethod
    @contextmanager
    def running(cls) -> Iterator[Self]:
        folder = Path(tempfile.mkdtemp(prefix="valkeys-"))
        made = cls(folder)
        try:
            made.start()
            yield made
        finally:
            for server in made.servers:
                server.close()
            shutil.rmtree(folder, ignore_errors=True)

    def start(self) -> None:
        raise NotImplementedError

    def another(self, *flags: str) -> Server:
        server = Server(self.folder, *flags)
        self.servers.append(server)
        server.start()
        return server


class Cluster(Servers):
    """Nodes that share the slots between them."""

    size = 3

    def start(self) -> None:
        for _ in range(self.size):
            self.another(
                "--cluster-enabled", "yes", "--cluster-port", str(free_port()), "--appendonly", "yes"
            )
        share = SLOTS // len(self.servers) + 1
        for number, server in enumerate(self.servers):
            first, last = number * share, min(SLOTS, (number + 1) * share) - 1
            server.client.execute_command("CLUSTER", "ADDSLOTSRANGE", first, last)
            server.client.execute_command("CLUSTER", "SET-CONFIG-EPOCH", number + 1)
        for other in self.servers[1:]:
            bus = other.client.config_get("cluster-port")["cluster-port"]
            self.servers[0].client.execute_command("CLUSTER", "MEET", HOST, other.port, bus)
        wait_for("the nodes to agree", self.agrees)

    def agrees(self) -> bool:
        told = [server.client.execute_command("CLUSTER INFO") for server in self.servers]
        return all(
            info["cluster_state"] == "ok" and info["cluster_known_nodes"] == str(self.size) for info in told
        )

    @property
    def url(self) -> str:
        return "redis+cluster://" + ",".join(f"{HOST}:{server.port}" for server in self.servers)

    def keys(self, server: Server, pattern: str) -> set[str]:
        return {key.decode() for key in server.client.scan_iter(pattern)}

    def move(self, key: str, home: Server, other: Server) -> None:
        """Moves the slot of a key from one node to another, with everything in it."""
        slot = home.client.execute_command("CLUSTER KEYSLOT", key)
        name = other.client.execute_command("CLUSTER MYID").decode()
        home.client.execute_command("CLUSTER MIGRATESLOTS", "SLOTSRANGE", slot, slot, "NODE", name)
        wait_for("the slot to have moved", lambda: self.keys(other, key) and not self.keys(home, key))


class LoneNode(Cluster):
    size = 1


class Watched(Servers):
    """A server, its replica, and as many Sentinels as it takes to elect a new server."""

    quorum = 2
    sentinels: Sequence[Server] = ()

    def start(self) -> None:
        self.master, self.replica = self.another(*AT_ONCE), self.another(*AT_ONCE)
        self.replica.client.replicaof(HOST, self.master.port)
        wait_for("the replica to follow", lambda: self.follows(self.replica, self.master))
        self.sentinels = [self._sentinel(number) for number in range(3)]
        wait_for("the Sentinels to know each other and the replica", self.watched)

    def _sentinel(self, number: int) -> Server:
        written = self.folder / f"sentinel-{number}.conf"
        written.write_text(
            f"sentinel monitor {SERVICE} {HOST} {self.master.port} {self.quorum}\n"
            f"sentinel down-after-milliseconds {SERVICE} {DOWN_AFTER}\n"
            f"sentinel failover-timeout {SERVICE} 3000\n"
        )
        return self.another(str(written), "--sentinel")

    def follows(self, server: Server, other: Server) -> bool:
        told = server.client.info("replication")
        return (told["role"], told.get("master_port"), told.get("master_link_status")) == (
            "slave",
            other.port,
            "up",
        )

    def name(self, server: Server) -> None:
        """Tells every Sentinel that this is the server now."""
        for each in self.sentinels:
            each.client.sentinel_remove(SERVICE)
            each.client.sentinel_monitor(SERVICE, HOST, server.port, self.quorum)
            each.client.sentinel_set(SERVICE, "down-after-milliseconds", DOWN_AFTER)

    def caught_up(self) -> bool:
        """Whether the replica has everything written before."""
        sent = self.master.client.info("replication")["master_repl_offset"]
        return self.replica.client.info("replication")["slave_repl_offset"] >= sent

    def watched(self) -> bool:
        return all(
            (told["num-other-sentinels"], told["num-slaves"]) == (len(self.sentinels) - 1, 1)
            for told in (each.client.sentinel_master(SERVICE) for each in self.sentinels)
        )

    @property
    def url(self) -> str:
        return (
            "redis+sentinel://" + ",".join(f"{HOST}:{each.port}" for each in self.sentinels) + f"/{SERVICE}"
        )

    def leader(self) -> int:
        """The port of the server that the Sentinels name as the current one."""
        named = {each.client.sentinel_get_master_addr_by_name(SERVICE) for each in self.sentinels}
        return named.pop()[1] if len(named) == 1 else 0
