"""Readers who post and sidebars that poll, each in a thread of its own, and an account of what they were answered."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Self
from uuid import uuid4

import httpx

from discuss.domain.accounts import Role
from discuss.usecases.services import Services
from discuss.usecases.verify import verify
from tests.stack import Person, SiteInUse, Stack, wait_for

READERS = 4
ARTICLES = 5
TEXTS = (
    "The new radar was shown to the press on Tuesday.",
    "Колонна прошла по мосту ночью, сообщает штаб.",
    "You stupid worthless idiot, shut up and die",
    "Is there a map of the area that is meant here?",
)


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
        wait_for("the feed to hold every article", lambda: len(flow.site.feed()) == ARTICLES)
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

    def more(self, comments: int = 40) -> None:
        """Waits until so many more comments were accepted."""
        goal = len(self.accepted) + comments
        wait_for(f"{comments} more comments to be accepted", lambda: len(self.accepted) >= goal)

    def more_polls(self, polls: int = 50) -> None:
        goal = len(self.polls) + polls
        wait_for(f"{polls} more polls to be answered", lambda: len(self.polls) >= goal)

    def settle(self) -> None:
        """Stops posting, and waits until the feed and the record agree and nothing waits any more."""
        self._silent.set()
        differences: list[str] = []

        def at_rest() -> bool:
            differences[:] = self.stack.use(self._differences)
            return not differences

        try:
            wait_for("the feed to equal the record", at_rest)
        except AssertionError as error:
            raise AssertionError(f"{error}: {differences[:5]}") from error

    async def _differences(self, services: Services) -> list[str]:
        return [
            sentence async for slug, found in verify(services) if slug == self.site.slug for sentence in found
        ]

    def _post(self, reader: Person) -> None:
        client = httpx.Client(base_url=self.stack.base_url, timeout=20, headers=reader.headers)
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
                time.sleep(0.05)
        client.close()

    def _insist(
        self, client: httpx.Client, path: str, body: dict[str, str], headers: dict[str, str]
    ) -> httpx.Response:
        """A reader whose connection broke presses the button again: same words, same idempotency key."""
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
            except httpx.TransportError as error:
                self.unanswered.append(repr(error))
            time.sleep(0.01)

    def _ask(self) -> int:
        """A connection that breaks is asked again once, as every browser does."""
        address = f"{self.stack.base_url}{self.site.path}/feed"
        try:
            return httpx.get(address, timeout=5).status_code
        except httpx.TransportError:
            return httpx.get(address, timeout=5).status_code
