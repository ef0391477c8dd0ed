"""A list of English words, spelt in many ways. It says yes or no."""

from collections.abc import Sequence

from better_profanity import profanity

from bench.candidates import Loaded


def load() -> Loaded:
    profanity.load_censor_words()

    def score(texts: Sequence[str]) -> list[float]:
        return [float(profanity.contains_profanity(text)) for text in texts]

    return Loaded(score)
