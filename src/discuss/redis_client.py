"""Connects to Redis: one server, a cluster, or the server that the Sentinels name."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeVar, cast
from urllib.parse import unquote, urlsplit

from redis.asyncio import Redis, RedisCluster, Sentinel
from redis.asyncio.client import PubSub
from redis.asyncio.cluster import ClusterNode, NodesManager
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import SentinelConnectionPool
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as NotConnected
from redis.exceptions import RedisClusterException, RedisError

PLAIN = ("redis://", "rediss://", "unix://")
CLUSTER = ("redis+cluster://", "rediss+cluster://")
SENTINEL = ("redis+sentinel://", "rediss+sentinel://")

# `urlsplit` cannot be used: its checks for IPv6 make it refuse several servers.
ADDRESS = re.compile(
    r"(?P<scheme>[a-z+]+)://(?:(?P<log_in>[^/?#]*)@)?(?P<nodes>[^@/?#]*)(?P<path>[^?#]*)(?P<more>.*)",
    re.DOTALL,
)
NODE = re.compile(r"(\[[0-9a-fA-F:.]+\]|[^\[\]:/@,\s]+)(?::([0-9]{1,5}))?")
SERVICE = re.compile(r"/([^/]+)(?:/([0-9]{1,4}))?")
PORT, SENTINEL_PORT = 6379, 26379
UNREADABLE = (
    "this is not an address such as redis://user:password@host:6379/0. "
    "In user and password write @ as %40, : as %3A, / as %2F"
)

Client = TypeVar("Client", bound=Redis)


@dataclass(frozen=True, slots=True)
class Address:
    """`nodes` are some nodes of a cluster, or the Sentinels that know where `service` is."""

    nodes: tuple[tuple[str, int], ...]
    username: str | None
    password: str | None
    tls: bool
    service: str = ""
    database: int = 0

    @property
    def log_in(self) -> Mapping[str, Any]:
        return {"username": self.username, "password": self.password, "ssl": self.tls}


def check(url: str) -> None:
    """Raises `ValueError` with a sentence that does not repeat the address, which may contain a password."""
    if url.startswith(CLUSTER + SENTINEL):
        parse(url)
        return
    try:
        Redis.from_url(url).connection_pool.make_connection()
    except TypeError:
        raise ValueError("an option after the ? in it is not known") from None
    except (ValueError, RedisError):
        raise ValueError(UNREADABLE) from None
    # A password that was not escaped may end at a /, and the rest of it is taken for the number of the database.
    if not url.startswith("unix:") and "@" in urlsplit(url).path:
        raise ValueError(UNREADABLE)


def parse(url: str) -> Address:
    """Only for addresses with a scheme in `CLUSTER` or `SENTINEL`; redis-py parses the others. Raises `ValueError` with a sentence."""
    found = ADDRESS.fullmatch(url)
    if found is None:
        raise ValueError("this is no address of Redis servers")
    sentinel = url.startswith(SENTINEL)
    username, _, password = (unquote(part) or None for part in (found["log_in"] or "").partition(":"))
    service, database = _service(found) if sentinel else _none(found)
    return Address(
        tuple(_node(node, SENTINEL_PORT if sentinel else PORT) for node in found["nodes"].split(",")),
        username,
        password,
        found["scheme"].startswith("rediss"),
        service,
        database,
    )


def _node(written: str, port: int) -> tuple[str, int]:
    found = NODE.fullmatch(written)
    if found is None:
        raise ValueError("this does not name its servers as host:port, with commas between")
    return found[1].strip("[]"), int(found[2] or port)


def _service(found: re.Match[str]) -> tuple[str, int]:
    named = SERVICE.fullmatch(found["path"])
    if named is None or found["more"]:
        raise ValueError(
            "this does not end with the name of the service that the Sentinels watch: …/mymaster"
        )
    return unquote(named[1]), int(named[2] or 0)


def _none(found: re.Match[str]) -> tuple[str, int]:
    if found["path"].strip("/") or found["more"]:
        raise ValueError("a cluster has no databases: nothing may follow its servers")
    return "", 0


def connect(url: str, patience: float, kind: type[Client]) -> Client:
    """Connects when it is first used. No retries inside, because every caller has its own way of going on without Redis."""
    options: dict[str, Any] = {
        "socket_timeout": patience,
        "socket_connect_timeout": patience,
        "retry": Retry(NoBackoff(), 0),
        "health_check_interval": 10,
    }
    if url.startswith(CLUSTER):
        # It has the methods of a `Redis`, though not its type. arq needs more, but `settings` allows it no cluster.
        cluster: Any = Cluster
        return cast("Client", cluster(parse(url), options))
    if url.startswith(SENTINEL):
        return _through_sentinels(parse(url), options, kind)
    client: Client = kind.from_url(url, **options)
    return client


def _through_sentinels(address: Address, options: Mapping[str, Any], kind: type[Client]) -> Client:
    """The Sentinels are asked without a password: the one in the address is for the servers."""
    asked = {"ssl": address.tls, **options}
    sentinels = Sentinel(address.nodes, sentinel_kwargs=asked, **options, **address.log_in)  # type: ignore[no-untyped-call]  # redis-py has no types here
    return cast(
        "Client",
        sentinels.master_for(
            address.service, redis_class=kind, connection_pool_class=Guided, db=address.database
        ),
    )


class Guided(SentinelConnectionPool):
    """Closes the connections to the Sentinels along with its own."""

    async def disconnect(self, inuse_connections: bool = True) -> None:
        await super().disconnect(inuse_connections)
        if inuse_connections:
            for sentinel in self.sentinel_manager.sentinels:
                await sentinel.aclose()


class Nodes(NodesManager):
    """Forgets no address. redis-py drops each that failed, and would never find a cluster again after all of it was away."""

    _given: dict[str, ClusterNode]

    @property
    def startup_nodes(self) -> dict[str, ClusterNode]:
        """A copy, because a caller that fails changes it while others iterate over it."""
        return self.nodes_cache | self._given

    @startup_nodes.setter
    def startup_nodes(self, given: dict[str, ClusterNode]) -> None:
        self._given = given


class Cluster(RedisCluster):
    """Raises `RedisError` like any other client when no node answers, and can listen."""

    def __init__(self, address: Address, options: Mapping[str, Any]) -> None:
        super().__init__(
            startup_nodes=[ClusterNode(host, port) for host, port in address.nodes],
            # Try once more after asking the nodes again who holds what.
            cluster_error_retry_attempts=1,
            connection_error_retry_attempts=0,
            **options,
            **address.log_in,
        )
        known = list(self.nodes_manager.startup_nodes.values())
        self.nodes_manager = Nodes(
            known, require_full_coverage=True, connection_kwargs=self.connection_kwargs
        )
        self._alone = {**options, **address.log_in}
        self._turns = count()

    async def initialize(self) -> RedisCluster:
        try:
            return await super().initialize()
        except RedisClusterException as error:
            raise NotConnected(str(error)) from error

    @asynccontextmanager
    async def pubsub(self) -> AsyncIterator[PubSub]:
        """Connects to one node, a different one each time: messages published through any node arrive at all of them."""
        await self.initialize()
        nodes = sorted(self.get_nodes(), key=lambda node: node.name)
        node = nodes[next(self._turns) % len(nodes)]
        async with (
            Redis(host=node.host, port=int(node.port), **self._alone) as single,
            single.pubsub() as channel,
        ):
            yield channel
