import pytest

from discuss.classify import registry
from discuss.classify.protocol import Classifier


@pytest.fixture(scope="session")
def classifier() -> Classifier:
    return registry.load(registry.default_models_dir())
