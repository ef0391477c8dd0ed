"""Tests the projection against the model: slow workers, builders that die, readers that lag, and a Redis that forgets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from typing import Any, ClassVar
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from discuss.domain.articles import Article
from discuss.domain.sites import Site
from discuss.feed import keys
from discuss.feed.answers import Query
from discuss.feed.projection import Mark, Projection
from discuss.feed.reading import Reader
from discuss.feed.window import Window
from discuss.usecases.build_feeds import topmost
from tests.epochs import made_at
from tests.machines.immediate import Immediate, now
from tests.machines.model import SITE, Paper, Piece, Remark, Still, alone
from tests.machines.polling import Client, Walk, ask, held, whole

QUERIES = (Query(2), Query(3), Query(2, language="en"), Query(2, tag="fleet"))
START = datetime(2026, 1, 1, tzinfo=UTC)
MOST, MOST_LINKED = 7, 3
CHANGES = (
    "comment",
    "comment",
    "comment",
    "hide_or_restore",
    "vote",
    "describe",
    "withdraw_or_restore",
    "date",
    "postpone",
)
KEYS = keys.every(SITE.slug)
SOME = st.integers(0, 2**16)
LANGUAGES, TAGS, URLS = ("ru", "en", "de"), ((), ("fleet",), ("fleet", "ice")), 4


def instant(number: int) -> datetime:
    """One of a few instants, so that rows are often active at the same one."""
    return START + timedelta(minutes=number % 8)


@dataclass(frozen=True)
class Delivery:
    """What a worker has in hand: facts, and the claims that are done once the facts are delivered."""

    mark: Mark | None
    facts: Sequence[Article]
    now: datetime
    site: Site
    claims: dict[int, UUID]


@dataclass
class Build:
    """A builder somewhere between two of its steps."""

    epoch: str
    run_id: str
    site: Site
    changed: int
    read: tuple[Sequence[Article], Any] | None = None
    applied: bool = False


@dataclass
class Due:
    """A row of the outbox."""

    article: UUID
    at: datetime


class ProjectionMachine(RuleBasedStateMachine):
    """Subclasses bring the Redis."""

    redis: ClassVar[Immediate]

    def __init__(self) -> None:
        super().__init__()
        self.redis.ask("DEL", *KEYS)
        self.paper = Paper(START + timedelta(minutes=8))
        self.outbox: dict[int, Due] = {}
        self.tokens, self.epochs, self.groups = count(), count(), count()
        self.hands: list[Delivery] = []
        self.builds: list[Build] = []
        self.windows: list[Window | None] = [None, None]
        self.clients = [Client(query) for query in QUERIES]
        self.walk: Walk | None = None
        self.changed, self.built = 0, 0

    @initialize(
        window=st.integers(1, 5), kept=st.integers(1, 5), pieces=st.integers(3, MOST), style=st.integers(0, 7)
    )
    def open(self, window: int, kept: int, pieces: int, style: int) -> None:
        client = self.redis.as_awaited
        self.projection, self.reader = Projection(client, window, kept), Reader(client)
        self.paper.joint, self.paper.anti_bump = bool(style & 1), bool(style & 2)
        for number in range(pieces):
            self._register(number)
        if style & 4:
            self.rest(build_first=True)

    # The site and its readers.

    def _register(self, number: int) -> None:
        made = UUID(int=16 * (number + 1))
        self.paper.pieces[made] = Piece(made, f"https://example.org/{number % URLS}", f"Title {number}", LANGUAGES[number % 3], instant(number))  # fmt: skip
        self._say(made)

    def _say(self, article: UUID, at: datetime | None = None) -> None:
        self.outbox[next(self.tokens)] = Due(article, at or self.paper.now)

    def _pick(self, number: int) -> Piece:
        return list(self.paper.pieces.values())[number % len(self.paper.pieces)]

    def _change(self, *pieces: Piece) -> None:
        for piece in pieces:
            piece.version += 1
            self._say(piece.id)

    @rule(how=st.sampled_from(CHANGES), which=SOME, to=SOME)
    def change(self, how: str, which: int, to: int) -> None:
        piece = self._pick(which)
        getattr(self, f"_{how}")(piece, to)
        self._change(piece)

    def _comment(self, piece: Piece, to: int) -> None:
        piece.remarks[len(piece.remarks)] = Remark(to % 2, instant(to // 2))

    def _hide_or_restore(self, piece: Piece, to: int) -> None:
        if piece.remarks:
            remark = piece.remarks[to % len(piece.remarks)]
            remark.visible = not remark.visible

    def _vote(self, piece: Piece, to: int) -> None:
        piece.votes[to % 2] = bool(to & 2)

    def _describe(self, piece: Piece, to: int) -> None:
        piece.title, piece.language, piece.tags = f"Title {to}", LANGUAGES[to % 3], TAGS[to % 3]

    def _withdraw_or_restore(self, piece: Piece, _to: int) -> None:
        piece.withdrawn = not piece.withdrawn

    def _date(self, piece: Piece, to: int) -> None:
        piece.published = instant(to)

    def _postpone(self, piece: Piece, _to: int) -> None:
        piece.published = self.paper.now + timedelta(minutes=1)

    @rule(style=st.integers(0, 15))
    def wait_or_restyle(self, style: int) -> None:
        if style > 3:
            self.paper.now += timedelta(minutes=1)
        else:
            self.paper.joint, self.paper.anti_bump = bool(style & 1), bool(style & 2)
            self.changed += 1

    @rule()
    def register(self) -> None:
        if len(self.paper.pieces) < MOST:
            self._register(len(self.paper.pieces))

    @rule(first=SOME, second=SOME, third=SOME)
    def link_or_unlink(self, first: int, second: int, third: int) -> None:
        """Keeps groups few, so that there are enough rows."""
        linked = [piece for piece in self.paper.pieces.values() if piece.group is not None]
        if len(linked) > MOST_LINKED or (linked and third % 2):
            piece = linked[first % len(linked)]
            piece.group = None
            self._change(piece)
        else:
            named = {
                self._pick(number).id
                for number in ((first, second, third) if third % 5 == 0 else (first, second))
            }
            self._link([self.paper.pieces[each] for each in sorted(named)])
        self._part()

    def _link(self, pieces: list[Piece]) -> None:
        number = next(self.groups)
        for piece in pieces:
            piece.group = UUID(int=16 * (number % MOST) + 1 + number // MOST)
        self._change(*pieces)

    def _part(self) -> None:
        for piece in list(alone(list(self.paper.pieces.values()))):
            piece.group = None
            self._change(piece)

    # Workers.

    def _take(self, claims: dict[int, UUID]) -> Delivery:
        """Reads in the same order as `project`: the mark, then the settings and the facts."""
        mark = now(self.projection.mark(SITE.slug))
        facts = [piece.article() for piece in self.paper.around(set(claims.values()))]
        return Delivery(mark, facts, self.paper.now, self.paper.site, claims)

    def _deliver(self, held: Delivery) -> bool:
        anti_bump = held.site.settings.anti_bump
        if held.mark is not None and not now(
            self.projection.apply(SITE.slug, held.mark, held.facts, held.now, anti_bump=anti_bump)
        ):
            return False
        for token in held.claims:
            self.outbox.pop(token, None)
        claimed, ahead = set(held.claims.values()), self._free()
        early = [
            a for a in held.facts if a.id in claimed and a.withdrawn_at is None and a.published_at > held.now
        ]
        for due in [Due(article.id, article.published_at) for article in early]:
            if due not in ahead:
                self._say(due.article, due.at)
        return True

    def _free(self) -> list[Due]:
        """The rows of the outbox that no worker holds."""
        taken = {token for held in self.hands for token in held.claims}
        return [due for token, due in self.outbox.items() if token not in taken]

    def _due(self) -> dict[int, UUID]:
        return {token: due.article for token, due in self.outbox.items() if due.at <= self.paper.now}

    @rule(first=SOME, many=st.integers(1, 3))
    def claim(self, first: int, many: int) -> None:
        due = list(self._due().items())
        if due:
            at = first % len(due)
            self.hands.append(self._take(dict(due[at : at + many])))
            del self.hands[:-6]

    @rule(which=SOME, again=st.booleans())
    def deliver(self, which: int, again: bool) -> None:
        """Delivers perhaps late, and then perhaps again."""
        if self.hands:
            held = self.hands[which % len(self.hands)]
            if not self._deliver(held) or not again:
                self.hands.remove(held)

    @rule()
    def work(self) -> None:
        """A worker does all its steps at once."""
        due = self._due()
        if due:
            assert any(self._deliver(self._take(due)) for _ in range(3))

    @rule(damage=st.integers(0, 2 * len(KEYS)))
    def forget(self, damage: int) -> None:
        if damage < len(KEYS):
            self.redis.ask("DEL", KEYS[damage])
        elif damage == len(KEYS):
            self.redis.ask("DEL", *KEYS)

    # Builders.

    @rule()
    def begin(self) -> None:
        site, epoch = self.paper.site, made_at(next(self.epochs))
        run_id = now(self.projection.begin(SITE.slug, epoch, joint=site.settings.joint_editions))
        self.builds = [*self.builds[-1:], Build(epoch, run_id, site, self.changed)]

    @rule(which=SOME)
    def go_on(self, which: int) -> None:
        if not self.builds:
            self.begin()
        build = self.builds[which % len(self.builds)]
        if not self._step(build):
            self.builds.remove(build)

    def _step(self, build: Build) -> bool:
        """Whether there is another step to take."""
        most, anti_bump = self.projection.window, build.site.settings.anti_bump
        if build.read is None:
            paper = Paper(self.paper.now, self.paper.pieces, anti_bump=anti_bump)
            build.read = topmost(build.site, paper.articles(None, most + 1), most)
            return True
        articles, edge = build.read
        if not build.applied:
            build.applied = now(
                self.projection.apply(SITE.slug, Mark(build.epoch, 0), articles, self.paper.now, anti_bump=anti_bump)
            )  # fmt: skip
            return build.applied
        if now(self.projection.finish(SITE.slug, build.epoch, build.run_id, edge)):
            self.built = max(self.built, build.changed)
        return False

    @rule()
    def build(self) -> None:
        """A builder does all its steps at once."""
        self.begin()
        while self._step(self.builds[-1]):
            pass
        self.builds.pop()

    # Readers.

    @rule(which=st.integers(0, 1), anew=st.integers(0, 7))
    def refresh(self, which: int, anew: int) -> None:
        """`anew`: the process started again."""
        window = None if anew == 0 else self.windows[which]
        seen = ("", 0) if window is None else (window.epoch, window.seq)
        delta = now(self.reader.read(SITE.slug, *seen))
        if delta is None:
            return
        if window is not None and window.follows(delta):
            window.advance(delta)
        else:
            self.windows[which] = Window(delta)

    @rule(client=st.integers(0, 3), which=st.integers(0, 1), anew=st.integers(0, 7))
    def poll(self, client: int, which: int, anew: int) -> None:
        """`anew`: the reader opened the page again."""
        window = self.windows[which]
        if anew == 0:
            self.clients[client] = Client(QUERIES[client])
        if window is not None:
            self.clients[client].look(self.paper, window)

    @rule(how=st.sampled_from(CHANGES), piece=SOME, to=SOME, client=st.integers(0, 3), anew=st.integers(0, 1))
    def overtake(self, how: str, piece: int, to: int, client: int, anew: int) -> None:
        """One process has heard of a change, the other one not yet, and a reader comes from the one to the other."""
        self.refresh(1, 1)
        self.change(how, piece, to)
        self.work()
        self.refresh(0, 1)
        self.poll(client, 0, anew)
        self.poll(client, 1, 1)

    @rule(limit=st.integers(1, 3))
    def turn(self, limit: int) -> None:
        window = self.windows[0]
        if window is None:
            return
        if self.walk is None or self.walk.over:
            self.walk = Walk(Query(limit))
        self.walk.turn(self.paper, window)

    # At rest everything agrees.

    @rule(build_first=st.booleans())
    def rest(self, build_first: bool) -> None:
        if build_first:
            self._sweep()
        self.work()
        self._sweep()
        assert now(self.projection.unsound([SITE.slug])) == []
        for which in (0, 1):
            self.refresh(which, 1)
        self._compare()

    def _sweep(self) -> None:
        if now(self.projection.unsound([SITE.slug])) or self.built < self.changed:
            self.build()

    def _compare(self) -> None:
        paper = Still.of(self.paper)
        true = [line.told for line in paper.lines()]
        asked = [[line.told for line in paper.lines(q.language, q.tag)[: q.limit]] for q in QUERIES]
        for window in self.windows:
            assert window is not None
            assert held(window) == paper.above(window.edge)
            assert len(held(window)) >= min(len(true), self.projection.window // 2)
            assert now(whole(partial(ask, paper, window), 2)) == true
            for client, answer in zip(self.clients, asked, strict=True):
                client.look(paper, window)
                client.must_hold(answer)

    def teardown(self) -> None:
        if hasattr(self, "projection"):
            self.rest(build_first=False)
