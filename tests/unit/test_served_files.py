"""Scripts that import each other across an upgrade: a browser keeps old ones for a while."""

import re
from pathlib import Path

from discuss.http.embed import SCRIPTS
from discuss.http.files import read_files

IMPORT = re.compile(rb'^import .*"\./[\w-]+\.js(.*)"', re.MULTILINE)


def marks(folder: Path) -> set[bytes]:
    return {mark for file in read_files(folder).values() for mark in IMPORT.findall(file.body)}


def test_scripts_of_two_versions_are_never_put_together(tmp_path: Path) -> None:
    (tmp_path / "words.js").write_text("export const words = 1;\n")
    (tmp_path / "thread.js").write_text('import { words } from "./words.js";\nimport "./words.js";\n')
    (before,) = marks(tmp_path)
    (tmp_path / "words.js").write_text("export const words = 2;\n")
    (after,) = marks(tmp_path)
    assert before != after
    assert re.fullmatch(rb"\?[0-9a-f]{8}", after)


def test_every_script_of_ours_that_imports_another_names_it_so() -> None:
    found = {mark for file in SCRIPTS.values() for mark in IMPORT.findall(file.body)}
    assert len(found) == 1
    assert found != {b""}
