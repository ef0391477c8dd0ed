"""Readers who post and sidebars that poll, each in a thread of its own, and a record of the answers they got."""

import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection, HTTPException
from itertools import count
from typing import Self
from uuid import UUID, uuid4

import httpx
import psutil

from discuss.domain.accounts import Role
from discuss.store import truth
from discuss.usecases.services import Services
from tests.stack import TLS, Person, SiteInUse, Stack, wait_for

READERS = 4
ARTICLES = 5
TEXTS = (
    "The new radar was shown to the press on Tuesday.",
    "Колонна прошла по мосту ночью, сообщает штаб.",
    "You stupid worthless idiot, shut up and die",
    "Is there a map of the area that is meant here?",
)
TOKEN = "tell me who you are"
BETWEEN_POSTS, BETWEEN_POLLS = 0.03, 0.02
"""Seconds. Without a pause, they would load the machine more than what is being tested."""
AGAIN = 3
BROKEN = (OSError, HTTPException)
VICTIM = {"DISCUSS_METRICS_TOKEN": TOKEN}
"""Settings that a stack needs here: its metrics name the process that answers."""


def api_processes(stack: Stack) -> Mapping[int, psutil.Process]:
    assert stack.api.child is not None
    children = psutil.Process(stack.api.child.pid).children()
    return {child.pid: child for child in children if "resource_tracker" not in " ".join(child.cmdline())}


@contextmanager
def line_to_each(stack: Stack) -> Iterator[Mapping[int, httpx.Client]]:
    """A connection to each API process. Which process accepts is chance, so as many are opened as it takes."""
    with ExitStack() as opened:
        lines: dict[int, httpx.Client] = {}

        def found() -> bool:
            line = httpx.Client(
                base_url=stack.base_url, timeout=20, verify=TLS, limits=httpx.Limits(max_connections=1)
            )
            opened.enter_context(line)
            told = line.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).text
            lines.setdefault(int(re.findall(r'discuss_redis_connected{process="(\d+)"}', told)[0]), line)
            return lines.keys() >= api_processes(stack).keys()

        wait_for("a connection to every API process", found)
        yield lines


class Traffic:
    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.site: SiteInUse = stack.site("chaos")
        self.articles = [self.site.article(str(number)) for number in range(ARTICLES)]
        self.readers: list[Person] = [self.site.person() for _ in range(READERS)]
        self.moderator = self.site.person(Role.MODERATOR)
        self.accepted: list[str] = []
        self.refused: list[int] = []
        self.polls: list[int] = []
        self.unanswered: list[str] = []
        self._numbers = count()
        self._over = threading.Event()
        self._silent = threading.Event()

    @classmethod
    @contextmanager
    def flowing(cls, stack: Stack) -> Iterator[Self]:
        flow = cls(stack)
        wait_for("every process to hold the feed with every article", flow.is_held_everywhere)
        threads = [threading.Thread(target=flow._post, args=(reader,)) for reader in flow.readers]
        threads.append(threading.Thread(target=flow._poll))
        for thread in threads:
            thread.start()
        try:
            yield flow
        finally:
            flow._silent.set()
            flow._over.set()
            for thread in threads:
                thread.join()

    def is_held_everywhere(self) -> bool:
        """Whether every process holds the feed. An answer whose point has no epoch comes from PostgreSQL, and would fail in an outage."""
        with line_to_each(self.stack) as lines:
            told = [line.get(f"{self.site.path}/feed").json() for line in lines.values()]
        return all(
            not str(each["point"]).startswith(".") and len(each["articles"]) == ARTICLES for each in told
        )

    def more(self, comments: int = 40) -> None:
        """Waits until this many more comments have been accepted."""
        goal = len(self.accepted) + comments
        wait_for(f"{comments} more comments to be accepted", lambda: len(self.accepted) >= goal)

    def more_polls(self, polls: int = 50) -> None:
        goal = len(self.polls) + polls
        wait_for(f"{polls} more polls to be answered", lambda: len(self.polls) >= goal, patience=90)

    def settle(self) -> None:
        """Stops posting, and waits until the feed and the record agree and nothing is left to do."""
        self._silent.set()
        differences: list[str] = []

        def at_rest() -> bool:
            differences[:] = self.site.disagreements()
            return not differences

        try:
            wait_for("the feed to equal the record", at_rest)
        except AssertionError as error:
            raise AssertionError(f"{error}: {differences[:5]}") from error

    def assert_nothing_was_lost(self) -> None:
        """Every comment that was answered with 202 exists and is decided once, and every poll was answered."""
        self.settle()
        acknowledged = [UUID(comment) for comment in self.accepted]
        assert len(set(acknowledged)) == len(acknowledged)

        async def found(services: Services) -> set[UUID]:
            async with services.database.reading() as tx:
                return await truth.existing(tx, acknowledged)

        assert self.stack.use(found) == set(acknowledged)
        assert self.unanswered == []
        assert set(self.polls) <= {200}

    def _post(self, reader: Person) -> None:
        client = httpx.Client(base_url=self.stack.base_url, timeout=20, verify=TLS, headers=reader.headers)
        while not self._silent.is_set():
            number = next(self._numbers)
            path = f"{self.site.path}/articles/{self.articles[number % ARTICLES]}/comments"
            body = {"text": f"{TEXTS[number % len(TEXTS)]} ({number})"}
            headers = {"idempotency-key": uuid4().hex}
            answer = self._insist(client, path, body, headers)
            if answer.status_code == httpx.codes.ACCEPTED:
                self.accepted.append(answer.json()["id"])
            else:
                self.refused.append(answer.status_code)
            time.sleep(BETWEEN_POSTS)
        client.close()

    def _insist(
        self, client: httpx.Client, path: str, body: dict[str, str], headers: dict[str, str]
    ) -> httpx.Response:
        """Like a reader who presses the button again when the connection broke: same words, same idempotency key."""
        while True:
            try:
                return client.post(path, json=body, headers=headers)
            except httpx.TransportError:
                if self._over.is_set():
                    return httpx.Response(httpx.codes.SERVICE_UNAVAILABLE)
                time.sleep(0.05)

    def _poll(self) -> None:
        while not self._over.is_set():
            try:
                self.polls.append(self._ask())
            except BROKEN as error:
                self.unanswered.append(repr(error))
            time.sleep(BETWEEN_POLLS)

    def _ask(self) -> int:
        """Tries again if the connection breaks, as browsers and sidebars do.

        The socket of a killed process may accept connections until the kernel has released all of it.
        """
        for _ in range(AGAIN):
            try:
                return self._ask_once()
            except BROKEN:
                time.sleep(BETWEEN_POLLS)
        return self._ask_once()

    def _ask_once(self) -> int:
        """On a connection of its own, so that any process may answer."""
        line = HTTPConnection("127.0.0.1", self.stack.port, timeout=5)
        with closing(line):
            line.request("GET", f"{self.site.path}/feed")
            answer = line.getresponse()
            answer.read()
            return answer.status
