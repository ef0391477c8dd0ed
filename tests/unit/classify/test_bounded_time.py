"""The time to score a text grows with its length and with nothing else."""

import importlib
import json
import pkgutil
import random
import re
import resource
import subprocess
import sys
from re import _parser  # type: ignore[attr-defined]

import pytest

from discuss import classify

MODULES = sorted(module.name for module in pkgutil.iter_modules(classify.__path__) if not module.ispkg)
UNBOUNDED = _parser.MAXREPEAT
SECONDS = 60


def patterns():
    for name in MODULES:
        module = importlib.import_module(f"discuss.classify.{name}")
        for holder, value in vars(module).items():
            if isinstance(value, re.Pattern):
                yield pytest.param(value, id=f"{name}.{holder}")


def repeats(tree):
    """For every unbounded repetition of a parsed pattern, what is repeated."""
    for operation, argument in tree:
        inner = []
        if operation in (_parser.MAX_REPEAT, _parser.MIN_REPEAT, _parser.POSSESSIVE_REPEAT):
            inner = [argument[2]]
            if argument[1] == UNBOUNDED:
                yield argument[2]
        elif operation is _parser.BRANCH:
            inner = argument[1]
        elif operation is _parser.SUBPATTERN:
            inner = [argument[3]]
        elif operation in (_parser.ASSERT, _parser.ASSERT_NOT):
            inner = [argument[1]]
        elif operation is _parser.ATOMIC_GROUP:
            inner = [argument]
        for part in inner:
            yield from repeats(part)


@pytest.mark.parametrize("pattern", list(patterns()))
def test_no_pattern_repeats_a_repetition_without_end(pattern):
    for repeated in repeats(_parser.parse(pattern.pattern, pattern.flags)):
        assert not list(repeats(repeated))


def test_the_check_above_finds_such_a_pattern():
    assert any(list(repeats(repeated)) for repeated in repeats(_parser.parse("(?:a+b?)*c")))


PIECES = [
    "a", "а", "aа", "a.", "a_", "a*", "s*en ", "*", "**a", "@a", "@", "a@b.", "www.", "://", "a/", "0", "a0a", "1 ", "9%", "$1 ",
    "+7 9", "0x", "т е ", "T1", "~~", "`а", "[а](b)", "[а](", '[а](b "', "\u202eа", "\u202e\u2066", "а(", "аабб", "🇦", "\u0306", "и\u0306", "ﷺ", "\ud800", "🔥", "\u200b", "!", ". ", " ", "ё", "shch", "a'b", "㌖", "аб",
]  # fmt: skip

PROGRAM = """
import json, sys
from discuss.classify import registry
classifier = registry.load(registry.default_models_dir())
texts = json.load(sys.stdin)
for text in texts:
    classifier.score([text]), classifier.explain([text])
print(len(classifier.score(texts)))
"""


def test_texts_made_to_be_slow_are_scored_within_what_a_processor_does_in_a_minute():
    chance = random.Random(5)  # noqa: S311 - repeatable, guards nothing
    texts = ["".join(chance.choices(PIECES, k=chance.randint(1, 4))) for _ in range(150)]
    texts += ["*" + piece for piece in texts] + ["*", "@", "$"]
    texts = [piece[:1] + (piece[1:] or piece) * (200_000 // len(piece)) for piece in [*texts, *PIECES]]
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS)),
    )
    assert run.returncode == 0, run.stderr[-500:]
    assert int(run.stdout) == len(texts)
