"""What was found, as the JSON that is kept."""

from collections.abc import Mapping
from dataclasses import asdict
from statistics import median
from typing import Any

import psutil

from bench.feed import bars
from bench.feed.comparing import Measured
from bench.feed.interval import Interval
from bench.feed.order import Found, Order
from bench.feed.reads import NGINX

_STEADY_STORES = ("redis", "postgresql")


def as_json(order: Order, found: Found) -> dict[str, Any]:
    return {
        "complete": order.complete and not found.notes,
        "pairs": order.effort.pairs,
        "seconds": order.effort.seconds,
        "cores": psutil.cpu_count(),
        "large_articles": order.articles,
        "body_bytes": found.body_bytes,
        "comparisons": {name: _comparison(one, found.measured) for name, one in found.measured.items()},
        "writers": found.writers,
        "spending": found.spending,
        "steady": {name: {**one, "met": steady(one)} for name, one in found.steady.items()},
        "propagation": _propagation(found.propagation),
        "queries": found.queries,
        "large_overlaps": _overlaps(found.measured),
        "memory_mb": found.memory,
        "notes": found.notes,
    }


def _comparison(one: Measured, every: Mapping[str, Measured]) -> dict[str, Any]:
    bar, nginx = one.comparison.bar, every.get(NGINX)
    return {
        "title": one.comparison.title,
        "against": one.comparison.against,
        "ratio": _interval(one.ratio),
        "times_nginx": _interval(one.times(nginx)) if nginx else None,
        "bar": str(bar) if bar else None,
        "met": bar.met(one.ratio) if bar else None,
        **{name: _middle(one, name) for name in ("rate", "p50_ms", "p99_ms", "bytes_each")},
        "failed": one.failed,
        "pairs": [asdict(pair) for pair in one.pairs],
    }


def _interval(found: Interval) -> dict[str, float]:
    return {name: round(value, 4) for name, value in asdict(found).items()}


def _middle(one: Measured, name: str) -> float:
    return float(round(median(getattr(pair.ours, name) for pair in one.pairs), 2))


def steady(one: Mapping[str, Any]) -> bool:
    return all(one["each"][store] < bars.PER_POLL for store in _STEADY_STORES)


def _propagation(found: Mapping[str, Any]) -> dict[str, Any]:
    return {**found, "met": found["p99_ms"] <= bars.PROPAGATED_P99_MS} if found else {}


def _overlaps(measured: Mapping[str, Measured]) -> bool | None:
    """Whether very many articles make no difference that can be told from noise; None unless both cases were measured."""
    small, large = measured.get("feed-200"), measured.get("feed-large")
    return small.ratio.overlaps(large.ratio) if small and large else None
