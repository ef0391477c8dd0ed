"""Which content coding a client gets (RFC 9110, 12.5.3)."""

from functools import lru_cache

from discuss.feed.snapshot import CODINGS, IDENTITY

LONGEST_KEPT, LONGEST_READ = 256, 2048
"""Bytes; of a longer header the answer is not kept, or only the beginning is read. No browser sends that much, and made-up ones would take memory and time."""


def choose(accept_encoding: bytes) -> str:
    """The coding the client prefers, ties broken in our order; `IDENTITY` where it accepts none that we have."""
    kept = len(accept_encoding) <= LONGEST_KEPT
    return _kept(accept_encoding) if kept else _choose(accept_encoding[:LONGEST_READ])


def _choose(accept_encoding: bytes) -> str:
    weights = dict(_weight(part) for part in accept_encoding.decode("latin-1").lower().split(","))
    others = weights.get("*", 0.0)
    plain = weights.get("identity", others)
    best = max(CODINGS, key=lambda coding: weights.get(coding, others))
    liked = weights.get(best, others)
    return best if liked > 0 and liked >= plain else IDENTITY


_kept = lru_cache(maxsize=512)(_choose)


def _weight(part: str) -> tuple[str, float]:
    """A name and its weight; 0 where the weight cannot be parsed."""
    coding, _, parameter = part.partition(";")
    name, _, value = parameter.partition("=")
    if not parameter.strip():
        return coding.strip(), 1.0
    try:
        return coding.strip(), float(value) if name.strip() == "q" else 0.0
    except ValueError:
        return coding.strip(), 0.0
