"""Settings from the environment and from secret files."""

from pathlib import Path

import pytest

from discuss.errors import SetupFailed
from discuss.settings import load


def test_a_setting_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCUSS_PORT", "8123")
    assert load().port == 8123


def test_a_secret_comes_from_the_file_that_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    secret = tmp_path / "database"
    secret.write_text("postgresql://somewhere/discuss\n")
    monkeypatch.setenv("DISCUSS_DATABASE_URL_FILE", str(secret))
    assert load().database_url == "postgresql://somewhere/discuss"


def test_a_secret_file_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DISCUSS_REDIS_URL_FILE", str(tmp_path / "missing"))
    with pytest.raises(SetupFailed, match="DISCUSS_REDIS_URL_FILE"):
        load()


def test_every_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCUSS_PORT", "eighty")
    monkeypatch.setenv("DISCUSS_LOG_LEVEL", "loud")
    with pytest.raises(SetupFailed, match=r"DISCUSS_LOG_LEVEL.*DISCUSS_PORT"):
        load()


def test_networks_are_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCUSS_TRUSTED_PROXIES", "10.0.0.0/8, 127.0.0.1")
    assert [str(network) for network in load().trusted_proxies] == ["10.0.0.0/8", "127.0.0.1/32"]


def test_a_network_that_is_none_is_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCUSS_TRUSTED_PROXIES", "nonsense")
    with pytest.raises(SetupFailed, match="DISCUSS_TRUSTED_PROXIES"):
        load()


@pytest.mark.parametrize("name", ["DISCUSS_DATABASE_URL", "DISCUSS_REDIS_URL", "DISCUSS_QUEUE_URL"])
def test_an_address_that_is_none_is_refused_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "rubbish")
    with pytest.raises(SetupFailed, match=name):
        load()
