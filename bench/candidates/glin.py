"""Lists of words, here the Russian and the English one. The score is the number of different words found."""

from collections.abc import Sequence

from glin_profanity import Filter

from bench.candidates import Loaded


def load() -> Loaded:
    words = Filter({"languages": ["english", "russian"]})

    def score(texts: Sequence[str]) -> list[float]:
        return [float(len(words.check_profanity(text)["profane_words"])) for text in texts]

    return Loaded(score)
