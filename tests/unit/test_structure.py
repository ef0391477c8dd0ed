"""The shape of the code: small modules, small functions, plain names, and no paths of one machine in the repository."""

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.txt", "requirements-dev.txt")
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "base", "misc"}
# Put together from parts, so that this file does not match itself.
MACHINE = re.compile("(" + "|".join(f"/{place}/" for place in ("home", "root", "Users", "work", "mnt")) + ")")
OURS = ("src", "workers", "tests", "docs", "models", "bench", "deploy", ".ci")
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)

Measured = list[tuple[int, str]]


def modules() -> list[Path]:
    found = [*ROOT.glob("src/discuss/**/*.py"), *ROOT.glob("workers/**/*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.fixture(scope="module")
def trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in modules()}


@pytest.fixture(scope="module")
def module_sizes() -> Measured:
    return [(len(path.read_text(encoding="utf-8").splitlines()), named(path)) for path in modules()]


@pytest.fixture(scope="module")
def function_sizes(trees: dict[Path, ast.Module]) -> Measured:
    return [
        (1 + (node.end_lineno or node.lineno) - node.lineno, f"{named(path)}:{node.lineno} {node.name}")
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, FUNCTION)
    ]


def worst(measured: Measured) -> str:
    return "the five largest:\n" + "\n".join(f"  {size} {where}" for size, where in sorted(measured)[:-6:-1])


def test_modules_are_short(module_sizes: Measured) -> None:
    sizes = [size for size, _ in module_sizes]
    assert max(sizes) <= 400, worst(module_sizes)
    assert median(sizes) <= 120, worst(module_sizes)


def test_functions_are_short(function_sizes: Measured) -> None:
    sizes = [size for size, _ in function_sizes]
    assert max(sizes) <= 60, worst(function_sizes)
    assert quantiles(sizes, n=10)[-1] <= 30, worst(function_sizes)
    assert median(sizes) <= 10, worst(function_sizes)


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [named(path) for path in modules() if VAGUE & {path.stem, *path.relative_to(ROOT).parts}] == []


def test_imports_stand_at_the_top_of_their_module(trees: dict[Path, ast.Module]) -> None:
    hidden = [
        f"{named(path)}:{inner.lineno}"
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, FUNCTION)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_with_hashes_and_names_no_registry(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(
        r"^\s*-", re.sub(r"^\s+--hash=sha256:.*$", "", text, flags=re.MULTILINE), re.MULTILINE
    )
    starts = [found.start() for found in re.finditer(r"^[A-Za-z0-9]", text, re.MULTILINE)]
    entries = [text[begin:end] for begin, end in pairwise([*starts, len(text)])]
    assert len(entries) > 50
    assert [e.splitlines()[0] for e in entries if "==" not in e or "--hash=sha256:" not in e] == []


def texts() -> Iterator[Path]:
    """The files in the repository."""
    for folder in OURS:
        yield from (
            path for path in ROOT.glob(f"{folder}/**/*") if path.is_file() and "__pycache__" not in path.parts
        )
    # In a second working tree, `.git` is a file that says where the first one is.
    yield from (path for path in ROOT.iterdir() if path.is_file() and path.name != ".git")


def test_no_file_names_a_place_on_one_machine() -> None:
    found = [
        f"{named(path)}:{number}: {line.strip()[:80]}"
        for path in texts()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="ignore").splitlines(), start=1)
        if MACHINE.search(line)
    ]
    assert found == []
