"""Signals: scored, sourced observations about a revision."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Signal:
    """`name` is a label such as `toxic`; `value` a probability from 0 to 1; `version` that of the model or rule."""

    source: str
    name: str
    value: float
    version: str
    detail: Mapping[str, object] = field(default_factory=dict)
