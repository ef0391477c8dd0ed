"""`discuss replay` where no API answers."""

import pytest

from discuss.cli.replay import replay
from discuss.errors import SetupFailed

NOWHERE = "127.0.0.1:1"


@pytest.fixture
def comments(tmp_path, monkeypatch):
    monkeypatch.setenv("DISCUSS_HOME", str(tmp_path))
    monkeypatch.setenv("DISCUSS_DATABASE_URL", f"postgresql://discuss@{NOWHERE}/discuss")
    monkeypatch.setenv("DISCUSS_REDIS_URL", f"redis://{NOWHERE}")
    monkeypatch.setenv("DISCUSS_PORT", "1")
    file = tmp_path / "comments.jsonl"
    file.write_text('{"text": "Good morning"}\n')
    return str(file)


@pytest.mark.parametrize(
    ("host", "place"),
    [("0.0.0.0", r"127\.0\.0\.1"), ("::", r"\[::1\]")],  # noqa: S104  - nothing listens there
)
def test_the_api_is_asked_where_this_machine_reaches_it(comments, monkeypatch, host, place):
    monkeypatch.setenv("DISCUSS_HOST", host)
    with pytest.raises(SetupFailed, match=f"^The API at http://{place}:1 does not answer"):
        replay([comments], standalone_mode=False)


def test_an_address_that_is_none_is_named(comments):
    with pytest.raises(SetupFailed, match=r"^The API at http://:::8000 does not answer"):
        replay([comments, "--url", "http://:::8000"], standalone_mode=False)
