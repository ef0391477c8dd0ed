"""How long the API may take to stop. A module of its own, so that `discuss up` need not load the whole API to know."""

KILLED_AFTER = 12
"""Seconds that a process has to finish what it began when it is told to stop: less than containers are given."""

GONE_AFTER = KILLED_AFTER + 2
"""Seconds after which all of them are gone, and so is the one that started them."""
