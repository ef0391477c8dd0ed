"""Make sentences from templates: each template in turn gives one, until there are enough or all are used up.

No template gives more than twice its even share: many slots make more sentences than there is to learn from them.
"""

import math
import re
from collections import deque
from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple

from discuss.classify.composed.reading import SLOT, Fillers, Source

_SENTENCE_ENDS = (". ", "! ", "? ")


class Bare(NamedTuple):
    """`filling` is the number of a combination of fillers among all those of the template."""

    template: int
    filling: int
    text: str


def bare_sentences(source: Source, chance: Random, most: int) -> Iterator[Bare]:
    """No sentence twice, even when two templates can give the same one."""
    told: set[str] = set()
    for sentence in _in_turn(source, chance, most):
        if len(told) == most:
            return
        key = sentence.text.casefold().rstrip(".!?… ")
        if key not in told:
            told.add(key)
            yield sentence


def _in_turn(source: Source, chance: Random, most: int) -> Iterator[Bare]:
    share = 2 * math.ceil(most / len(source.templates))
    waiting = deque(
        _fillings(number, template, source.slots, chance, share)
        for number, template in enumerate(source.templates)
    )
    chance.shuffle(waiting)
    while waiting:
        template = waiting.popleft()
        if (sentence := next(template, None)) is not None:
            yield sentence
            waiting.append(template)


def _fillings(number: int, template: str, slots: Fillers, chance: Random, most: int) -> Iterator[Bare]:
    names = SLOT.findall(template)
    combinations = math.prod(len(slots[name]) for name in names)
    for filling in chance.sample(range(combinations), min(combinations, most)):
        fillers = _chosen(filling, [slots[name] for name in names])
        if len(set(fillers)) == len(fillers):  # "Poles and Poles" says nothing
            yield Bare(number, filling, _filled(template, fillers))


def _chosen(filling: int, lists: Sequence[Sequence[str]]) -> list[str]:
    """The fillers of one combination, whose number is read as digits of different bases."""
    chosen = []
    for fillers in lists:
        filling, place = divmod(filling, len(fillers))
        chosen.append(fillers[place])
    return chosen


def _filled(template: str, fillers: Sequence[str]) -> str:
    following = iter(fillers)

    def filler(slot: re.Match[str]) -> str:
        word = next(following)
        begins = template[: slot.start()].endswith(_SENTENCE_ENDS)
        return word[:1].upper() + word[1:] if begins else word

    return SLOT.sub(filler, template)
