"""Scores that other packages gave to the same rows, for comparison with the model's."""

from collections.abc import Mapping
from pathlib import Path

import msgspec
import numpy as np

from discuss.classify.evaluation import metrics
from discuss.classify.evaluation.scored_rows import Answers
from discuss.errors import InvalidInput

_LABEL = "toxic"


class Yardsticks:
    """`{"package": {"row id": score}}`. A package measures toxicity unless its name ends in another label: `package:spam`."""

    def __init__(self, scores: Mapping[str, Mapping[str, float]]) -> None:
        self._scores = scores

    def aucs(self, label: str, answers: Answers) -> dict[str, float | None]:
        """The AUC of each package that measures the label and has scored every one of these rows."""
        return {
            name.partition(":")[0]: metrics.auc(answers.truth, np.array([rows[one] for one in answers.ids]))
            for name, rows in self._scores.items()
            if (name.partition(":")[2] or _LABEL) == label and all(one in rows for one in answers.ids)
        }


NONE = Yardsticks({})


def read(path: Path) -> Yardsticks:
    try:
        return Yardsticks(msgspec.json.decode(path.read_bytes(), type=dict[str, dict[str, float]]))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidInput(
            f'{path} should be JSON of the form {{"package": {{"row id": score}}}}: {error}.'
        ) from error
