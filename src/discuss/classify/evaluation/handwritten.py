"""Comments written by hand for measuring, as readers of a defence-news site write: ordinary ones, abuse, threats and spam.

Whoever wrote them had not seen the lessons, and no lesson may be written with them in view: they show what a model makes of words that
nobody taught it. They are in `handwritten/`, a file for each language.
"""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from discuss.classify.evaluation.report import Handwritten
from discuss.classify.evaluation.scored_rows import held
from discuss.classify.protocol import Classifier, Scored

_FOLDER = Path(__file__).parent / "handwritten"


def comments() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """By language and kind."""
    return {
        path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(_FOLDER.glob("*.toml"))
    }


def measured(classifier: Classifier) -> list[Handwritten]:
    """What is held of each kind, in the languages that the model covers."""
    return [
        _measured(language, kind, classifier.score(written), classifier)
        for language, kinds in comments().items()
        if classifier.held_from(language)
        for kind, written in kinds.items()
    ]


def _measured(language: str, kind: str, scored: Sequence[Scored], classifier: Classifier) -> Handwritten:
    by_label = {label: held(scored, label, classifier) for label in classifier.labels}
    return Handwritten(
        language=language,
        kind=kind,
        comments=len(scored),
        held=sum(map(any, zip(*by_label.values(), strict=True))),
        by_label={label: int(found.sum()) for label, found in by_label.items() if found.any()},
    )
