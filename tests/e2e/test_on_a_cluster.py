"""The whole system on a Redis cluster, with a separate server for the queue."""

from collections.abc import Iterator

import pytest

from discuss.usecases.services import Services
from discuss.usecases.verify import verify
from tests.e2e.asking import ALL_PUBLISHED
from tests.stack import SiteInUse, Stack, wait_for
from tests.valkeys import Cluster


@pytest.fixture(scope="module")
def clustered() -> Iterator[Stack]:
    with Cluster.running() as cluster, Stack.running(DISCUSS_REDIS_URL=cluster.url) as stack:
        yield stack


def test_comments_on_several_sites_are_published_and_move_their_articles_up(clustered: Stack) -> None:
    """There are more sites than nodes: some share a node, others do not."""
    sites = [clustered.site("clustered", thresholds=ALL_PUBLISHED) for _ in range(5)]
    for site in sites:
        first, _ = (site.article(name) for name in ("one", "two"))
        author = site.person()
        assert (
            site.decided(author, site.comment(author, first, "Seen from here too.")["id"])["state"]
            == "published"
        )
        wait_for("the feed", lambda site=site: told(site) == [("Article one", 1), ("Article two", 0)])
    assert clustered.client.get("/health/ready").json()["degraded"] == []
    wait_for("everything to agree", lambda: clustered.use(differences) == [])


def told(site: SiteInUse) -> list[tuple[object, object]]:
    return [(row["title"], row["comment_count"]) for row in site.feed()]


async def differences(services: Services) -> list[str]:
    return [sentence async for _, found in verify(services) for sentence in found]
