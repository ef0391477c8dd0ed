"""All rows of a data folder, split once, and the ways training and evaluation look at them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from discuss.classify.data import Example, fingerprint, read, split

Part = Literal["train", "test"]

_LOW = 0.2


@dataclass
class Corpus:
    """Fill it file by file with `add`, then `divide` it: the first tenth is for testing."""

    seed: int
    examples: list[Example] = field(default_factory=list)
    fingerprints: dict[str, str] = field(default_factory=dict)
    tenths: Mapping[str, int] = field(default_factory=dict)

    def add(self, path: Path) -> None:
        self.fingerprints[path.name] = fingerprint(path)
        self.examples.extend(read(path))

    def divide(self) -> None:
        self.tenths = split(self.examples, self.seed)

    def of(self, part: Part, sources: Iterable[str] | None = None) -> Iterator[Example]:
        wanted = None if sources is None else frozenset(sources)
        for example in self.examples:
            kept_out = self.tenths[example.id] == 0
            if kept_out == (part == "test") and (wanted is None or example.source in wanted):
                yield example

    def probe(self, source: str) -> list[Example]:
        """Ordinary talk that should not be held: of the sensitive topics, only what raters found appropriate."""
        return [
            example
            for example in self.examples
            if example.source == source
            and (source != "ru_sensitive_topics" or example.meta.get("inappropriate", 1.0) <= _LOW)
        ]
