"""`discuss model train` and `discuss model leave-out`: what their options do."""

import json

import pytest
from click.testing import CliRunner

from discuss.cli.model import model
from discuss.errors import InvalidInput
from tests.comments import rows
from tests.training import write_sets


def run(*arguments):
    return CliRunner().invoke(model, [*map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def data_dir(tmp_path):
    """Russian data of which only the rude rows may be used."""
    folder = tmp_path / "comments"
    folder.mkdir()
    civil = rows("ru_covid_comments", "ru", ["Хороший обзор", "Спасибо за новость"])
    rude = rows("ru_toxic_ok_positives", "ru", ["Ты болван", "Ну и глупец же ты"], toxic=1)
    return write_sets(folder, [("ru_covid_comments", civil), ("ru_toxic_ok_positives", rude)])


def test_a_model_of_which_nothing_would_be_left_is_not_written(data_dir, tmp_path):
    out = tmp_path / "models" / "free"
    with pytest.raises(InvalidInput, match="Nothing can be learned"):
        run("train", data_dir, "--out", out, "--licence", "permissive")
    assert not out.parent.exists()


def test_a_family_that_knows_one_side_only_is_not_told_about(data_dir, tmp_path):
    target = tmp_path / "left-out.json"
    result = run("leave-out", data_dir, "--seed", 9, "--json", target)
    assert result.exit_code == 0
    assert "left out" in result.output
    assert json.loads(target.read_bytes()) == {"label": "toxic", "seed": 9, "sources": []}
