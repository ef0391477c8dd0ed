import hashlib
import json
import shutil

import pytest
import skops.io
from sklearn.svm import LinearSVC
from sklearn.tree import DecisionTreeClassifier

from discuss.classify import artefact, manifest, registry
from discuss.errors import ModelBroken


class Foreign:
    """A type that no model has a need of."""

    def __init__(self):
        self.payload = "anything"


@pytest.fixture
def models(tmp_path):
    """A copy of the shipped models that a test may damage."""
    return shutil.copytree(registry.default_models_dir(), tmp_path / "models")


def replace_artefact(models, content):
    """Put other bytes in place of the active model, with a manifest that vouches for them."""
    known = json.loads((models / manifest.NAME).read_bytes())
    entry = next(entry for entry in known["models"] if entry["name"] == known["active"])
    (models / entry["file"]).write_bytes(content)
    entry["sha256"] = hashlib.sha256(content).hexdigest()
    (models / manifest.NAME).write_text(json.dumps(known))


def active_file(models):
    return models / manifest.read(models).entry().file


def test_the_shipped_model_is_what_its_manifest_says(classifier):
    models = registry.default_models_dir()
    entry = manifest.read(models).entry()
    content = (models / entry.file).read_bytes()
    assert (entry.bytes, entry.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert len(content) <= 8_000_000
    assert (classifier.name, classifier.version) == (entry.name, entry.version)
    assert set(entry.thresholds) == set(classifier.labels) == {"toxic", "spam"}
    for language in ("ru", "en", "und", "de"):
        assert classifier.held_from(language) == {
            label: by_language[language]
            for label, by_language in entry.thresholds.items()
            if language in by_language
        }
    assert set(classifier.held_from("ru")) == set(classifier.held_from("en")) == {"toxic", "spam"}


def test_one_changed_byte_is_noticed_before_anything_is_read(models, monkeypatch):
    monkeypatch.setattr(
        skops.io, "loads", lambda *_args, **_kwargs: pytest.fail("read before it was checked")
    )
    content = bytearray(active_file(models).read_bytes())
    content[len(content) // 2] ^= 1
    active_file(models).write_bytes(content)
    with pytest.raises(ModelBroken, match="damaged"):
        registry.load(models)


def test_a_missing_file_is_named(models):
    active_file(models).unlink()
    with pytest.raises(ModelBroken, match=r"model\.skops cannot be read"):
        registry.load(models)


def test_a_missing_manifest_is_named(tmp_path):
    with pytest.raises(ModelBroken, match="no model manifest"):
        registry.load(tmp_path)


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"active": 1, "models": []}', '{"active": "x", "models": []}', "\xff"]
)
def test_a_strange_manifest_is_refused(tmp_path, content):
    (tmp_path / manifest.NAME).write_bytes(content.encode("latin-1"))
    with pytest.raises(ModelBroken):
        registry.load(tmp_path)


@pytest.mark.parametrize("threshold", ["1.01", "-0.1", '"0.5"', "null", "1e400"])
def test_a_threshold_that_is_no_probability_is_refused(models, threshold):
    path = models / manifest.NAME
    path.write_text(path.read_text().replace('"ru": 0.67', f'"ru": {threshold}'))
    with pytest.raises(ModelBroken, match="cannot be understood"):
        registry.load(models)


@pytest.mark.parametrize(
    "foreign", [Foreign(), {"toxic": Foreign()}, LinearSVC(), DecisionTreeClassifier(), {}, [1]]
)
def test_foreign_content_is_refused_even_if_the_manifest_vouches_for_it(models, foreign):
    replace_artefact(models, skops.io.dumps(foreign))
    with pytest.raises(ModelBroken):
        registry.load(models)


def test_parts_of_the_wrong_kind_are_refused(models):
    entry = manifest.read(models).entry()
    parts = artefact.unpack(models / entry.file, entry.sha256)
    content = skops.io.dumps(
        {name: getattr(parts, name) for name in parts.__slots__} | {"toxic": LinearSVC()}
    )
    replace_artefact(models, content)
    with pytest.raises(ModelBroken, match="another kind"):
        registry.load(models)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a model at all"])
def test_a_file_that_is_no_archive_is_refused(models, content):
    replace_artefact(models, content)
    with pytest.raises(ModelBroken, match="is not a model"):
        registry.load(models)
