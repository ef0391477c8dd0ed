"""A linear model over English words in ONNX, which needs the locale en_US.UTF-8."""

from collections.abc import Sequence

import numpy as np
from hatesonar import Sonar

from bench.candidates import Loaded

_NEITHER = 2


def load() -> Loaded:
    run = Sonar().sess.run  # its `ping` takes one text; a batch in one call is a third faster

    def score(texts: Sequence[str]) -> list[float]:
        _, probabilities = run(None, {"text": np.array(texts, dtype=object)})
        return [1 - float(one[_NEITHER]) for one in probabilities]

    return Loaded(score)
