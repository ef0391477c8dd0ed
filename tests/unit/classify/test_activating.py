"""Changing the active model: it is tried first, and changed in one step, one change at a time."""

import hashlib
from concurrent.futures import ThreadPoolExecutor, wait
from itertools import pairwise

import msgspec
import pytest

from discuss.classify import activation, manifest, registry
from discuss.classify.placing import place
from discuss.errors import ModelBroken
from tests.models import SHIPPED, Models

ROUNDS = 3
"""Few are enough: all always wait for each other, because trying a model takes long and is done in turn."""

PLACED = [b"the model of one training", b"the model of another", b"the model of another"]
"""Trainings under one name, two of which make the same file."""


@pytest.fixture
def models(tmp_path):
    return Models(tmp_path / "models")


def activate_often(folder, name):
    for _ in range(ROUNDS):
        activation.activate(folder, name)


def add_often(models):
    for number in range(ROUNDS):
        models.add(str(number))


def place_often(models, content):
    entry = msgspec.structs.replace(
        models.known.entry(SHIPPED), name="placed", file="placed/model.skops",
        sha256=hashlib.sha256(content).hexdigest(),
    )  # fmt: skip
    for _ in range(ROUNDS):
        place(models.folder, entry, content)


def test_the_one_that_was_active_before_is_remembered(models):
    models.add("second")
    activation.activate(models.folder, "second")
    assert (models.known.active, models.known.previous) == ("second", SHIPPED)
    activation.activate(models.folder, SHIPPED)
    assert (models.known.active, models.known.previous) == (SHIPPED, "second")
    assert registry.load(models.folder).name == SHIPPED


def test_activating_the_active_one_forgets_nothing(models):
    models.add("second")
    activation.activate(models.folder, "second")
    before = models.text
    activation.activate(models.folder, "second")
    assert models.text == before


def test_a_damaged_model_changes_nothing(models):
    models.add("second")
    models.damage("second")
    before = models.text
    with pytest.raises(ModelBroken, match="damaged"):
        activation.activate(models.folder, "second")
    assert models.text == before


@pytest.mark.parametrize("name", ["third", "", "manifest.json", "../models"])
def test_an_unknown_name_changes_nothing(models, name):
    before = models.text
    with pytest.raises(ModelBroken, match="lists no model"):
        activation.activate(models.folder, name)
    assert models.text == before


def test_a_model_without_a_threshold_for_what_it_scores_is_not_activated(models):
    entry = models.add("second")
    without = msgspec.structs.replace(entry, thresholds={"toxic": entry.thresholds["toxic"], "spam": {}})
    manifest.record(models.folder, without)
    with pytest.raises(ModelBroken, match=r"second 2\.0\.0 scores spam .* no threshold"):
        activation.activate(models.folder, "second")
    assert models.known.active == SHIPPED


def test_recording_a_model_keeps_what_is_active_and_what_was(models):
    models.add("second")
    activation.activate(models.folder, "second")
    models.add("third")
    assert (models.known.active, models.known.previous) == ("second", SHIPPED)
    assert [entry.name for entry in models.known.models] == [SHIPPED, "second", "third"]


def test_the_first_model_of_a_folder_is_active(models, tmp_path):
    manifest.record(tmp_path, models.known.entry())
    assert manifest.read(tmp_path).active == SHIPPED
    assert manifest.read(tmp_path).previous is None


def test_several_at_once_leave_a_whole_manifest(models):
    """Two activate, a third records and others place models of one name, while readers always find a model that exists."""
    names = ["second", "third"]
    for name in names:
        models.add(name)
    (models.folder / "placed").mkdir()
    with ThreadPoolExecutor(3 + len(PLACED)) as threads:
        changing = [threads.submit(activate_often, models.folder, name) for name in names]
        changing.append(threads.submit(add_often, models))
        changing += [threads.submit(place_often, models, content) for content in PLACED]
        seen = {models.known.entry().name}
        while wait(changing, timeout=0.002).not_done:
            seen.add(models.known.entry().name)
    assert [one.exception() for one in changing] == [None] * len(changing)
    assert seen <= {SHIPPED, *names}
    assert models.known.active in names
    assert models.known.previous in {SHIPPED, *names} - {models.known.active}
    added = {"placed", *map(str, range(ROUNDS))}
    assert {entry.name for entry in models.known.models} == {SHIPPED, *names, *added}
    placed = (models.folder / "placed" / "model.skops").read_bytes()
    assert hashlib.sha256(placed).hexdigest() == models.known.entry("placed").sha256
    assert [path.name for path in (models.folder / "placed").iterdir()] == ["model.skops"]


def test_a_manifest_that_cannot_be_written_is_named_and_stays(models):
    models.add("second")
    before = models.text
    (models.folder / f"{manifest.NAME}.new").mkdir()
    with pytest.raises(ModelBroken, match=r"manifest\.json cannot be written"):
        activation.activate(models.folder, "second")
    assert models.text == before


def test_every_change_of_the_manifest_changes_its_stamp(models):
    stamps = [manifest.stamp(models.folder)]
    for name in ("second", SHIPPED, "second"):
        models.choose(name)
        stamps.append(manifest.stamp(models.folder))
    (models.folder / manifest.NAME).unlink()
    stamps.append(manifest.stamp(models.folder))
    assert [pair for pair in pairwise(stamps) if pair[0] == pair[1]] == []


def test_the_last_good_model_is_the_active_one_while_it_can_be_loaded(models):
    models.add("second")
    activation.activate(models.folder, "second")
    loaded = registry.load_last_good(models.folder)
    assert (loaded.entry.name, loaded.classifier.name, loaded.refused) == ("second", "second", None)


def test_the_last_good_model_is_the_one_before_a_damaged_one(models):
    models.add("second")
    activation.activate(models.folder, "second")
    models.damage("second")
    loaded = registry.load_last_good(models.folder)
    assert loaded.entry.name == loaded.classifier.name == SHIPPED
    assert "damaged" in loaded.refused.detail


@pytest.mark.parametrize("previous", [None, "unknown", "third"])
def test_without_a_good_model_the_reason_is_that_of_the_active_one(models, previous):
    for name in ("second", "third"):
        models.add(name)
        models.damage(name)
    models.choose("second", previous)
    with pytest.raises(ModelBroken, match=r"second\.skops is damaged"):
        registry.load_last_good(models.folder)
