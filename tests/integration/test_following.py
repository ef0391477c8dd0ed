"""Starting to listen to a feed: only a limited number may."""

from contextlib import aclosing
from dataclasses import replace

import pytest

from discuss.domain.sites import Site
from discuss.errors import Unavailable
from discuss.feed.streams import Streams
from discuss.http.problem import STATUS
from discuss.usecases import follow_feed as following
from discuss.usecases.follow_feed import follow_feed
from discuss.usecases.services import Services


async def test_only_so_many_listen_to_one_process_and_whoever_leaves_makes_room(
    services: Services, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "MOST_LISTENERS", 1)
    services = replace(services, streams=Streams())
    window = await follow_feed(services, site.slug)
    async with aclosing(services.streams.listen(site.slug, window, None)) as events:
        await anext(events)
        with pytest.raises(Unavailable, match="Too many people are listening") as refused:
            await follow_feed(services, site.slug)
        assert STATUS[type(refused.value)][0] == 503
    await follow_feed(services, site.slug)
