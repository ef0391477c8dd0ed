"""What the worst mistakes have in common. Rows are named by id; no text of the data leaves this module."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

import numpy as np
from scipy.special import logit

from discuss.classify.data import Example
from discuss.classify.evaluation.identity_terms import names_a_group
from discuss.classify.evaluation.metrics import Places
from discuss.classify.evaluation.report import Mistakes
from discuss.classify.evaluation.scored_rows import ScoredRows
from discuss.classify.marks import holds_link
from discuss.classify.protocol import Classifier

_WORST = 100
_NAMED = 15
_SHORT, _LONG = 40, 300  # characters

_SMALL, _CAPITAL = re.compile("[a-zа-яёіїєґ]"), re.compile("[A-ZА-ЯЁІЇЄҐ]{2}")
_QUOTE = re.compile(r"«[^»]+»|“[^”]+”|„[^“]+“|\"[^\"]+\"|^\s*>", re.MULTILINE)
_LETTERS = re.compile(r"[^\W\d_]")

KINDS: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {
        "short": lambda text: len(text) < _SHORT,
        "middling": lambda text: _SHORT <= len(text) < _LONG,
        "long": lambda text: len(text) >= _LONG,
        "has a link": holds_link,
        "all capitals": lambda text: bool(_CAPITAL.search(text)) and not _SMALL.search(text),
        "names a group": names_a_group,
        "quotes": lambda text: bool(_QUOTE.search(text)),
        "asks": lambda text: "?" in text,
        "no letters": lambda text: not _LETTERS.search(text),
    }
)
_OTHER_LANGUAGE = "judged another language"


def mistakes(natural: Mapping[str, ScoredRows], classifier: Classifier) -> Iterator[Mistakes]:
    for language, rows in natural.items():
        kinds = [_kinds(*pair) for pair in zip(rows.examples, rows.judged, strict=True)]
        for label, threshold in classifier.held_from(language).items():
            yield from _of_label(label, language, threshold, rows, kinds)


def _of_label(
    label: str, language: str, threshold: float, rows: ScoredRows, kinds: Sequence[Iterable[str]]
) -> Iterator[Mistakes]:
    truth, held = rows.truth(label), rows.held[label]
    margins = np.abs(logit(rows.scores[label]) - logit(threshold))
    for direction, side in (("held wrongly", 0), ("missed", 1)):
        alike = np.flatnonzero(truth == side)
        wrong = alike[held[alike] == (side == 0)]
        if len(wrong):
            worst = wrong[np.argsort(-margins[wrong], kind="stable")][:_WORST]
            yield Mistakes(
                label=label, language=language, direction=direction, mistakes=len(wrong), worst=len(worst),
                kinds=_counted(kinds, worst), among_mistakes=_shares(kinds, wrong), usual=_shares(kinds, alike),
                ids=[rows.examples[place].id for place in worst[:_NAMED]],
            )  # fmt: skip


def _kinds(example: Example, judged: str) -> list[str]:
    kinds = [kind for kind, holds in KINDS.items() if holds(example.text)]
    return kinds if judged == example.lang else [*kinds, _OTHER_LANGUAGE]


def _counted(kinds: Sequence[Iterable[str]], places: Places) -> dict[str, int]:
    return dict(Counter(kind for place in places for kind in kinds[place]).most_common())


def _shares(kinds: Sequence[Iterable[str]], places: Places) -> dict[str, float]:
    return {kind: count / len(places) for kind, count in _counted(kinds, places).items()}
