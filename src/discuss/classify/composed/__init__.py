"""Comments of our own to train on: sentences with slots, for what public labelled data lack.

A set is a TOML file beside this module: its language, the labels that are certain, templates, and what fills their slots.
Sets that have to speak of the same groups take their fillers from one file of `slots/`, and each must use all of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from discuss.classify.composed.expanding import bare_sentences
from discuss.classify.composed.reading import SETS
from discuss.classify.composed.surface import varied


@dataclass(frozen=True, slots=True)
class Composed:
    """`id` names the template and its fillers, whatever the seed."""

    id: str
    text: str
    language: str
    labels: Mapping[str, int]
    set: str


def compose(seed: int, most: int = 1500) -> Iterator[Composed]:
    """At most so many sentences of each set; no two of a set differ in capitals and final punctuation alone."""
    for name, source in SETS.items():
        chance = Random(f"{seed} {name}")  # noqa: S311 - variety, not secrecy
        for sentence in bare_sentences(source, chance, most):
            yield Composed(
                id=f"{name}-{sentence.template}-{sentence.filling}",
                text=varied(sentence.text, chance),
                language=source.language,
                labels=dict(source.labels.items()),
                set=name,
            )
