import hashlib
import io
import json
import re
import shutil
from zipfile import ZipFile

import numpy as np
import pytest
import skops.io
from sklearn.svm import LinearSVC
from sklearn.tree import DecisionTreeClassifier

from discuss.classify import artefact, container, manifest, packing, recipe, registry
from discuss.errors import ModelBroken


class Foreign:
    """A type that no model needs."""

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
    assert len(content) <= 30_000_000
    assert (classifier.name, classifier.version) == (entry.name, entry.version)
    assert set(entry.thresholds) == set(classifier.labels) == set(recipe.LABELS)
    for language in ("ru", "en", "und", "de"):
        assert classifier.held_from(language) == {
            label: by_language[language]
            for label, by_language in entry.thresholds.items()
            if language in by_language
        }


def test_one_changed_byte_is_noticed_before_anything_is_read(models, monkeypatch):
    monkeypatch.setattr(container, "read", lambda _content: pytest.fail("read before it was checked"))
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
    path.write_text(re.sub(r'"ru": 0\.\d+', f'"ru": {threshold}', path.read_text()))
    with pytest.raises(ModelBroken, match="cannot be understood"):
        registry.load(models)


@pytest.mark.parametrize(
    "foreign", [Foreign(), {"toxic": Foreign()}, LinearSVC(), DecisionTreeClassifier(), {}, [1]]
)
def test_foreign_content_is_refused_even_if_the_manifest_vouches_for_it(models, foreign):
    replace_artefact(models, skops.io.dumps(foreign))
    with pytest.raises(ModelBroken):
        registry.load(models)


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("ru table", np.zeros((2, 3), dtype=np.float32)),
        ("ru marks", np.zeros((1, 1), dtype=np.float32)),
        ("en intercepts", np.zeros(1, dtype=np.float32)),
        ("tongues weights", np.zeros((7, 5), dtype=np.float32)),
    ],
)
def test_arrays_that_do_not_fit_together_are_refused(models, name, array):
    entry = manifest.read(models).entry()
    content = dict(container.read((models / entry.file).read_bytes()))
    replace_artefact(models, skops.io.dumps(content | {name: array}))
    with pytest.raises(ModelBroken, match="do not fit together"):
        registry.load(models)


def test_weights_that_are_no_numbers_are_refused(models):
    entry = manifest.read(models).entry()
    content = dict(container.read((models / entry.file).read_bytes()))
    content["de table"] = np.full_like(content["de table"], np.nan)
    replace_artefact(models, skops.io.dumps(content))
    with pytest.raises(ModelBroken, match="do not fit together"):
        registry.load(models)


@pytest.mark.parametrize("words", ["weights", ["a", "b"], [["a"]]])
@pytest.mark.parametrize("name", ["ru table", "en marks", "tongues weights", "tongues intercepts"])
def test_words_where_numbers_belong_are_refused(models, name, words):
    entry = manifest.read(models).entry()
    content = dict(container.read((models / entry.file).read_bytes()))
    value = words if isinstance(words, str) else np.array(words)
    replace_artefact(models, skops.io.dumps(content | {name: value}))
    with pytest.raises(ModelBroken):
        registry.load(models)


@pytest.mark.parametrize("ngrams", [["20", 3, 6], [None, None, None], "ngrams", 7])
def test_sizes_of_ngrams_that_are_none_are_refused(models, ngrams):
    entry = manifest.read(models).entry()
    content = dict(container.read((models / entry.file).read_bytes()))
    content["about"] = json.dumps(json.loads(content["about"]) | {"ngrams": ngrams})
    replace_artefact(models, skops.io.dumps(content))
    with pytest.raises(ModelBroken):
        registry.load(models)


def test_a_model_that_takes_its_own_languages_for_others_is_refused(models):
    """Everything would be published then, because texts in no known language are not scored."""
    entry = manifest.read(models).entry()
    content = dict(container.read((models / entry.file).read_bytes()))
    about = json.loads(content["about"])
    about["tongues"] = [
        "und" if name == "en" else "en" if name == "und" else name for name in about["tongues"]
    ]
    replace_artefact(models, skops.io.dumps(content | {"about": json.dumps(about)}))
    with pytest.raises(ModelBroken, match="in the language en but scores none of our texts"):
        registry.load(models)


def test_a_model_that_is_calibrated_for_nothing_is_refused(models):
    entry = manifest.read(models).entry()
    content = dict(container.read((models / entry.file).read_bytes()))
    content["about"] = json.dumps(json.loads(content["about"]) | {"curves": {}})
    replace_artefact(models, skops.io.dumps(content))
    with pytest.raises(ModelBroken, match="do not fit together"):
        registry.load(models)


@pytest.mark.parametrize("name", ["a\0b", "../other/model.skops", "/dev/zero"])
def test_a_file_that_no_model_can_be_in_is_refused(models, name):
    known = json.loads((models / manifest.NAME).read_bytes())
    known["models"][0]["file"] = name
    (models / manifest.NAME).write_text(json.dumps(known))
    with pytest.raises(ModelBroken):
        registry.load(models)


def test_an_array_that_would_have_to_be_unpickled_is_refused(models):
    entry = manifest.read(models).entry()
    content = dict(container.read((models / entry.file).read_bytes()))
    replace_artefact(models, skops.io.dumps(content | {"ru table": np.array([Foreign], dtype=object)}))
    with pytest.raises(ModelBroken):
        registry.load(models)


def test_skops_reads_what_a_worker_reads(models):
    entry = manifest.read(models).entry()
    content = (models / entry.file).read_bytes()
    ours, theirs = container.read(content), skops.io.loads(content, trusted=[])
    assert ours.keys() == theirs.keys()
    assert all(np.array_equal(ours[name], theirs[name]) for name in ours)


def test_what_was_read_is_written_as_it_was(models, monkeypatch):
    """Packs with less effort to save time: the compression, and that the bytes are always the same, are tested on a small model."""
    monkeypatch.setattr(packing, "_HARDEST", 1)
    entry = manifest.read(models).entry()
    written = io.BytesIO(packing.pack(artefact.unpack(models / entry.file, entry.sha256)))
    assert contents(written) == contents(models / entry.file)


def contents(packed):
    with ZipFile(packed) as archive:
        return [
            (one.filename, one.date_time, one.compress_type, one.file_size, one.CRC)
            for one in archive.infolist()
        ]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a model at all"])
def test_a_file_that_is_no_archive_is_refused(models, content):
    replace_artefact(models, content)
    with pytest.raises(ModelBroken, match="is not a model"):
        registry.load(models)
