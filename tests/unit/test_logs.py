"""What log lines look like, and what happens to one that cannot be written."""

import io
import json
import logging
import sys
from errno import ENOSPC

import pytest
import structlog
from granian.log import LogLevels, configure_logging

from discuss import logs, settings


@pytest.fixture
def restored():
    before, root = structlog.get_config(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    structlog.configure(**before)
    root.handlers[:] = handlers
    root.setLevel(level)


class FullDisk(io.StringIO):
    def write(self, text):
        raise OSError(ENOSPC, text)


@pytest.mark.parametrize("as_json", [False, True])
def test_a_full_disk_ends_nothing_that_wants_to_say_something(restored, monkeypatch, as_json):
    logs.configure(settings.load(log_json=as_json, log_level="debug"))
    monkeypatch.setattr(sys, "stderr", FullDisk())
    log = structlog.get_logger()
    for say in (log.debug, log.info, log.warning, log.error, log.critical, log.exception):
        say("something.happened")


def test_lines_leave_standard_output_to_what_a_command_answers(restored, capsys):
    logs.configure(settings.load(log_json=True, log_level="info"))
    structlog.get_logger().warning("something.happened", site="news")
    answered, logged = capsys.readouterr()
    assert not answered
    assert '"event": "something.happened"' in logged


def test_lines_of_libraries_are_json_too(restored, capsys):
    logs.configure(settings.load(log_json=True))
    logging.getLogger("some.library").error("%s failed", "job", exc_info=ValueError("a reason"))
    told = json.loads(capsys.readouterr().err)
    assert (told["event"], told["level"]) == ("job failed", "error")
    assert told["exception"] == "ValueError: a reason"


def test_libraries_say_nothing_below_a_warning(restored, capsys):
    logs.configure(settings.load(log_level="debug"))
    logging.getLogger("some.library").info("a job is done")
    assert not capsys.readouterr().err


def test_the_server_says_what_it_does_in_the_same_form(restored, capsys):
    logs.configure(settings.load(log_json=True))
    configure_logging(LogLevels.info, dict(logs.THROUGH_ROOT))
    logging.getLogger("_granian").info("Started worker-1")
    assert json.loads(capsys.readouterr().err)["event"] == "Started worker-1"
