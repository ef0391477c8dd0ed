"""Names in Redis. The braces keep one site's keys together on one node of a cluster."""

CHANNEL = "discuss:feed"
"""Where a projection announces the slug of a site whose feed changed."""

SITES = "discuss:sites"
"""Set: the slugs of all sites that have a feed, for a process that missed the first announcement of one."""


def order(slug: str) -> str:
    """Sorted set: row ids by last activity, in microseconds."""
    return f"discuss:{{{slug}}}:feed:order"


def facts(slug: str) -> str:
    """Hash: article id to what readers are told of it."""
    return f"discuss:{{{slug}}}:feed:facts"


def places(slug: str) -> str:
    """Hash: article id to `row id, space, last activity`: the row the article stands in, and its own activity."""
    return f"discuss:{{{slug}}}:feed:places"


def members(slug: str) -> str:
    """Hash: row id to the ids of the articles in it, with spaces between."""
    return f"discuss:{{{slug}}}:feed:members"


def ages(slug: str) -> str:
    """Hash: article id to the age of the facts applied last, even of articles that left; followed by `-` if readers never saw the article."""
    return f"discuss:{{{slug}}}:feed:ages"


def changes(slug: str) -> str:
    """Sorted set: article ids by the `seq` of their last change, including articles that left."""
    return f"discuss:{{{slug}}}:feed:changes"


def gone(slug: str) -> str:
    """Sorted set: those of `changes` that the feed does not hold."""
    return f"discuss:{{{slug}}}:feed:gone"


def views(slug: str) -> str:
    """Hash: article id to its views, for the articles that the feed holds."""
    return f"discuss:{{{slug}}}:feed:views"


def state(slug: str) -> str:
    """Hash.

    `epoch` is greater each time the feed is built, `seq` rises with every change, `built` is the run id of the Redis server it
    was built on, `floor` the newest `seq` that is forgotten, `edge` the row (`last activity, space, row id`) from which on
    rows are left to PostgreSQL, `joint` whether editions are counted together, `manner` the language and, after a space, the
    time zone that the fragment is written in, `held` how many articles there are.
    """
    return f"discuss:{{{slug}}}:feed:state"


def drift(slug: str) -> str:
    """Hash: `total` is how many articles were ever found wrong in the feed, `looked_at` when it was last compared, in Unix seconds."""
    return f"discuss:{{{slug}}}:feed:drift"


def every(slug: str) -> list[str]:
    """All keys of a feed, in the order in which the scripts take them."""
    return [name(slug) for name in (order, facts, places, members, ages, changes, gone, views, state)]
