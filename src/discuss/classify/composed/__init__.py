"""Comments of our own to train on: sentences with slots, for what public labelled data lacks.

A set is a TOML file beside this module: its language, the labels that are certain, templates, and fillers for their slots.
Sets that must speak of the same groups take their fillers from one file in `slots/`, and each must use all of it.
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

    @property
    def template(self) -> str:
        return self.id.rsplit("-", 1)[0]


def compose(seed: int, most: int = 1500) -> Iterator[Composed]:
    """At most `most` sentences of each set. No two sentences of a set differ only in capitals and final punctuation."""
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
