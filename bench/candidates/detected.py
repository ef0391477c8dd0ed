"""Lists of Russian and English words, with normalisation. The score is the number of different words found."""

from collections.abc import Sequence

from detected_profanity import ProfanityDetector

from bench.candidates import Loaded


def load() -> Loaded:
    detector = ProfanityDetector()

    def score(texts: Sequence[str]) -> list[float]:
        return [float(len(detector.detect(text))) for text in texts]

    return Loaded(score)
