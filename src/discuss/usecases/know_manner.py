"""The language and the time zone in which a site's fragment is written unless the request says otherwise."""

from discuss.feed.manner import Manner
from discuss.usecases.know_site import know_site
from discuss.usecases.services import Services


async def know_manner(services: Services, slug: str) -> Manner:
    """From the feed where this process holds one: during an outage too, and never older than the rows.

    Raises what `know_site` raises.
    """
    window = services.snapshots.window(slug)
    if window is not None and window.manner is not None:
        return window.manner
    site = await know_site(services, slug)
    return Manner(site.languages[0], site.time_zone)
