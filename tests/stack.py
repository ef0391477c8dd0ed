"""The whole system on this machine, as an operator would run it: real stores, real API, real worker."""

import os
import shutil
import socket
import ssl
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Self, TypeVar
from uuid import UUID

import httpx

from discuss import settings, wiring
from discuss.domain.accounts import Credential, Role
from discuss.domain.sites import Rates, Site, SiteSettings
from discuss.embedded.valkey import EmbeddedValkey
from discuss.usecases.issue_key import issue_key
from discuss.usecases.log_in import open_session
from discuss.usecases.register_account import add_account, grant_role
from discuss.usecases.register_site import register_site
from discuss.usecases.services import Services
from tests.databases import furnished
from tests.judging import disagreements
from tests.passwords import Remembered
from tests.processes import Process
from tests.threads import in_thread

Answer = TypeVar("Answer")
PATIENCE = 30.0
PASSWORD = "correct horse battery"
TLS = ssl.create_default_context()
"""For all clients: reading the certificates takes longer than most requests, and nothing here is asked over TLS."""

GENEROUS = Rates(comments=100_000, log_ins=100_000, registrations=100_000, reports=100_000)
NUMBERS = count(1)
PROCESS, PROCESSES = (
    int(os.environ.get(name, default).removeprefix("gw"))
    for name, default in (("PYTEST_XDIST_WORKER", "0"), ("PYTEST_XDIST_WORKER_COUNT", "1"))
)
"""The number of this process among those that share the tests."""


def wait_for(
    what: str, condition: Callable[[], Answer], patience: float = PATIENCE, *, closely: bool = False
) -> Answer:
    """Returns the first true answer of the condition, or fails, naming what it waited for.

    The longer it takes, the less often it asks, because asking takes processor time from what is waited for. `closely`: it
    keeps asking often, for conditions that are soon over again.
    """
    began = time.monotonic()
    while not (answer := condition()):
        waited = time.monotonic() - began
        assert waited < patience, f"waited {patience:g} s for {what}"
        time.sleep(0.02 if closely else min(0.02 + waited / 20, 0.2))
    return answer


def free_port() -> int:
    """Never a port that another process of this run may be given: until somebody listens on it, it counts as free."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        if port // 2 % PROCESSES == PROCESS:  # Linux hands out only every second port
            return port


@dataclass
class Person:
    """An account with a bearer token."""

    id: UUID
    name: str
    email: str
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}"}


@dataclass
class SiteInUse:
    """A site with a key, and requests to it."""

    stack: "Stack"
    site: Site
    key: str
    articles: dict[str, str] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        return self.site.slug

    @property
    def path(self) -> str:
        return f"/api/v1/sites/{self.slug}"

    def person(self, role: Role = Role.READER, name: str | None = None) -> Person:
        return self.stack.person(self.site, role, name)

    def article(self, external_id: str, **fields: object) -> str:
        """Registers an article and returns our id of it."""
        body = {
            "external_id": external_id,
            "url": f"https://{self.slug}.example/{external_id}",
            "title": f"Article {external_id}",
            "language": "en",
            "published_at": "2026-01-01T00:00:00Z",
        } | fields
        answer = self.stack.client.put(
            f"{self.path}/articles", json=body, headers={"authorization": f"Bearer {self.key}"}
        )
        assert answer.status_code in {200, 201}, answer.text
        self.articles[external_id] = answer.json()["id"]
        return self.articles[external_id]

    def comment(self, person: Person, article_id: str, text: str, **fields: object) -> dict[str, object]:
        answer = self.stack.client.post(
            f"{self.path}/articles/{article_id}/comments",
            json={"text": text} | fields,
            headers=person.headers,
        )
        assert answer.status_code == 202, answer.text
        found: dict[str, object] = answer.json()
        return found

    def decided(self, person: Person, comment_id: object) -> dict[str, object]:
        """Waits until the comment is no longer pending. Returns it as its author sees it."""

        def look() -> dict[str, object] | None:
            answer = self.stack.client.get(f"{self.path}/comments/{comment_id}", headers=person.headers)
            found: dict[str, object] = answer.json()
            return found if answer.status_code == 200 and found["state"] != "pending" else None

        return wait_for(f"a decision on {comment_id}", look)

    def disagreements(self) -> list[str]:
        """Disagreements between this site's feed, counts and record, as `discuss verify` reports them."""
        return self.stack.use(lambda services: disagreements(services, self.site))

    def feed(self, limit: int | None = None) -> list[dict[str, object]]:
        query = {} if limit is None else {"limit": limit}
        answer = self.stack.client.get(f"{self.path}/feed", params=query)
        assert answer.status_code == 200, answer.text
        rows: list[dict[str, object]] = answer.json()["articles"]
        return rows

    def renamed(self, external_id: str, **fields: object) -> dict[str, object]:
        """Gives an article a new title and returns its row: once that is in the feed, so is everything before it that will ever be."""
        title = f"Renamed {next(NUMBERS)}"
        self.article(external_id, title=title, **fields)
        return wait_for(
            f"{title} in the feed of {self.slug}",
            lambda: next((row for row in self.feed(50) if row["title"] == title), None),
        )

    def built(self, rows: int) -> dict[str, object]:
        """A full answer once the feed is built and has all its rows: before that, PostgreSQL answers, without an epoch in the point."""

        def look() -> dict[str, object] | None:
            # The rows are counted first: a row that came after the answer would be counted without being in it.
            if len(self.feed(50)) != rows:
                return None
            told: dict[str, object] = self.stack.client.get(f"{self.path}/feed").json()
            return None if str(told["point"]).startswith(".") else told

        return wait_for(f"the feed of {self.slug} to be built with {rows} rows", look)


