"""Whatever is done in whatever order, or concurrently, the queues say what the record says."""

import asyncio
from collections import Counter
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from discuss.domain.accounts import Credential, Principal
from discuss.domain.sites import SiteSettings
from discuss.usecases.register_article import register_article
from discuss.usecases.register_site import register_site
from discuss.usecases.services import Services
from tests.integration.conftest import GENEROUS, ONE
from tests.machines.desk import ACTS, USUAL, Desk

NUMBERS = count(1)
Moments = list[list[tuple[str, int]]]

act = st.tuples(st.sampled_from([*USUAL, *ACTS]), st.integers(0, 99))
moments = st.lists(st.lists(act, min_size=1, max_size=3), min_size=5, max_size=20)


async def test_the_queues_equal_the_record_after_any_interleaving(services: Services) -> None:
    loop, seen = asyncio.get_running_loop(), Counter[str]()

    async def live(said: Moments) -> None:
        slug = f"desk-{next(NUMBERS)}"
        site = await register_site(
            services, slug, slug, settings=SiteSettings(rates=GENEROUS, report_hold=0.9)
        )
        article, _ = await register_article(services, Principal(Credential.KEY, site_id=site.id), slug, ONE)
        desk = await Desk.set_up(services, site, article)
        for acts in said:
            await desk.at_once(acts)
            assert await desk.wrong() == []
        await desk.at_once([("score", 0)])
        assert await desk.wrong() == []
        seen.update(name for acts in said for name, _ in acts)

    @settings(max_examples=25, derandomize=True, database=None)
    @given(moments)
    def law(said: Moments) -> None:
        asyncio.run_coroutine_threadsafe(live(said), loop).result(60)

    await asyncio.to_thread(law)
    assert seen.keys() == ACTS.keys()
