"""What a run is to measure, and what it found."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from bench.feed import bars
from bench.feed.comparing import Effort, Measured
from bench.feed.propagation import DECISIONS

PARTS = ("reads", "counts", "writing", "large", "steady", "propagation")
"""`reads`: nginx, raw ASGI, the feed. `large`: very many articles. `steady`: commands per poll, by the stores' counters."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to measure, and how thoroughly. `articles` are those of the large case."""

    parts: Collection[str]
    effort: Effort
    articles: int = bars.LARGE
    decisions: int = DECISIONS

    @property
    def complete(self) -> bool:
        """Whether the documentation may show the run, if nothing is missing in the end."""
        thorough = self.effort.pairs >= bars.SOUND_PAIRS and self.articles >= bars.LARGE
        return set(self.parts) == set(PARTS) and thorough and self.decisions >= DECISIONS


@dataclass(slots=True)
class Found:
    """`notes`: what could not be measured, and why."""

    measured: dict[str, Measured]
    writers: list[dict[str, Any]]
    spending: dict[str, Any]
    steady: dict[str, Any]
    propagation: dict[str, Any]
    queries: dict[str, Any]
    memory: dict[str, list[float]]
    body_bytes: int
    notes: list[str]
