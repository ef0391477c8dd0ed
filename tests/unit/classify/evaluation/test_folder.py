import json
import re
import sys

import pytest

from discuss.classify.evaluation.folder import drawing, write
from discuss.classify.evaluation.measuring import evaluate
from discuss.errors import SetupFailed


@pytest.fixture(scope="module")
def report(corpus, keywords):
    return evaluate(corpus, keywords)


@pytest.fixture(scope="module")
def folder(report, tmp_path_factory):
    folder = tmp_path_factory.mktemp("report") / "new"
    write(report, folder, drawing())
    return folder


def test_every_image_of_the_page_lies_beside_it_and_every_image_is_shown(folder):
    shown = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", (folder / "report.md").read_text(encoding="utf-8"))
    assert {"precision-recall-toxic-ru.svg", "reliability.svg"} <= set(shown)
    assert sorted(shown) == sorted(path.name for path in folder.glob("*.svg"))


def test_images_leave_the_background_to_the_page(folder):
    for path in folder.glob("*.svg"):
        assert "#ffffff" not in path.read_text(encoding="utf-8")


def test_every_table_of_the_page_has_as_many_cells_in_each_row(folder):
    tables = re.findall(r"(?:^\|.*\n)+", (folder / "report.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(tables) > 8
    for table in tables:
        assert len({row.count("|") for row in table.splitlines()}) == 1


def test_no_text_of_the_data_is_on_the_page(folder, corpus):
    page = (folder / "report.md").read_text(encoding="utf-8")
    assert [row.id for row in corpus.examples if row.text in page] == []


def test_the_figures_are_there_for_programs_too(folder, report):
    assert len(json.loads((folder / "metrics.json").read_bytes())["results"]) == len(report.results)


def test_the_same_report_gives_the_same_files(folder, report, tmp_path):
    write(report, tmp_path, drawing())
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        path.name: path.read_bytes() for path in folder.iterdir()
    }


def test_without_matplotlib_a_sentence_says_what_to_install(monkeypatch):
    monkeypatch.delitem(sys.modules, "discuss.classify.evaluation.charts", raising=False)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(SetupFailed, match=r"discuss\[report\]"):
        drawing()
