"""Sentences of our own in languages that nobody scores here, so that these are known for what they are not.

A file for each language, a sentence on each line. All are in Latin letters; Cyrillic languages are known by their letters and words.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

SENTENCES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        path.stem: tuple(path.read_text(encoding="utf-8").splitlines())
        for path in sorted(Path(__file__).parent.glob("*.txt"))
    }
)
