"""Which content coding a client gets (RFC 9110, 12.5.3)."""

from functools import lru_cache

from discuss.feed.snapshot import CODINGS, IDENTITY

LONGEST_KEPT = 256
"""Bytes of a header beyond which it is not remembered: no browser says so much, and made-up ones would fill the memory."""


def choose(accept_encoding: bytes) -> str:
    """The coding the client likes best, of equals ours; `IDENTITY` where it names none that we have."""
    return (_kept if len(accept_encoding) <= LONGEST_KEPT else _choose)(accept_encoding)


def _choose(accept_encoding: bytes) -> str:
    weights = dict(_weight(part) for part in accept_encoding.decode("latin-1").lower().split(","))
    others = weights.get("*", 0.0)
    plain = weights.get("identity", others)
    best = max(CODINGS, key=lambda coding: weights.get(coding, others))
    liked = weights.get(best, others)
    return best if liked > 0 and liked >= plain else IDENTITY


_kept = lru_cache(maxsize=512)(_choose)


def _weight(part: str) -> tuple[str, float]:
    """What cannot be read is not wanted."""
    coding, _, parameter = part.partition(";")
    name, _, value = parameter.partition("=")
    if not parameter.strip():
        return coding.strip(), 1.0
    try:
        return coding.strip(), float(value) if name.strip() == "q" else 0.0
    except ValueError:
        return coding.strip(), 0.0
