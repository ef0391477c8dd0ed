"""Names in Redis. The braces keep one site's keys together on one node of a cluster."""

CHANNEL = "discuss:feed"
"""Where a projection announces the slug of a site whose feed changed."""

SITES = "discuss:sites"
"""Set: the slugs of all sites that have a feed, for a process that missed the first announcement of one."""


def order(slug: str) -> str:
    """Sorted set: article ids by last activity, in microseconds."""
    return f"discuss:{{{slug}}}:feed:order"


def rows(slug: str) -> str:
    """Hash: article id to the finished bytes of its row."""
    return f"discuss:{{{slug}}}:feed:rows"


def versions(slug: str) -> str:
    """Hash: article id to the version applied last, also of articles that left the feed."""
    return f"discuss:{{{slug}}}:feed:versions"


def state(slug: str) -> str:
    """Hash: `epoch`, new with every building; `built`, the run id of the Redis server it was built on; `seq`, raised by every change."""
    return f"discuss:{{{slug}}}:feed:state"


def every(slug: str) -> list[str]:
    return [order(slug), rows(slug), versions(slug), state(slug)]
