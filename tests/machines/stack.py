"""Tests the whole stack against the model: use cases, PostgreSQL, workers, Redis, and a process that reads."""

import asyncio
from collections.abc import Awaitable
from datetime import timedelta
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from redis.asyncio import Redis

from discuss.domain.accounts import Principal
from discuss.domain.states import State
from discuss.domain.votes import Vote
from discuss.feed.answers import Query
from discuss.usecases.services import Services
from tests.machines.model import Piece
from tests.machines.newsroom import Newsroom
from tests.machines.polling import Follower
from tests.machines.thread import Thread

SOME = st.integers(0, 2**16)
STATES = (State.PUBLISHED, State.HELD, State.REJECTED)
VOTES = (Vote.UP, Vote.DOWN, None)
MOST = 6


class StackMachine(RuleBasedStateMachine):
    """Runs in a thread of its own; subclasses provide what lives in the event loop."""

    loop: ClassVar[asyncio.AbstractEventLoop]
    services: ClassVar[Services]
    redis: ClassVar[Redis]
    people: ClassVar[list[Principal]]

    def __init__(self) -> None:
        super().__init__()
        self.room: Newsroom

    def do(self, work: Awaitable[Any]) -> Any:
        async def done() -> Any:
            return await work

        if hasattr(self, "room"):
            self.room.tick()
        return asyncio.run_coroutine_threadsafe(done(), self.loop).result(60)

    @initialize(style=st.integers(0, 3), pieces=st.integers(2, 5), written=st.integers(0, 6))
    def open(self, style: int, pieces: int, written: int) -> None:
        """Some comments are in the feed from the start, for people to decide on."""
        self.room = self.do(Newsroom.open(self.services, self.redis, self.people, style, pieces))
        for number in range(written):
            self.submit(number, number % 3, toxic=number)
        self.do(self.room.recover())
        self.follower = Follower(Query(2))

    def _piece(self, number: int) -> Piece:
        return self.room.pieces[number % len(self.room.pieces)]

    def _thread(self, number: int) -> Thread | None:
        threads = self.room.threads
        return threads[number % len(threads)] if threads else None

    @rule(which=SOME, author=st.integers(0, 2), toxic=SOME)
    def submit(self, which: int, author: int, toxic: int) -> None:
        self.do(self.room.write(self._piece(which), self.people[author], toxic=toxic % 4 == 0))

    @rule(which=SOME, toxic=SOME)
    def edit(self, which: int, toxic: int) -> None:
        if thread := self._thread(which):
            self.do(self.room.edit(thread, toxic=toxic % 4 == 0))

    @rule(which=SOME)
    def delete(self, which: int) -> None:
        if thread := self._thread(which):
            self.do(self.room.delete(thread))

    @rule(which=SOME, text=SOME, state=st.sampled_from(STATES))
    def decide(self, which: int, text: int, state: State) -> None:
        """Also restores: publishes again what was held or rejected."""
        if thread := self._thread(which):
            self.do(self.room.decide(thread, 1 + text % len(thread.texts), state))

    @rule(which=SOME)
    def undo(self, which: int) -> None:
        """Takes back a removal as a whole, or what a person said of one text."""
        acts, standing = self.room.acts(), self.room.standing()
        if acts and which % 4:
            self.do(self.room.undo_act(acts[which // 4 % len(acts)]))
        elif standing:
            self.do(self.room.undo(*standing[which // 4 % len(standing)]))

    @rule(which=SOME, reader=st.integers(0, 2))
    def report(self, which: int, reader: int) -> None:
        if shown := [thread for thread in self.room.threads if thread.visible]:
            self.do(self.room.report(shown[which % len(shown)], self.people[reader]))

    @rule(author=st.integers(0, 2), at_once=st.booleans())
    def ask_removal(self, author: int, *, at_once: bool) -> None:
        self.do(self.room.ask_removal(self.people[author]))
        if at_once:
            self.remove()
            self.project()

    @rule(which=SOME, voter=st.integers(0, 2), wanted=st.sampled_from(VOTES))
    def vote(self, which: int, voter: int, wanted: Vote | None) -> None:
        self.do(self.room.vote(self._piece(which), self.people[voter], wanted))

    @rule(which=SOME, to=SOME, how=st.integers(0, 3))
    def register(self, which: int, to: int, how: int) -> None:
        if how == 0 and len(self.room.pieces) < MOST:
            self.do(self.room.register(len(self.room.pieces)))
            return
        piece = self._piece(which)
        if how == 1:
            piece.withdrawn = not piece.withdrawn
        elif how == 2:
            piece.published = self.room.paper.now + timedelta(seconds=to % 20 - 10)
        else:
            piece.title, piece.url = f"Title {to}", f"https://example.org/{to % 4}"
        self.do(self.room.say(piece))

    @rule(first=SOME, second=SOME)
    def link_or_unlink(self, first: int, second: int) -> None:
        piece, other = self._piece(first), self._piece(second)
        if piece.group is not None:
            self.do(self.room.unlink(piece))
        elif piece.language != other.language:
            self.do(self.room.link([piece, other]))

    @rule(style=st.integers(0, 3))
    def restyle(self, style: int) -> None:
        self.do(self.room.restyle(style))

    @rule()
    def score(self) -> None:
        self.do(self.room.score())

    @rule()
    def remove(self) -> None:
        self.do(self.room.remove())

    @rule()
    def project(self) -> None:
        self.do(self.room.project())

    @rule(which=st.integers(0, 2))
    def build(self, which: int) -> None:
        self.do(
            (self.room.build_changed, self.room.build_unsound, lambda: self.room.flush(self.redis))[which]()
        )

    @rule()
    def poll(self) -> None:
        """A process hears of the changes, and a reader asks it."""
        self.do(self.room.renew())
        self.do(self.follower.poll(self.room.ask))

    @rule()
    def rest(self) -> None:
        self.do(self._rest())

    async def _rest(self) -> None:
        await self.room.recover()
        await self.room.must_say_what_the_model_says()
        await self.follower.poll(self.room.ask)
        self.follower.must_hold([line.told for line in self.room.paper.lines()[:2]])

    def teardown(self) -> None:
        if hasattr(self, "room"):
            self.rest()
