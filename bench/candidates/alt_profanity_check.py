"""A linear model over English words. It loads while it is imported."""

from collections.abc import Sequence

from profanity_check import predict_prob

from bench.candidates import Loaded


def load() -> Loaded:
    return Loaded(_score)


def _score(texts: Sequence[str]) -> list[float]:
    return [float(probability) for probability in predict_prob(texts)]
