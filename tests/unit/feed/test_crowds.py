"""How many event streams one address may hold open."""

import pytest

from discuss.errors import RateLimited
from discuss.feed.streams import Streams


async def test_an_address_that_listens_too_often_is_refused_and_nobody_else() -> None:
    streams = Streams(most_from_one=2)
    streams.enter("192.0.2.1")
    streams.enter("192.0.2.1")
    with pytest.raises(RateLimited, match="Too many streams"):
        streams.enter("192.0.2.1")
    streams.enter("192.0.2.2")


async def test_who_leaves_makes_room() -> None:
    streams = Streams(most_from_one=1)
    for _ in range(3):
        streams.enter("192.0.2.1")
        streams.leave("192.0.2.1")
