"""Feed readers are served while PostgreSQL is away, with what was last known."""

from collections.abc import Iterator

import httpx
import pytest

from tests.e2e.asking import ALL_PUBLISHED, problem
from tests.stack import SiteInUse, Stack, wait_for


@pytest.fixture(scope="module")
def alone() -> Iterator[Stack]:
    """One process, so that what it knows does not depend on which one answers."""
    with Stack.running(DISCUSS_API_PROCESSES="1") as stack:
        yield stack


def get(site: SiteInUse, extension: str) -> httpx.Response:
    return site.stack.client.get(f"{site.path}/comments.{extension}")


def test_what_was_known_last_is_served_through_an_outage_and_news_after_it(alone: Stack) -> None:
    site = alone.site("steady", thresholds=ALL_PUBLISHED)
    article, author = site.article("one"), site.person()
    site.decided(author, site.comment(author, article, "Before the storm.")["id"])
    known = wait_for("the comment", lambda: "Before the storm." in get(site, "rss").text and get(site, "rss"))
    alone.postgres.stop()
    wait_for("the outage to be noticed", lambda: get(site, "atom").status_code == 503)
    problem(get(site, "atom"), 503, "unavailable")
    served = get(site, "rss")
    assert (served.status_code, served.content) == (200, known.content)
    assert served.headers["etag"] == known.headers["etag"]
    alone.postgres.start()
    wait_for("the store", lambda: get(site, "atom").status_code == 200)
    site.comment(author, article, "After the storm.")
    wait_for("the news", lambda: "After the storm." in get(site, "rss").text)
