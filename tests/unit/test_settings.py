"""Settings from the environment and from secret files."""

import re
from pathlib import Path

import pytest

from discuss.errors import SetupFailed
from discuss.redis_client import parse
from discuss.settings import Settings, load


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


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff\xfe"])
def test_a_secret_file_that_says_nothing_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes
) -> None:
    """With an empty address, `discuss up` would start a database of its own beside the one that was meant."""
    secret = tmp_path / "database"
    secret.write_bytes(content)
    monkeypatch.setenv("DISCUSS_DATABASE_URL_FILE", str(secret))
    with pytest.raises(SetupFailed, match=f"DISCUSS_DATABASE_URL_FILE .*{secret}"):
        load()


def test_an_empty_variable_does_not_hide_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    secret = tmp_path / "database"
    secret.write_text("postgresql://somewhere/discuss")
    monkeypatch.setenv("DISCUSS_DATABASE_URL", "")
    monkeypatch.setenv("DISCUSS_DATABASE_URL_FILE", str(secret))
    assert load().database_url == "postgresql://somewhere/discuss"


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = load()
    for name in Settings.model_fields:
        monkeypatch.setenv(f"DISCUSS_{name.upper()}", "")
        monkeypatch.setenv(f"DISCUSS_{name.upper()}_FILE", "")
    assert load() == usual


def test_every_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCUSS_PORT", "eighty")
    monkeypatch.setenv("DISCUSS_LOG_LEVEL", "loud")
    with pytest.raises(SetupFailed, match=r"DISCUSS_LOG_LEVEL.*DISCUSS_PORT"):
        load()


def test_networks_are_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCUSS_TRUSTED_PROXIES", "10.0.0.0/8, 127.0.0.1")
    assert [str(network) for network in load().trusted_proxies] == ["10.0.0.0/8", "127.0.0.1/32"]


@pytest.mark.parametrize(
    "address", ["news.example.org", "//news.example.org", "ftp://news.example.org", "https://"]
)
def test_an_address_for_readers_that_no_browser_opens_is_refused_with_a_sentence(address: str) -> None:
    with pytest.raises(SetupFailed, match=r"DISCUSS_PUBLIC_URL.*https://news\.example\.org"):
        load(public_url=address)


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),  # noqa: S104  - nothing listens there
        ("::", "http://[::1]:8000"),
        ("fd00::3", "http://[fd00::3]:8000"),
        ("news.internal", "http://news.internal:8000"),
    ],
)
def test_this_machine_reaches_the_api_wherever_it_listens(host: str, url: str) -> None:
    found = load(host=host)
    assert (found.local_url, found.base_url) == (url, url)
    seen = load(host=host, public_url="https://news.example.org/")
    assert (seen.local_url, seen.base_url) == (url, "https://news.example.org")


@pytest.mark.parametrize(
    ("told", "open_by"),
    [
        ({}, None),
        ({"host": "::1", "public_url": "http://localhost:8000"}, None),
        ({"host": "10.0.0.5"}, "DISCUSS_HOST"),
        ({"public_url": "https://news.example.org"}, "DISCUSS_PUBLIC_URL"),
        ({"trusted_proxies": "127.0.0.1"}, "DISCUSS_TRUSTED_PROXIES"),
    ],
)
def test_it_is_known_by_what_other_machines_come_in(told: dict[str, str], open_by: str | None) -> None:
    """On such an instance the demo, whose passwords everybody knows, is neither made nor shown."""
    found = load(demo=True, **told)
    assert (found.open_by, found.shows_demo) == (open_by, open_by is None)
    assert not load(demo=False, **told).shows_demo


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


@pytest.mark.parametrize(
    "address",
    [
        "redis+cluster://10.0.0.1:7000,10.0.0.2,[fd00::3]:7001",
        "rediss+cluster://user:s%40cret@redis.example",
        "redis+sentinel://10.0.0.1,10.0.0.2:26380/mymaster",
        "rediss+sentinel://:secret@sentinel.example/mymaster/3",
    ],
)
def test_redis_may_be_several_servers(address: str) -> None:
    assert load(redis_url=address, queue_url="redis://queue.example").redis_url == address


@pytest.mark.parametrize(
    "address",
    [
        "redis+cluster://",
        "redis+cluster://10.0.0.1:port",
        "redis+cluster://10.0.0.1,,10.0.0.2",
        "redis+cluster://10.0.0.1/3",
        "redis+sentinel://10.0.0.1",
        "redis+sentinel://10.0.0.1/mymaster/third",
        "redis+sentinel://10.0.0.1/mymaster?db=3",
    ],
)
def test_several_servers_that_are_named_wrongly_are_refused_with_a_sentence(address: str) -> None:
    with pytest.raises(SetupFailed, match="DISCUSS_REDIS_URL"):
        load(redis_url=address, queue_url="redis://queue.example")


