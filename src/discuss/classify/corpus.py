"""All rows of a data folder, split once, and the ways training and evaluation look at them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from discuss.classify import recipe
from discuss.classify.data import Example, Part, fingerprint, read, split

_LOW = 0.2


@dataclass
class Corpus:
    """Fill it file by file with `add`, then `divide` it."""

    seed: int
    examples: list[Example] = field(default_factory=list)
    fingerprints: dict[str, str] = field(default_factory=dict)
    parts: Mapping[str, Part] = field(default_factory=dict)

    def add(self, path: Path) -> None:
        self.fingerprints[path.name] = fingerprint(path)
        self.examples.extend(read(path))

    def divide(self) -> None:
        self.parts = split(self.examples, self.seed)

    def of(self, part: Part, sources: Iterable[str] | None = None) -> Iterator[Example]:
        wanted = None if sources is None else frozenset(sources)
        for example in self.examples:
            if self.parts[example.id] == part and (wanted is None or example.source in wanted):
                yield example

    def probe(self, source: str, *parts: Part) -> list[Example]:
        """Ordinary talk that should not be held: of the sensitive topics, only what raters found appropriate."""
        return [
            example
            for part in parts
            for example in self.of(part, [source])
            if source != "ru_sensitive_topics" or example.meta.get("inappropriate", 1.0) <= _LOW
        ]


@dataclass(frozen=True)
class Lessons:
    """Rows that say something about one label."""

    examples: Sequence[Example]
    targets: NDArray[np.int8]
    weights: NDArray[np.float64]


def lessons(examples: Iterable[Example], label: str, languages: Iterable[str] = recipe.LANGUAGES) -> Lessons:
    wanted = frozenset(languages)
    taught = [
        (example, lesson)
        for example in examples
        if example.lang in wanted and (lesson := recipe.lesson(example.source, example.labels, label))
    ]
    return Lessons(
        [example for example, _ in taught],
        np.array([target for _, (target, _) in taught], dtype=np.int8),
        np.array([weight for _, (_, weight) in taught], dtype=np.float64),
    )
