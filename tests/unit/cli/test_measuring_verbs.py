"""`discuss model evaluate` and `discuss model compare`: on our own comments, with the shipped model."""

import json

import msgspec
import pytest
from click.testing import CliRunner

from discuss.classify import manifest
from discuss.cli.model import model
from discuss.errors import InvalidInput, ModelBroken
from tests.comments import write
from tests.models import SHIPPED, Models


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory):
    return write(tmp_path_factory.mktemp("comments"))


@pytest.fixture
def models(tmp_path):
    return Models(tmp_path / "models")


def run(*arguments, models):
    return CliRunner().invoke(
        model, [*map(str, arguments), "--models", str(models.folder)], catch_exceptions=False
    )


def reseeded(models, name, seed):
    entry = msgspec.structs.replace(models.add(name), seed=seed)
    manifest.record(models.folder, entry)


def test_a_report_is_written_and_the_table_is_printed(data_dir, models, tmp_path):
    folder, target = tmp_path / "report", tmp_path / "figures.json"
    result = run("evaluate", data_dir, "--report", folder, "--json", target, models=models)
    assert result.exit_code == 0
    assert "ru_toxic_2ch_pikabu" in result.output
    assert (folder / "report.md").read_text(encoding="utf-8").startswith(f"# {SHIPPED} ")
    assert (folder / "metrics.json").read_bytes() == target.read_bytes()


def test_it_is_said_that_these_are_not_the_comments_it_was_trained_on(data_dir, models):
    assert "c3_news_en.jsonl.gz" in run("evaluate", data_dir, models=models).stderr


def test_scores_of_other_packages_are_read_from_a_file(data_dir, models, tmp_path):
    scores, target = tmp_path / "scores.json", tmp_path / "figures.json"
    scores.write_text(
        json.dumps({"constant": {f"c3_news_en:{n}-{toxic}": 1 for n in range(300) for toxic in (0, 1)}})
    )
    run("evaluate", data_dir, "--yardsticks", scores, "--json", target, models=models)
    found = {one["source"]: one["yardsticks"] for one in json.loads(target.read_bytes())["results"]}
    assert found["c3_news_en"] == {"constant": 0.5}
    assert found["ru_toxic_2ch_pikabu"] == {}


def test_before_anything_is_read_it_is_said_that_a_report_cannot_be_written(models, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(InvalidInput, match=r"Nothing can be written to .*report: Not a directory"):
        run("evaluate", tmp_path, "--report", tmp_path / "file" / "report", models=models)


@pytest.mark.parametrize("content", [b"[1, 2]", b'{"\xff": {}}', b"[" * 100_000])
def test_a_file_of_scores_in_another_form_is_named(data_dir, models, tmp_path, content):
    scores = tmp_path / "scores.json"
    scores.write_bytes(content)
    with pytest.raises(InvalidInput, match=r"scores\.json should be JSON"):
        run("evaluate", data_dir, "--yardsticks", scores, models=models)


@pytest.mark.parametrize("second", ["{folder}:twin", "{folder}/manifest.json:twin", "twin", "{folder}:"])
def test_a_model_and_its_copy_do_not_differ(data_dir, models, tmp_path, second):
    models.add("twin")
    target = tmp_path / "comparison.json"
    named = second.format(folder=models.folder)
    result = run("compare", SHIPPED, named, data_dir, "--json", target, models=models)
    assert result.exit_code == 0
    differences = json.loads(target.read_bytes())["differences"]
    assert {one["source"] for one in differences} >= {"c3_news_en", "ru_toxic_2ch_pikabu", "bias_madlibs_en"}
    assert {one["verdicts_changed"] for one in differences} == {0}
    assert all(one["interval"] in (None, [0, 0]) for one in differences)


def test_models_that_kept_other_rows_out_are_not_compared(data_dir, models):
    reseeded(models, "other", seed=8)
    with pytest.raises(InvalidInput, match="seed 7 and other with seed 8"):
        run("compare", SHIPPED, "other", data_dir, models=models)


def test_a_model_that_is_not_there_is_named(data_dir, models):
    with pytest.raises(ModelBroken, match="no model named nobody"):
        run("compare", SHIPPED, "nobody", data_dir, models=models)
