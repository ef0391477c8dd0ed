"""A site's files, which several processes write while a web server may read them at any time."""

import os
import time
from pathlib import Path

import pytest

from discuss.feed.snapshot import Snapshot
from discuss.http.exported_files import replace
from tests.epochs import EARLIER, EPOCH, NEVER
from tests.stack import wait_for


def write(folder: Path, body: bytes, point: str, digest: str | None = None) -> bool:
    return replace(folder, {"feed.json": Snapshot(body, digest or body.hex())}, point)


def settled(folder: Path, body: bytes, point: str, digest: str | None = None) -> Path:
    """Makes a file that was written a while ago."""
    assert write(folder, body, point, digest)
    return written(folder, seconds_ago=100)


def written(folder: Path, *, seconds_ago: float) -> Path:
    at = time.time() - seconds_ago
    for path in folder.iterdir():
        os.utime(path, (at, at))
    return folder / "feed.json"


def unfinished(folder: Path) -> list[str]:
    return [path.name for path in folder.glob(".*") if path.name != ".lock"]


def validator(path: Path) -> tuple[int, int]:
    """What nginx makes its validator from."""
    known = path.stat()
    return int(known.st_mtime), known.st_size


@pytest.mark.parametrize("older", [f"{EPOCH}.1", f"{EARLIER}.9"])
def test_a_file_never_goes_back_to_an_older_state(tmp_path: Path, older: str) -> None:
    file = settled(tmp_path, b"newer", f"{EPOCH}.2")
    assert write(tmp_path, b"older", older)
    assert file.read_bytes() == b"newer"


@pytest.mark.parametrize("gone", ["a word", f"{EARLIER}.9", f"{NEVER}.9"])
def test_a_file_of_a_feed_that_is_gone_keeps_nobody_from_writing(tmp_path: Path, gone: str) -> None:
    """Even if the clock of whoever built that feed was far ahead."""
    file = settled(tmp_path, b"gone", gone)
    assert write(tmp_path, b"reborn", f"{EPOCH}.1")
    assert file.read_bytes() == b"reborn"


def test_no_two_states_of_a_file_have_the_same_validator(tmp_path: Path) -> None:
    seen = set()
    for seq in range(3):
        wait_for(f"state {seq}", lambda seq=seq: write(tmp_path, b"%d" % seq, f"{EPOCH}.{seq}"))
        seen.add(validator(tmp_path / "feed.json"))
    assert len(seen) == 3


def test_a_clock_that_was_set_back_is_waited_for_if_it_is_soon_there_again(tmp_path: Path) -> None:
    settled(tmp_path, b"older", f"{EPOCH}.1")
    file = written(tmp_path, seconds_ago=-10)
    assert not write(tmp_path, b"newer", f"{EPOCH}.2")
    assert file.read_bytes() == b"older"
    before = validator(written(tmp_path, seconds_ago=-1000))
    assert write(tmp_path, b"newer", f"{EPOCH}.2")
    assert file.read_bytes() == b"newer"
    assert validator(file) != before


def test_a_change_that_leaves_the_bytes_as_they_are_leaves_the_validator_too(tmp_path: Path) -> None:
    file = settled(tmp_path, b"the same", f"{EPOCH}.1")
    before = validator(file)
    assert write(tmp_path, b"the same", f"{EPOCH}.2")
    assert validator(file) == before
    assert write(tmp_path, b"older", f"{EPOCH}.1")
    assert file.read_bytes() == b"the same"


def test_a_file_that_somebody_deleted_is_written_again_though_nothing_changed(tmp_path: Path) -> None:
    file = settled(tmp_path, b"the same", f"{EPOCH}.1")
    file.unlink()
    assert write(tmp_path, b"the same", f"{EPOCH}.1")
    assert file.read_bytes() == b"the same"


def test_what_one_process_has_written_no_other_one_writes_with_the_views_that_it_knows(
    tmp_path: Path,
) -> None:
    file = tmp_path / "feed.json"
    assert write(tmp_path, b"read 7 times", f"{EPOCH}.1", digest="rows")
    assert write(tmp_path, b"read 5 times", f"{EPOCH}.1", digest="rows")
    assert file.read_bytes() == b"read 7 times"


def test_a_file_whose_rows_are_the_same_is_written_again_for_the_views_once_a_minute(tmp_path: Path) -> None:
    file = settled(tmp_path, b"read 5 times", f"{EPOCH}.1", digest="rows")
    assert write(tmp_path, b"read 6 times", f"{EPOCH}.2", digest="rows")
    assert file.read_bytes() == b"read 6 times"
    before = validator(file)
    assert write(tmp_path, b"read 7 times", f"{EPOCH}.3", digest="rows")
    assert (file.read_bytes(), validator(file)) == (b"read 6 times", before)
    assert write(tmp_path, b"older rows", f"{EPOCH}.2")
    assert file.read_bytes() == b"read 6 times"


def test_a_release_that_says_the_same_in_other_words_writes_it_anew(tmp_path: Path) -> None:
    file = settled(tmp_path, b"in old words", f"{EPOCH}.1")
    assert write(tmp_path, b"in new words", f"{EPOCH}.1")
    assert file.read_bytes() == b"in new words"


def test_a_writing_that_breaks_off_leaves_nothing_unfinished(tmp_path: Path) -> None:
    (tmp_path / "feed.json").mkdir()
    written(tmp_path, seconds_ago=100)
    with pytest.raises(IsADirectoryError):
        write(tmp_path, b"whole", f"{EPOCH}.1")
    assert unfinished(tmp_path) == []


def test_what_a_process_left_that_was_killed_in_the_middle_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / ".feed.json").write_bytes(b"half a fi")
    assert write(tmp_path, b"whole", f"{EPOCH}.1")
    assert unfinished(tmp_path) == []