def test_the_queue_cannot_be_in_a_cluster() -> None:
    cluster = "redis+cluster://10.0.0.1"
    for queue in ({}, {"queue_url": ""}, {"queue_url": cluster}):
        with pytest.raises(SetupFailed, match="DISCUSS_QUEUE_URL"):
            load(redis_url=cluster, **queue)
    assert load(redis_url="redis+sentinel://10.0.0.1/mymaster").queue_url == ""


def test_user_and_password_may_contain_every_character() -> None:
    address = parse("redis+cluster://us%3Aer:p%40ss%2Cword@[fd00::3]:7001,ten.example")
    assert (address.username, address.password) == ("us:er", "p@ss,word")
    assert address.nodes == (("fd00::3", 7001), ("ten.example", 6379))
    assert not address.tls


def test_sentinels_are_asked_at_their_own_port_unless_told_otherwise() -> None:
    address = parse("rediss+sentinel://:secret@one.example,two.example:5000/mymaster/3")
    assert address.nodes == (("one.example", 26379), ("two.example", 5000))
    assert (address.service, address.database, address.tls) == ("mymaster", 3, True)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("database_url", "postgresql://user:hush@tush:mush@host/discuss"),
        ("database_url", "postgresql://user:hush@tush@host/discuss"),
        ("database_url", "postgresql://user:hush@tu/sh@host/discuss"),
        ("database_url", "postgresql://user:hush@tu?sh=more@host/discuss"),
        ("database_url", "postgresql://user:hush@host:port/discuss"),
        ("database_url", "postgresql://user:hush@host:70000/discuss"),
        ("database_url", "postgresql://user:hush@/discuss?host=one&host=two"),
        ("database_url", "postgresql://user:hush@host/discuss?prepared_statement_cache_size=none"),
        ("redis_url", "redis://:hu/sh@host"),
        ("redis_url", "redis://:hush@tu/sh@host"),
        ("redis_url", "redis://:hush@host:port"),
        ("redis_url", "redis://:hush@host?db=third"),
        ("queue_url", "rediss://:hush@host?colour=blue"),
        ("queue_url", "redis://:1234/hush@host"),
    ],
)
def test_an_address_that_cannot_be_read_is_refused_without_its_password(name: str, address: str) -> None:
    with pytest.raises(SetupFailed, match=f"DISCUSS_{name.upper()}: ") as refused:
        load(**{name: address})
    assert not re.search("hu|tu|mush|70000", str(refused.value))


@pytest.mark.parametrize(
    "address",
    [
        "redis://",
        "redis://:p%2Fss@host:7000/3",
        "rediss://u:p@ss@host?ssl_cert_reqs=none",
        "unix:///run/a@b?db=2",
    ],
)
def test_a_single_redis_is_named_in_every_form_that_the_client_reads(address: str) -> None:
    assert load(redis_url=address).redis_url == address


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("channel_binding=require", "channel_binding in it is not known"),
        ("sslmode=always", "sslmode in it is none of disable, allow"),
        ("ssl=true", "sslmode in it is none of"),
        ("sslmode=verify-full", "sslmode in it needs sslrootcert"),
        ("sslmode=verify-ca&sslrootcert=/missing.pem", "sslrootcert in it does not name a file"),
        ("connect_timeout=soon", "connect_timeout in it is not"),
        ("connect_timeout=0", "connect_timeout in it is not"),
        ("target_session_attrs=fast", "target_session_attrs in it is none of any, primary"),
    ],
)
def test_what_is_asked_of_postgresql_and_cannot_be_had_is_named(asked: str, sentence: str) -> None:
    with pytest.raises(SetupFailed, match=f"DISCUSS_DATABASE_URL: .*{sentence}"):
        load(database_url=f"postgresql://user:password@host/discuss?{asked}")


@pytest.mark.parametrize(
    "rest",
    [
        "", "?sslmode=require", "?ssl=require", "?connect_timeout=10&application_name=discuss",
        "?host=/run/postgresql", "?host=one:5432&host=two:5432&target_session_attrs=primary",
        f"?sslmode=verify-full&sslrootcert={__file__}",
    ],
)  # fmt: skip
def test_what_providers_of_postgresql_write_into_their_addresses_is_taken(rest: str) -> None:
    place = "" if "host=" in rest else "host"
    for scheme in ("postgres", "postgresql", "postgresql+psycopg"):
        written = f"{scheme}://us%40er:p%3Ass@{place}/discuss{rest}"
        assert load(database_url=written).database_url == written
