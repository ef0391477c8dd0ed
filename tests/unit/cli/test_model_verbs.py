"""`discuss model …`: what it prints, and what it changes."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.console import Console

from discuss.classify.protocol import Scored, Span
from discuss.cli.model import model
from discuss.cli.model.explaining import as_object, as_page, explained_by
from tests.models import SHIPPED, Models

COMMAND = [str(Path(sys.executable).parent / "discuss"), "model"]


class Wordy:
    """Finds texts toxic that shout or call names, and nothing spam. Knows English and no other language."""

    name, version, labels = "wordy", "3", ("toxic", "spam")
    weights = {"FOOL": 2.0, "😀": 0.5}  # noqa: RUF012 - a constant

    def held_from(self, language):
        return {"toxic": 0.5, "spam": 0.7} if language == "en" else {}

    def score(self, texts):
        return [self._score(text) for text in texts]

    def explain(self, texts):
        return [{"toxic": self._spans(text), "spam": []} for text in texts]

    def _score(self, text):
        scores = {"toxic": 0.9 if "FOOL" in text else 0.1, "spam": 0.2} if text.strip() else {}
        return Scored("en" if scores else "und", text.lower(), scores)

    def _spans(self, text):
        places = [(text.find(word), word) for word in self.weights if word in text]
        return [Span(at, at + len(word), self.weights[word]) for at, word in places]


@pytest.fixture
def models(tmp_path):
    return Models(tmp_path / "models")


def said(*arguments, models, **options):
    result = CliRunner().invoke(model, [*arguments, "--models", str(models.folder)], **options)
    assert result.exit_code == 0, result.output
    return result.output


def page(text, **options):
    console = Console(file=io.StringIO(), width=100, highlight=False, **options)
    console.print(*as_page(explained_by(Wordy(), text)), sep="\n")
    return console.file.getvalue()


def test_the_list_marks_the_active_model_and_the_one_before_it(models):
    for name in ("second", "third"):
        models.add(name)
    models.choose("second", SHIPPED)
    output = said("list", models=models)
    cells = [[cell.strip() for cell in line.split("│")] for line in output.splitlines() if "│" in line]
    marks = {row[2]: row[1] for row in cells if row[2]}
    assert marks == {
        f"{SHIPPED} {models.known.entry(SHIPPED).version}": "-",
        "second 2.0.0": "*",
        "third 2.0.0": "",
    }
    for row in cells:
        by_language = models.known.entry().thresholds.get(row[3], {})
        for language, threshold in by_language.items():
            assert f"{language} {threshold:.2f}" in row[4]


def test_activating_says_what_is_active_now_and_what_was_before(models):
    models.add("second")
    assert said("activate", "second", models=models) == f"second 2.0.0 is active; previously: {SHIPPED}.\n"
    told = json.loads(said("activate", SHIPPED, "--json", models=models))
    assert told == {"active": SHIPPED, "version": models.known.entry().version, "previous": "second"}


def test_a_model_that_cannot_be_activated_is_one_sentence_and_exit_status_1(models):
    models.add("second")
    models.damage("second")
    before = models.text
    done = subprocess.run(
        [*COMMAND, "activate", "second"],
        env=os.environ | {"DISCUSS_MODELS": str(models.folder)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert "second.skops is damaged" in done.stderr
    assert models.text == before


def test_the_verbs_look_where_the_worker_looks(models, monkeypatch):
    models.add("second")
    models.choose("second")
    monkeypatch.setenv("DISCUSS_MODELS", str(models.folder))
    told = json.loads(CliRunner().invoke(model, ["explain", "Hello", "--json"]).output)
    assert told["model"] == "second 2.0.0"


def test_an_explanation_names_language_scores_thresholds_and_verdict():
    told = page("What a FOOL")
    for line in (
        "model       wordy 3",
        "language    en",
        "normalised  what a fool",
        "verdict     held (toxic)",
    ):
        assert line in told
    assert "toxic  0.900, held from 0.50" in told
    assert "spam  0.200, held from 0.70" in told
    assert "+2.00  FOOL" in told


def test_the_parts_that_raised_a_score_are_coloured_by_their_strength():
    told = page("😀 FOOL, is it?", force_terminal=True, color_system="standard")
    assert "\x1b[1;37;41mFOOL\x1b[0m, is it?" in told
    assert "\x1b[30;43m😀\x1b[0m " in told


def test_what_a_text_does_to_a_terminal_is_not_done():
    told = page("FOOL\x1b[2J\u202e\udc80\ttail")
    assert "\x1b" not in told
    assert "normalised  fool�[2j�� tail" in told
    assert "\nFOOL�[2J�� tail\n" in told


def test_the_object_gives_places_in_code_points_and_in_utf_16():
    text = "😀 you FOOL"
    told = json.loads(json.dumps(as_object(explained_by(Wordy(), text))))
    toxic = told["labels"]["toxic"]
    assert (toxic["score"], toxic["held_from"]) == (0.9, 0.5)
    assert [text[span["start"] : span["end"]] for span in toxic["spans"]] == ["FOOL", "😀"]
    units = text.encode("utf-16-le")
    for span in toxic["spans"]:
        cut = units[2 * span["utf16"]["start"] : 2 * span["utf16"]["end"]]
        assert cut.decode("utf-16-le") == span["text"]
    assert told["labels"]["spam"]["spans"] == []
    assert (told["verdict"], told["reasons"], told["model"]) == ("held", ["toxic"], "wordy 3")


def test_a_language_that_is_not_covered_has_no_labels():
    told = as_object(explained_by(Wordy(), "\n"))
    assert (told["verdict"], told["reasons"], told["labels"]) == ("published", ["not-covered"], {})
    assert "covers no labels in this language" in page("\n")


@pytest.mark.parametrize("text", ["You are a silly loudmouth 👍", "Спасибо за обзор", "", "\udc80", "-5"])
def test_any_model_is_shown_as_it_answers(text, classifier):
    told = json.loads(json.dumps(as_object(explained_by(classifier, text))))
    scored = classifier.score([text])[0]
    assert (told["language"], told["normalised"]) == (scored.language, scored.normalised)
    assert {label: found["score"] for label, found in told["labels"].items()} == scored.scores
    for found in told["labels"].values():
        for span in found["spans"]:
            assert span["text"] == text[span["start"] : span["end"]] != ""


@pytest.mark.parametrize("text", ["Thank you 👍", "Спасибо", ""])
def test_the_text_is_taken_from_the_command_line_or_from_standard_input(models, text):
    by_argument = said("explain", text, "--json", models=models)
    by_input = said("explain", "-", "--json", models=models, input=f"{text}\n".encode())
    assert json.loads(by_argument) == json.loads(by_input)
    assert "verdict     " in said("explain", text, models=models)
