"""How much memory PostgreSQL's cache takes: a quarter of what there is, within bounds."""

from pathlib import Path

import pytest

from discuss.embedded.memory import shared_buffers


@pytest.mark.parametrize(
    ("limit", "kept"),
    [(str(64 * 2**20), "128MB"), (str(2 * 2**30), "512MB"), (f"{2 * 2**30}\n", "512MB")],
)
def test_a_container_gives_a_quarter_of_what_it_may_have(tmp_path: Path, limit: str, kept: str) -> None:
    said = tmp_path / "memory.max"
    said.write_text(limit)
    assert shared_buffers(said) == kept


@pytest.mark.parametrize("limit", ["max\n", "", str(2**62)])
def test_without_a_limit_the_machine_counts(tmp_path: Path, limit: str) -> None:
    said = tmp_path / "memory.max"
    said.write_text(limit)
    assert shared_buffers(said) == shared_buffers(tmp_path / "nowhere")


def test_nobody_is_given_more_than_four_gigabytes(tmp_path: Path) -> None:
    assert 128 <= int(shared_buffers(tmp_path / "nowhere").removesuffix("MB")) <= 4096
