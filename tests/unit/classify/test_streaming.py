import io
import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from discuss.classify.protocol import Scored
from discuss.classify.streaming import score_lines

COMMAND = [str(Path(sys.executable).parent / "discuss"), "model", "score"]
INSULT = "You are a stupid worthless idiot, shut up"


def answers(classifier, *lines):
    out, err = io.StringIO(), io.StringIO()
    broken = score_lines(classifier, io.BufferedReader(io.BytesIO(b"\n".join(lines))), out, err)
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue().splitlines(), broken


def test_each_line_is_answered_in_order(classifier):
    given = [
        json.dumps({"id": number, "text": text}).encode()
        for number, text in enumerate(["Спасибо", INSULT] * 400)
    ]
    rows, errors, broken = answers(classifier, *given, b"")
    assert [row["id"] for row in rows] == list(range(800))
    assert [row["verdict"] for row in rows] == ["published", "held"] * 400
    assert rows[0]["language"] == "ru"
    assert set(rows[0]["scores"]) == set(classifier.held_from("ru"))
    assert rows[0]["model"] == f"{classifier.name} {classifier.version}"
    assert (errors, broken) == ([], 0)


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"nonsense",
        b"[]",
        b"null",
        b'{"id": 1}',
        b'{"text": "a"}',
        b'{"id": 1, "text": 2}',
        b'{"id": {}, "text": "a"}',
        b'{"id": 1e999, "text": "a"}',
        b'\xff{"id": 1, "text": "a"}',
        b"[" * 100_000,
        b'{"id": ' + b"9" * 5000 + b', "text": "a"}',
    ],
)
def test_a_malformed_line_is_named_and_answered(classifier, line):
    good = b'{"id": "a", "text": "good"}'
    rows, errors, broken = answers(classifier, good, b"", line, good)
    assert [row["id"] for row in rows] == ["a", None, "a"]
    assert rows[1]["error"].startswith("line 3: ")
    assert errors == [rows[1]["error"]]
    assert broken == 1


class Strict:
    """Is certain of nothing, has lower thresholds for Russian than for English, and none for other languages."""

    name, version = "strict", "1"
    labels = ("toxic",)

    def held_from(self, language):
        return {"ru": {"toxic": 0.4}, "en": {"toxic": 0.6}}.get(language, {})

    def score(self, texts):
        return [Scored(text[:2], text, {"toxic": 0.5}) for text in texts]

    def explain(self, texts):
        return [{} for _ in texts]


def test_the_verdict_is_that_of_the_thresholds_in_the_language_of_the_text():
    given = (json.dumps({"id": None, "text": text}).encode() for text in ("ru: a", "en: a", "de: a"))
    rows, _, _ = answers(Strict(), *given)
    assert [row["verdict"] for row in rows] == ["held", "published", "published"]


def test_half_a_surrogate_pair_is_a_text_like_any_other(classifier):
    rows, _, broken = answers(classifier, rb'{"id": "\ud800", "text": "\udfff"}')
    assert rows[0]["id"] == "\ud800"
    assert broken == 0


def test_the_command_answers_while_the_pipe_stays_open():
    with subprocess.Popen(
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        alarm = threading.Timer(30, process.kill)
        alarm.start()
        for text, verdict in (("Good morning", "published"), (INSULT, "held")):
            process.stdin.write(json.dumps({"id": text, "text": text}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["verdict"] == verdict
        process.stdin.write(b"oops\n")
        rest, complaints = process.communicate()
        alarm.cancel()
    assert json.loads(rest)["id"] is None
    assert complaints.startswith(b"line 3: ")
    assert process.returncode == 1
