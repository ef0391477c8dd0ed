"""Points: how far a client or a process has come in a feed, and which of two is further. Written `epoch.seq`; opaque to clients.

A feed begins a new epoch whenever it is rebuilt. The epoch's name is a UUIDv7 in hex, so that names sort by the time they
were made, and a process that is asked about a later epoch than its own knows that it is behind. It hears of the rebuild
within a second, or stays behind for as long as it is cut off from Redis. The same holds for a process whose first reading was of a
Redis restored from a backup, until that feed is rebuilt.
"""

import re
import time

EPOCH = re.compile(r"[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}")

UNKNOWN = ".0"
"""The point of a process that knows nothing of the feed: behind every other."""

SKEW = 60.0
"""Seconds by which clocks may differ. A time further ahead than that is not believed."""


def is_behind(own: str, other: str) -> bool:
    """Whether whoever has come to `own` knows less than whoever has come to `other`."""
    epoch, _, seq = own.rpartition(".")
    other_epoch, _, other_seq = other.rpartition(".")
    if not other_seq.isdecimal():
        return False
    if other_epoch == epoch:
        return int(other_seq) > int(seq)
    return other_epoch > epoch and _is_believed(other_epoch)


def _is_believed(epoch: str) -> bool:
    """Whether an epoch is not too far ahead: a made-up one of next year must not keep its client from all news until then.

    If a clock really is that far ahead, processes do not take its epochs for later ones, and tell clients what they know.
    """
    return EPOCH.fullmatch(epoch) is not None and int(epoch[:12], 16) / 1000 <= time.time() + SKEW


def next_epoch(before: str, fresh: str) -> str:
    """The fresh name or, if the epoch before was named by a clock ahead of ours, the name just after that.

    If Redis has forgotten the epoch before, and the clock was set back behind it, a later epoch sorts earlier after all. A
    client that comes from the forgotten epoch is told everything if that is ahead by more than `SKEW`; if by less, it is told
    nothing until the feed is built once more.
    """
    return f"{int(before, 16) + 1:032x}" if EPOCH.fullmatch(before) and before >= fresh else fresh
