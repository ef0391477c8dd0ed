"""`discuss model train` and `discuss model leave-out`: what their options do."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from discuss.classify import manifest
from discuss.cli.model import model
from discuss.errors import InvalidInput, ModelBroken
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
    assert [*out.parent.rglob("*")] == [out]


@pytest.fixture
def nothing(tmp_path):
    """A folder without comments: whoever begins to read there is told so."""
    folder = tmp_path / "nothing"
    folder.mkdir()
    return folder


def test_before_anything_is_read_it_is_said_that_a_model_cannot_be_written(nothing, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(InvalidInput, match=r"Nothing can be written to .*my-model: Not a directory"):
        run("train", nothing, "--out", tmp_path / "file" / "my-model")
    result = run("train", nothing, "--out", tmp_path / "file")
    assert result.exit_code == 2
    assert "Invalid value for '--out'" in result.stderr


@pytest.mark.parametrize("out", [".", "..", "models/..", "/"])
def test_a_model_needs_a_folder_with_a_name(nothing, out):
    with pytest.raises(InvalidInput, match="names no model"):
        run("train", nothing, "--out", out)


def test_before_anything_is_read_a_manifest_that_cannot_be_understood_is_named(nothing, tmp_path):
    (tmp_path / manifest.NAME).write_text("nonsense")
    with pytest.raises(ModelBroken, match=r"manifest\.json cannot be understood"):
        run("train", nothing, "--out", tmp_path / "my-model")


@pytest.mark.parametrize("seed", [-1, 2**64])
@pytest.mark.parametrize("verb", [("train", "--out", "my-model"), ("leave-out",)])
def test_a_seed_that_rows_cannot_be_split_with_is_refused(nothing, verb, seed):
    result = run(*verb, nothing, "--seed", seed)
    assert result.exit_code == 2
    assert f"{seed} is not in the range" in result.stderr


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.symlink_to("nowhere")])
def test_comments_that_cannot_be_read_are_named(data_dir, make):
    make(data_dir / "strange.jsonl.gz")
    with pytest.raises(InvalidInput, match=r"strange\.jsonl\.gz cannot be read"):
        run("leave-out", data_dir)


def test_a_family_that_knows_one_side_only_is_not_told_about(data_dir, tmp_path):
    target = tmp_path / "left-out.json"
    result = run("leave-out", data_dir, "--seed", 9, "--json", target)
    assert result.exit_code == 0
    assert "left out" in result.output
    assert json.loads(target.read_bytes()) == {"label": "toxic", "seed": 9, "sources": []}


@pytest.mark.parametrize("verb", [("train", "--out", "my-model"), ("leave-out",)])
def test_before_anything_is_read_a_file_without_vectors_is_named(nothing, tmp_path, verb):
    (tmp_path / "strange.npz").write_text("nonsense")
    with pytest.raises(InvalidInput, match=r"strange\.npz holds no vectors"):
        run(*verb, nothing, "--vectors", tmp_path / "strange.npz")
