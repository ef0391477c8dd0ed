"""Our own: the active model, as a worker loads it."""

from collections.abc import Sequence

from bench.candidates import Loaded
from discuss.classify import registry


def load() -> Loaded:
    classifier = registry.load(registry.default_models_dir())

    def score(texts: Sequence[str]) -> list[float]:
        return [max(scored.scores.values(), default=0.0) for scored in classifier.score(texts)]

    return Loaded(score, classifier.explain)
