import shutil
import tempfile
from pathlib import Path

import pytest

from discuss.embedded.postgres import EmbeddedPostgres
from discuss.embedded.valkey import EmbeddedValkey


@pytest.fixture
def home():
    """A folder with a short path: that of tmp_path may be too long for a socket."""
    folder = Path(tempfile.mkdtemp(prefix="dx-", dir="/tmp"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def made():
    """The folder of a stopped server, so that not every test has to make one."""
    folder = Path(tempfile.mkdtemp(prefix="dx-", dir="/tmp"))
    folder.chmod(0o711)
    server = EmbeddedPostgres(folder / "postgres")
    server.start()
    server.stop()
    yield server.folder
    shutil.rmtree(folder)


@pytest.fixture
def postgres(home, made):
    """The server of `made`, on loan: a test that moves or changes its folder must restore it."""
    server = EmbeddedPostgres(made.rename(home / "postgres"))
    yield server
    server.stop()
    server.folder.rename(made)


@pytest.fixture
def valkey(home):
    server = EmbeddedValkey(home / "valkey")
    yield server
    server.stop()
