"""Points: how far somebody has come in a feed, and which of two is further. Written `epoch.seq`; a client does not look into it.

A feed begins an epoch whenever it is built anew. Its name is a UUIDv7 in hex, so that names sort by the time they were made,
and a process that is asked about a later epoch than its own knows that it is behind. It hears of the building within a
second, or stays behind for as long as it is cut off from Redis. The same holds for a process that read a Redis restored from a
backup, until that is built anew.
"""

import re
import time

EPOCH = re.compile(r"[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}")

SKEW = 60.0
"""Seconds by which clocks may differ. A time that is further ahead than that is not believed."""


def is_behind(own: str, other: str) -> bool:
    """Whether whoever is at `own` knows less than whoever is at `other`."""
    epoch, _, seq = own.rpartition(".")
    other_epoch, _, other_seq = other.rpartition(".")
    if not other_seq.isdecimal():
        return False
    if other_epoch == epoch:
        return int(other_seq) > int(seq)
    return other_epoch > epoch and _is_believed(other_epoch)


def _is_believed(epoch: str) -> bool:
    """A made-up epoch of next year must not keep its client from all news until then.

    Where one clock is that far ahead, those behind it have no later epochs, and say what they know to whoever asks.
    """
    return EPOCH.fullmatch(epoch) is not None and int(epoch[:12], 16) / 1000 <= time.time() + SKEW


def next_epoch(before: str, fresh: str) -> str:
    """The fresh name, or the one just after that of the epoch before, where that was made by a clock ahead of ours.

    If Redis has forgotten the one before, and the clock was set back behind it, a later epoch sorts earlier after all. Whoever
    comes from the forgotten one is told everything where it is ahead by more than `SKEW`; where by less, nothing until the feed
    is built once more.
    """
    return f"{int(before, 16) + 1:032x}" if EPOCH.fullmatch(before) and before >= fresh else fresh
