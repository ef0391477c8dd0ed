"""The files of a site, where several processes write them and a web server reads them at any time."""

from pathlib import Path

import pytest

from discuss.feed.snapshot import Snapshot
from discuss.http.exported_files import replace
from tests.epochs import EARLIER, EPOCH, NEVER


def write(folder: Path, body: bytes, point: str) -> None:
    replace(folder, {"feed.json": Snapshot(body, body.hex())}, point)


def unfinished(folder: Path) -> list[str]:
    return [path.name for path in folder.glob(".*") if path.name != ".lock"]


@pytest.mark.parametrize("older", [f"{EPOCH}.1", f"{EARLIER}.9"])
def test_a_file_never_goes_back_to_an_older_state(tmp_path: Path, older: str) -> None:
    write(tmp_path, b"newer", f"{EPOCH}.2")
    write(tmp_path, b"older", older)
    assert (tmp_path / "feed.json").read_bytes() == b"newer"


@pytest.mark.parametrize("gone", ["a word", f"{EARLIER}.9", f"{NEVER}.9"])
def test_a_file_of_a_feed_that_is_gone_keeps_nobody_from_writing(tmp_path: Path, gone: str) -> None:
    """Also where the clock of whoever built that feed was far ahead."""
    write(tmp_path, b"gone", gone)
    write(tmp_path, b"reborn", f"{EPOCH}.1")
    assert (tmp_path / "feed.json").read_bytes() == b"reborn"


def test_a_writing_that_breaks_off_leaves_nothing_unfinished(tmp_path: Path) -> None:
    (tmp_path / "feed.json").mkdir()
    with pytest.raises(IsADirectoryError):
        write(tmp_path, b"whole", f"{EPOCH}.1")
    assert unfinished(tmp_path) == []


def test_what_a_process_left_that_was_killed_in_the_middle_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / ".feed.json").write_bytes(b"half a fi")
    write(tmp_path, b"whole", f"{EPOCH}.1")
    assert unfinished(tmp_path) == []
