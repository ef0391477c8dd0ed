"""All rows of a data folder, split once, and the views of them that training and evaluation use."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from discuss.classify.data import Example, fingerprint, groups, read, tenth
from discuss.errors import InvalidInput

Part = Literal["train", "test"]

_LOW = 0.2


@dataclass
class Corpus:
    """Fill it file by file with `add`, then `divide` it: the first tenth is for testing."""

    seed: int
    examples: list[Example] = field(default_factory=list)
    fingerprints: dict[str, str] = field(default_factory=dict)
    groups: Mapping[str, bytes] = field(default_factory=dict)
    tenths: Mapping[str, int] = field(default_factory=dict)

    def add(self, path: Path) -> None:
        self.fingerprints[path.name] = fingerprint(path)
        self.examples.extend(read(path))

    def divide(self) -> None:
        """Raises `InvalidInput` if two rows have the same id, since it would be unclear which side of the split each is on."""
        self.groups = groups(self.examples)
        if len(self.groups) < len(self.examples):
            twice, _ = Counter(row.id for row in self.examples).most_common(1)[0]
            raise InvalidInput(f"More than one row has the id {twice}. Give each row its own id.")
        self.tenths = {row: tenth(group, self.seed) for row, group in self.groups.items()}

    def apart_from(self, sources: AbstractSet[str]) -> "Corpus":
        """The corpus without the rows of these sources and without their near-duplicates and pairs."""
        left_out = {self.groups[row.id] for row in self.examples if row.source in sources}
        return replace(self, examples=[row for row in self.examples if self.groups[row.id] not in left_out])

    def of(self, part: Part, sources: Iterable[str] | None = None) -> Iterator[Example]:
        wanted = None if sources is None else frozenset(sources)
        for example in self.examples:
            kept_out = self.tenths[example.id] == 0
            if kept_out == (part == "test") and (wanted is None or example.source in wanted):
                yield example

    def probe(self, source: str) -> list[Example]:
        """Ordinary talk that should not be held: from the sensitive topics, only what raters found appropriate."""
        return [
            example
            for example in self.examples
            if example.source == source
            and (source != "ru_sensitive_topics" or example.meta.get("inappropriate", 1.0) <= _LOW)
        ]
