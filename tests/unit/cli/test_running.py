"""Which stores a verb uses."""

import os

import pytest

from discuss.cli.running import configured
from discuss.errors import SetupFailed

NOBODY = 65534
DATABASE, REDIS = "postgresql://discuss@db.example/discuss", "redis://redis.example"


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("DISCUSS_HOME", str(tmp_path))
    monkeypatch.delenv("DISCUSS_DATABASE_URL", raising=False)
    monkeypatch.delenv("DISCUSS_REDIS_URL", raising=False)
    return tmp_path


@pytest.mark.parametrize(
    ("named", "folder"), [("DISCUSS_DATABASE_URL", "valkey"), ("DISCUSS_REDIS_URL", "postgres")]
)
def test_one_store_may_be_named_while_the_other_is_the_embedded_one(home, monkeypatch, named, folder):
    address = DATABASE if named == "DISCUSS_DATABASE_URL" else REDIS
    monkeypatch.setenv(named, address)
    (home / folder).mkdir()
    found = configured()
    assert address in {found.database_url, found.redis_url}
    assert any(str(home / folder) in url for url in (found.database_url, found.redis_url))


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ({}, "No database and no Redis"),
        ({"DISCUSS_DATABASE_URL": DATABASE}, "No Redis"),
        ({"DISCUSS_REDIS_URL": REDIS}, "No database"),
    ],
)
def test_what_is_missing_is_named(home, monkeypatch, named, said):
    for name, address in named.items():
        monkeypatch.setenv(name, address)
    with pytest.raises(SetupFailed, match=f"^{said} found"):
        configured()


@pytest.fixture
def closed(home):
    """A folder that others may not look into. Root, whom nothing stops, is somebody else meanwhile."""
    home.chmod(0)
    own = os.geteuid()
    if own == 0:
        os.seteuid(NOBODY)
    yield home
    os.seteuid(own)
    home.chmod(0o700)


def test_a_folder_of_somebody_else_is_named(closed):
    with pytest.raises(SetupFailed, match=f"may not look into {closed}.*as the user who runs Discuss"):
        configured()
