import numpy as np
import pytest

from discuss.classify import registry
from discuss.classify.language import BITS, Tongues
from discuss.classify.masks import Masks
from discuss.classify.ngrams import Ngrams
from discuss.classify.protocol import Classifier
from discuss.classify.reading import Reader


@pytest.fixture(scope="session")
def classifier() -> Classifier:
    return registry.load(registry.default_models_dir())


@pytest.fixture(scope="session")
def reader() -> Reader:
    """A reader that has learnt nothing."""
    nothing_learnt = np.zeros(((1 << BITS) + 1, 2), dtype=np.float32)
    tongues = Tongues(("en", "ru-Latn"), nothing_learnt, np.array([1, 0], dtype=np.float32))
    return Reader(Ngrams(bits=16), tongues, Masks([]))
