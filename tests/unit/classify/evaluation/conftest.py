import pytest

from discuss.classify.corpus import Corpus
from discuss.classify.data import files
from tests.comments import Keywords, write

SEED = 7


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory):
    return write(tmp_path_factory.mktemp("comments"))


@pytest.fixture(scope="session")
def corpus(data_dir):
    corpus = Corpus(SEED)
    for path in files(data_dir):
        corpus.add(path)
    corpus.divide()
    return corpus


@pytest.fixture(scope="session")
def keywords():
    return Keywords()


@pytest.fixture(scope="session")
def kinder():
    """The same classifier, but blind to Russian rudeness."""
    kinder = Keywords(rude=("fool",))
    kinder.name = "kinder"
    return kinder
