"""Between any two steps of a worker, it may die, Redis may forget everything, or somebody else may be quicker."""

from collections.abc import Callable, Coroutine
from functools import partial
from itertools import count
from typing import Any

import pytest
from redis.asyncio import Redis

from discuss.usecases.build_feeds import build_changed
from discuss.usecases.project import project
from discuss.usecases.score import score
from discuss.usecases.services import Judge, Services
from tests.machines import newsroom
from tests.machines.interrupting import Killed, at_every_point
from tests.machines.newsroom import Listener, Newsroom

Event = Callable[[Newsroom, Redis], Coroutine[Any, Any, None]]

FEWEST = 3
"""The fewest points there can be: a statement, a script, a commit."""


@pytest.fixture
async def room(services: Services, redis: Redis) -> Newsroom:
    people = await newsroom.people(services)
    made = await Newsroom.open(services, redis, people, 3, 8)
    await made.link([made.pieces[0], made.pieces[1]])
    await made.recover()
    return made


async def sink(room: Newsroom) -> None:
    """Moves the top row to the bottom."""
    room.tick()
    lines = room.paper.lines()
    for piece in lines[0].members:
        piece.published = lines[-1].at - newsroom.MINUTE
        await room.say(piece)


async def change(room: Newsroom) -> None:
    """Moves the top row to the bottom, and withdraws or restores an article."""
    await sink(room)
    last = room.pieces[-1]
    last.withdrawn = not last.withdrawn
    await room.say(last)


async def well(room: Newsroom) -> None:
    """Checks that all is well after the next sweeps."""
    room.tick()
    await room.recover()
    await room.must_say_what_the_model_says()


async def the_worker_dies(room: Newsroom, redis: Redis) -> None:
    raise Killed


async def redis_forgets_everything(room: Newsroom, redis: Redis) -> None:
    await room.flush(redis)


async def somebody_is_quicker(room: Newsroom, redis: Redis) -> None:
    """Another worker applies newer facts to the feed: a row falls out of it, and no other row shows where the feed ended."""
    await sink(room)
    await room.project()


async def the_feed_is_built_anew(room: Newsroom, redis: Redis) -> None:
    await room.flush(redis)
    await room.build_unsound()


WHILE_BUILDING = (the_worker_dies, redis_forgets_everything, somebody_is_quicker)
ALWAYS = (*WHILE_BUILDING, the_feed_is_built_anew)


def named(what: Event) -> str:
    return what.__name__


@pytest.mark.parametrize("what", ALWAYS, ids=named)
async def test_facts_that_are_taken_to_the_feed_arrive_whatever_happens_on_the_way(
    room: Newsroom, redis: Redis, what: Event
) -> None:
    points = await at_every_point(
        partial(change, room), lambda: project(room.services), partial(what, room, redis), partial(well, room)
    )
    assert points >= FEWEST


@pytest.mark.parametrize("what", WHILE_BUILDING, ids=named)
async def test_a_feed_that_is_built_is_right_whatever_happens_meanwhile(
    room: Newsroom, redis: Redis, what: Event
) -> None:
    async def prepare() -> None:
        await change(room)
        await room.flush(redis)

    points = await at_every_point(
        prepare, room.build_unsound, partial(what, room, redis), partial(well, room)
    )
    assert points >= FEWEST


@pytest.mark.parametrize("what", WHILE_BUILDING, ids=named)
async def test_a_feed_takes_up_what_its_site_has_set_whatever_happens_meanwhile(
    room: Newsroom, redis: Redis, what: Event
) -> None:
    styles = count()

    async def prepare() -> None:
        room.tick()
        await room.restyle(next(styles) % 4)

    points = await at_every_point(
        prepare, lambda: build_changed(room.services), partial(what, room, redis), partial(well, room)
    )
    assert points >= FEWEST


async def test_a_worker_that_dies_while_it_scores_leaves_everything_as_it_was(
    room: Newsroom, redis: Redis
) -> None:
    judge = Judge(Listener(), 50)

    async def prepare() -> None:
        room.tick()
        for toxic in (False, True):
            await room.write(room.pieces[2], room.people[1], toxic=toxic)

    points = await at_every_point(
        prepare,
        lambda: score(room.services, judge),
        partial(the_worker_dies, room, redis),
        partial(well, room),
    )
    assert points >= FEWEST
