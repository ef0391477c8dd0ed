"""A small newspaper on the whole real stack, with the model beside it: whatever is done is done to both."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Self
from uuid import UUID

from redis.asyncio import Redis

from discuss.classify.protocol import Scored, Span
from discuss.domain.accounts import Credential, Grant, Principal, Role
from discuss.domain.decisions import Reason
from discuss.domain.removals import Removal
from discuss.domain.removals import Span as Period
from discuss.domain.rulings import Ruling
from discuss.domain.sites import Rates, SiteSettings
from discuss.domain.states import MOVES, State
from discuss.domain.votes import Vote
from discuss.errors import ReportSettled
from discuss.feed import keys
from discuss.feed.answers import Query
from discuss.feed.counts import Counts
from discuss.feed.projection import Projection
from discuss.feed.searches import Searches
from discuss.feed.shelf import Shelf
from discuss.feed.snapshots import Snapshots
from discuss.store import articles, decisions, sites, truth
from discuss.usecases.build_feeds import build, build_changed
from discuss.usecases.compare_feed import compare_feed
from discuss.usecases.count_comments import count_comments
from discuss.usecases.decide import decide
from discuss.usecases.delete import delete
from discuss.usecases.edit import edit
from discuss.usecases.link_editions import link_editions, unlink_edition
from discuss.usecases.project import project
from discuss.usecases.read_feed import read_feed
from discuss.usecases.register_account import add_account
from discuss.usecases.register_article import Registration, register_article
from discuss.usecases.register_site import change_site, register_site
from discuss.usecases.remove_comments import remove_comments, remove_some
from discuss.usecases.report import Complaint, report
from discuss.usecases.score import score
from discuss.usecases.services import Judge, Services
from discuss.usecases.submit import Submission, submit
from discuss.usecases.undo import undo
from discuss.usecases.undo_many import undo_many
from discuss.usecases.vote import vote
from tests.machines.model import NIL, Paper, Piece, alone
from tests.machines.polling import Told, body, held, whole
from tests.machines.thread import Text, Thread, Word

MINUTE = timedelta(minutes=1)
DAWN = datetime(2020, 1, 1, tzinfo=UTC)
"""Long before the clocks of other tests, so that what they left in the outbox is not due here."""

OFTEN = Rates(comments=10**6, log_ins=10**6, registrations=10**6, reports=10**6)
FIRST_REPORT = 0.0
"""The weight from which reports hold a comment: the first one does, however little its reporter is believed."""

LANGUAGES = ("ru", "en", "de")
NUMBERS = count()


class Listener:
    """Calls a text toxic if it says so."""

    name, version = "listener", "1"
    labels: Sequence[str] = ("toxic",)

    def held_from(self, language: str) -> Mapping[str, float]:
        return {"toxic": 0.5} if language == "en" else {}

    def score(self, texts: Sequence[str]) -> list[Scored]:
        return [Scored("en", text.lower(), {"toxic": float("toxic" in text)}) for text in texts]

    def explain(self, texts: Sequence[str]) -> list[Mapping[str, list[Span]]]:
        return [{} for _ in texts]


@dataclass
class Newsroom:
    services: Services
    slug: str
    people: list[Principal]
    key: Principal = field(default_factory=Principal)
    site_id: UUID = NIL
    paper: Paper = field(default_factory=lambda: Paper(DAWN))
    threads: list[Thread] = field(default_factory=list)
    waiting: list[tuple[Thread, int]] = field(default_factory=list)
    asked: list[Removal] = field(default_factory=list)

    @classmethod
    async def open(
        cls, services: Services, redis: Redis, people: list[Principal], style: int, pieces: int
    ) -> Self:
        # Runs follow each other within the same minute, and each may vote at every step.
        for name in [name async for name in redis.scan_iter(match="*votes*")]:
            await redis.delete(name)
        snapshots, counts = Snapshots(services.reader, Shelf(Path())), Counts()
        snapshots.tell(counts.hear)
        room = cls(services, f"news-{next(NUMBERS)}", people)
        room.services = replace(
            services, clock=lambda: room.paper.now, projection=Projection(redis, 3, 3), snapshots=snapshots, counts=counts,
            searches=Searches(fresh=0, meanwhile=0),
        )  # fmt: skip
        room.paper.joint, room.paper.anti_bump = bool(style & 1), bool(style & 2)
        settings = SiteSettings(
            rates=OFTEN, edit_minutes=10**6, report_hold=FIRST_REPORT, anti_bump=room.paper.anti_bump,
            joint_editions=room.paper.joint,
        )  # fmt: skip
        site = await register_site(room.services, room.slug, room.slug, settings=settings)
        room.key = Principal(Credential.KEY, site_id=site.id)
        room.site_id = site.id
        for number in range(pieces):
            await room.register(number)
        return room

    def tick(self, seconds: int = 1) -> None:
        self.paper.now += timedelta(seconds=seconds)

    @property
    def pieces(self) -> list[Piece]:
        return list(self.paper.pieces.values())

    # What the site does.

    async def register(self, number: int) -> None:
        at = DAWN - timedelta(minutes=number % 5)
        piece = Piece(
            UUID(int=0), f"https://example.org/{number % 4}", f"Title {number}", LANGUAGES[number % 3], at
        )
        piece.id = await self._say(piece, str(number))
        self.paper.pieces[piece.id] = piece

    async def say(self, piece: Piece) -> None:
        await self._say(piece, str(self.pieces.index(piece)))

    async def _say(self, piece: Piece, external_id: str) -> UUID:
        told = Registration(
            external_id,
            piece.url,
            piece.title,
            piece.language,
            piece.published,
            piece.tags,
            withdrawn=piece.withdrawn,
        )
        made, _ = await register_article(self.services, self.key, self.slug, told)
        return made.id

    async def link(self, named: Sequence[Piece]) -> None:
        ids = [str(self.pieces.index(piece)) for piece in named]
        await link_editions(self.services, self.key, self.slug, ids)
        async with self.services.database.reading() as tx:
            # The id of a group is only a name: the model takes the one that was assigned.
            given = (await articles.by_id(tx, self.site_id, named[0].id)).edition_group
        for piece in named:
            piece.group = given
        self._part()

    async def unlink(self, piece: Piece) -> None:
        await unlink_edition(self.services, self.key, self.slug, piece.id)
        piece.group = None
        self._part()

    def _part(self) -> None:
        for piece in list(alone(self.pieces)):
            piece.group = None

    async def restyle(self, style: int) -> None:
        self.paper.joint, self.paper.anti_bump = bool(style & 1), bool(style & 2)
        await change_site(
            self.services, self.people[0], self.slug,
            settings=lambda old: replace(old, joint_editions=self.paper.joint, anti_bump=self.paper.anti_bump),
        )  # fmt: skip

    # What readers and moderators do.

    async def write(self, piece: Piece, author: Principal, *, toxic: bool) -> None:
        if piece.shown(self.paper.now):
            made = await submit(self.services, author, self.slug, Submission(piece.id, _text(toxic=toxic)))
            assert made.revision is not None
            thread = Thread(made.id, author, piece, self.paper.now, [Text(made.revision.id, toxic)])
            self.threads.append(thread)
            self.waiting.append((thread, 1))

    async def edit(self, thread: Thread, *, toxic: bool) -> None:
        if thread.piece.shown(self.paper.now) and not thread.deleted:
            made = await edit(self.services, thread.author, self.slug, thread.id, _text(toxic=toxic))
            assert made.revision is not None
            thread.texts.append(Text(made.revision.id, toxic))
            self.waiting.append((thread, len(thread.texts)))

    async def delete(self, thread: Thread) -> None:
        if not thread.deleted:
            await delete(self.services, thread.author, self.slug, thread.id)
            thread.deleted = True
            thread.settle(self.paper.now)

    async def decide(self, thread: Thread, number: int, state: State) -> None:
        text = thread.texts[number - 1]
        if state in MOVES[text.state]:
            reason = Reason.OTHER if state is State.REJECTED else None
            await decide(self.services, self.people[0], self.slug, text.id, Ruling(state, reason))
            thread.decided(number, Word(state, by_person=True), self.paper.now)

    def standing(self) -> list[tuple[Thread, int]]:
        """The texts on which a person has the last word that can be taken back."""
        return [
            (thread, number)
            for thread in self.threads
            for number, text in enumerate(thread.texts, 1)
            if text.can_be_undone
        ]

    def acts(self) -> list[UUID]:
        """The removals, and what took removals back, as far as anything of them still stands."""
        lasting = (thread.texts[number - 1].last.act for thread, number in self.standing())
        return list(dict.fromkeys(act for act in lasting if act is not None))

    async def undo(self, thread: Thread, number: int) -> None:
        async with self.services.database.reading() as tx:
            made = (await decisions.of_revision(tx, thread.texts[number - 1].id))[-1]
        await undo(self.services, self.people[0], self.slug, made.id)
        thread.undone(number, self.paper.now)

    async def undo_act(self, act: UUID) -> None:
        """Takes back a removal, or brings it back, as far as it still stands."""
        done = await undo_many(self.services, self.people[0], self.slug, act)
        for thread in self.threads:
            thread.undone_act(act, done.id, self.paper.now)

    async def report(self, thread: Thread, reader: Principal) -> None:
        if thread.visible and thread.piece.shown(self.paper.now) and reader is not thread.author:
            with suppress(ReportSettled):
                await report(self.services, reader, self.slug, thread.id, Complaint(Reason.INSULT))
            thread.reported(self.paper.now)

    async def ask_removal(self, author: Principal) -> None:
        """Requests what a ban with removal does; the worker carries it out later."""
        if any(thread.author is author for thread in self.threads):
            assert author.account_id is not None
            asked = await remove_comments(
                self.services, self.people[0], self.slug, author.account_id, Period(), reason=Reason.SPAM, words=None
            )  # fmt: skip
            self.asked.append(asked)

    async def vote(self, piece: Piece, voter: Principal, wanted: Vote | None) -> None:
        if piece.shown(self.paper.now):
            await vote(self.services, voter, self.slug, piece.id, wanted)
            piece.votes.pop(voter.account_id, None)
            if wanted is not None:
                piece.votes[voter.account_id] = wanted is Vote.UP

    # What workers and processes do.

    async def score(self) -> None:
        while await score(self.services, Judge(Listener(), 50)):
            pass
        stopped = {thread.id for thread, _ in self.waiting if thread.stopped}
        for thread, number in self.waiting:
            text = thread.texts[number - 1]
            if text.state is State.PENDING:
                state = State.HELD if text.toxic or thread.id in stopped else State.PUBLISHED
                thread.decided(number, Word(state), self.paper.now)
        self.waiting = []

    async def remove(self) -> None:
        while await remove_some(self.services):
            pass
        for asked in self.asked:
            for thread in self.threads:
                thread.removed(asked, self.paper.now)
        self.asked = []

    async def project(self) -> None:
        while await project(self.services):
            pass

    async def build_unsound(self) -> None:
        """Does what the sweep does, for this site alone."""
        if await self.services.projection.unsound([self.slug]):
            async with self.services.database.reading() as tx:
                site = await sites.by_slug(tx, self.slug)
            await build(self.services, site)

    async def build_changed(self) -> None:
        while await build_changed(self.services):
            pass

    async def flush(self, redis: Redis) -> None:
        await redis.delete(*keys.every(self.slug))

    async def renew(self) -> None:
        await self.services.snapshots.renew(self.slug)

    # What must be seen.

    async def recover(self) -> None:
        """Does what the sweeps do within a few seconds."""
        await self.score()
        await self.remove()
        await self.project()
        await self.build_changed()
        await self.build_unsound()
        await self.renew()

    async def ask(self, query: Query) -> Told:
        return body((await read_feed(self.services, self.slug, query)).body)

    async def counted(self) -> list[int]:
        told = json.loads((await count_comments(self.services, self.slug, ADDRESSES)).body)
        return [each["comment_count"] for each in told["counts"]]

    async def must_say_what_the_model_says(self) -> None:
        true = [line.told for line in self.paper.lines()]
        window = self.services.snapshots.window(self.slug)
        assert window is not None
        assert held(window) == self.paper.above(window.edge)
        assert (await self.ask(Query(50)))["articles"] == true
        assert await whole(self.ask, 2) == true
        russian = [line.told for line in self.paper.lines("ru")]
        assert (await self.ask(Query(50, language="ru")))["articles"] == russian
        assert await self.counted() == self.paper.counts(ADDRESSES)
        async with self.services.database.reading() as tx:
            assert await truth.wrong_counters(tx, self.site_id) == []
            assert await truth.wrong_ratings(tx, self.site_id) == []
            assert await compare_feed(tx, self.services, await sites.by_slug(tx, self.slug)) == []


ADDRESSES = tuple(f"https://example.org/{number}" for number in range(5))


def _text(*, toxic: bool) -> str:
    return "This is toxic." if toxic else "The ice is thin this year. Лёд тонкий."


async def people(services: Services) -> list[Principal]:
    """Three people who may do everything everywhere, so that every newsroom can use them."""
    return [await _person(services, f"Person {next(NUMBERS)}") for _ in range(3)]


async def _person(services: Services, name: str) -> Principal:
    mail = f"{name.replace(' ', '.')}@example.org"
    account = await add_account(services, None, name, mail, "correct horse battery")
    return Principal(Credential.BEARER, account, name=name, grants=(Grant(Role.ADMIN, None),))