class Stack:
    def __init__(self, home: Path, environment: Mapping[str, str] = MappingProxyType({})) -> None:
        """If the environment has a `DISCUSS_REDIS_URL`, the Valkey here is for the queue only."""
        self.home = home
        self.port = free_port()
        self.postgres = furnished(home / "postgres")
        self.valkey = EmbeddedValkey(home / "valkey")
        self.base_url = f"http://127.0.0.1:{self.port}"
        self.client = httpx.Client(base_url=self.base_url, timeout=20, verify=TLS)
        self.environment = environment
        self.processes: list[Process] = []

    @classmethod
    @contextmanager
    def running(cls, **environment: str) -> Iterator[Self]:
        home = Path(tempfile.mkdtemp(prefix="discuss-"))
        home.chmod(0o711)
        stack = cls(home, environment)
        try:
            stack.start_stores()
            stack.api = stack.process("serve")
            stack.worker = stack.process("worker")
            stack.processes = [stack.api, stack.worker]
            stack.start()
            yield stack
        finally:
            stack.stop()
            shutil.rmtree(home, ignore_errors=True)

    def start_stores(self) -> None:
        self.postgres.start()
        self.valkey.start()

    def process(self, verb: str, **environment: str) -> Process:
        known = {
            "DISCUSS_HOME": str(self.home),
            "DISCUSS_PORT": str(self.port),
            "DISCUSS_API_PROCESSES": "1",
            "DISCUSS_DATABASE_URL": self.postgres.url,
        }
        return Process(verb, known | self.stores | environment, self.home / f"{verb}.log")

    @property
    def stores(self) -> Mapping[str, str]:
        own = {"DISCUSS_REDIS_URL": self.valkey.url}
        if "DISCUSS_REDIS_URL" in self.environment:
            own["DISCUSS_QUEUE_URL"] = self.valkey.url
        return own | self.environment

    def start(self) -> None:
        for process in self.processes:
            process.start()
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        wait_for(f"the API on {self.base_url} to be ready; see {self.home}/serve.log", self.ready)

    def ready(self) -> bool:
        try:
            return self.client.get("/health/ready").status_code == 200
        except httpx.HTTPError:
            return False

    def stop(self) -> None:
        """Kills the stores: nobody needs what they would write to disk."""
        self.client.close()  # or the API would wait for its next request
        with ThreadPoolExecutor() as together:
            list(together.map(Process.end, self.processes))
            list(together.map(lambda store: store.kill(), (self.valkey, self.postgres)))

    def use(self, action: Callable[[Services], Awaitable[Answer]]) -> Answer:
        """Runs a use case in the test's own process, as the command line would."""
        stores = {name.removeprefix("DISCUSS_").lower(): value for name, value in self.stores.items()}
        configured = settings.load(home=self.home, database_url=self.postgres.url, **stores)

        async def run() -> Answer:
            async with wiring.services(configured) as services:
                return await action(replace(services, passwords=Remembered(services.passwords)))

        return in_thread(run)

    def site(self, name: str = "site", **changes: object) -> SiteInUse:
        """Makes a site with limits that no test reaches by accident."""
        slug = f"{name}-{next(NUMBERS)}"
        configured = SiteSettings(**({"rates": GENEROUS} | changes))  # type: ignore[arg-type]
        made = self.use(lambda services: register_site(services, slug, slug, settings=configured))
        return SiteInUse(self, made, self.use(lambda services: issue_key(services, made.id, "tests")))

    def person(self, site: Site | None, role: Role = Role.READER, name: str | None = None) -> Person:
        """Makes a reader or moderator of the site, or staff of every site."""
        called = name or f"{role.name.title()} {next(NUMBERS)}"
        email = f"{called.lower().replace(' ', '.')}@example.org"

        async def make(services: Services) -> Person:
            account_id = await add_account(services, site.id if site else None, called, email, PASSWORD)
            if role > Role.READER:
                await grant_role(services, account_id, role, site.id if site else None)
            opened = await open_session(services, account_id, called, Credential.BEARER)
            return Person(account_id, called, email, opened.token)

        return self.use(make)
