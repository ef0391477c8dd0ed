import shutil
import tempfile
from pathlib import Path

import pytest

from discuss.embedded.postgres import EmbeddedPostgres
from discuss.embedded.valkey import EmbeddedValkey


@pytest.fixture
def home():
    """A short path: that of tmp_path may be too long for a socket."""
    folder = Path(tempfile.mkdtemp(prefix="dx-", dir="/tmp"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def made():
    """A stopped cluster, so that not every test pays for making one."""
    folder = Path(tempfile.mkdtemp(prefix="dx-", dir="/tmp"))
    folder.chmod(0o711)
    server = EmbeddedPostgres(folder / "postgres")
    server.start()
    server.stop()
    yield server.folder
    shutil.rmtree(folder)


@pytest.fixture
def postgres(home, made):
    place = home / "postgres"
    shutil.copytree(made, place)
    shutil.copystat(made, place)
    for path in (place, *place.rglob("*")):
        original = made / path.relative_to(place)
        shutil.chown(path, original.stat().st_uid, original.stat().st_gid)
    server = EmbeddedPostgres(place)
    yield server
    server.stop()


@pytest.fixture
def valkey(home):
    server = EmbeddedValkey(home / "valkey")
    yield server
    server.stop()
