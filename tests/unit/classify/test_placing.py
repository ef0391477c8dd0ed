"""At every moment, the manifest names a complete file."""

import hashlib
import sys

import msgspec
import pytest

from discuss.classify import manifest
from discuss.classify.manifest import Entry
from discuss.classify.placing import place

OLD, NEW = b"the model of yesterday", b"the model of today"


class Interrupted(BaseException):
    """The process ends here."""


class Interruption:
    """Ends the process at the n-th renaming or removal of a file."""

    left = 0

    def __call__(self, event, arguments):
        del arguments
        if event in {"os.rename", "os.remove"} and self.left:
            self.left -= 1
            if not self.left:
                raise Interrupted


@pytest.fixture(scope="module")
def interruption():
    hook = Interruption()
    sys.addaudithook(hook)  # stays for good: audit hooks cannot be removed
    yield hook
    hook.left = 0


def entry(content):
    return Entry(
        name="small", version="1", file="small/model.skops", sha256=hashlib.sha256(content).hexdigest(),
        bytes=len(content), labels=[], thresholds={}, trained_at="", seed=7, data={},
    )  # fmt: skip


def names_a_whole_file(folder):
    named = manifest.read(folder).entry("small")
    return hashlib.sha256((folder / named.file).read_bytes()).hexdigest() == named.sha256


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "small").mkdir()
    place(tmp_path, entry(OLD), OLD)
    return tmp_path


def test_a_model_replaces_the_one_of_its_name_and_leaves_nothing_beside_it(folder):
    place(folder, entry(NEW), NEW)
    assert manifest.read(folder).entry() == entry(NEW)
    assert (folder / "small/model.skops").read_bytes() == NEW
    assert [path.name for path in (folder / "small").iterdir()] == ["model.skops"]


@pytest.mark.parametrize("step", range(1, 6))
def test_an_interruption_leaves_the_old_model_or_the_new_one(folder, interruption, step):
    interruption.left = step
    with pytest.raises(Interrupted):
        place(folder, entry(NEW), NEW)
    assert names_a_whole_file(folder)


@pytest.mark.parametrize("step", range(1, 6))
def test_after_an_interruption_it_can_be_placed_again(folder, interruption, step):
    interruption.left = step
    with pytest.raises(Interrupted):
        place(folder, entry(NEW), NEW)
    place(folder, entry(NEW), NEW)
    assert manifest.read(folder).entry() == entry(NEW)
    assert names_a_whole_file(folder)
    assert msgspec.json.decode((folder / manifest.NAME).read_bytes())["models"][1:] == []
