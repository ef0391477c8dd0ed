"""What happens to a line that cannot be written."""

import io
import sys
from errno import ENOSPC

import pytest
import structlog

from discuss import logs, settings


@pytest.fixture
def restored():
    before = structlog.get_config()
    yield
    structlog.configure(**before)


class FullDisk(io.StringIO):
    def write(self, text):
        raise OSError(ENOSPC, text)


@pytest.mark.parametrize("as_json", [False, True])
def test_a_full_disk_ends_nothing_that_wants_to_say_something(restored, monkeypatch, as_json):
    logs.configure(settings.load(log_json=as_json, log_level="debug"))
    monkeypatch.setattr(sys, "stdout", FullDisk())
    log = structlog.get_logger()
    for say in (log.debug, log.info, log.warning, log.error, log.critical, log.exception):
        say("something.happened")


def test_lines_are_written_where_they_can_be(restored, capsys):
    logs.configure(settings.load(log_json=True, log_level="info"))
    structlog.get_logger().warning("something.happened", site="news")
    assert '"event": "something.happened"' in capsys.readouterr().out
