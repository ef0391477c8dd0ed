"""From comments to a model that serves, on a small scale."""

import dataclasses
import os
import re
import subprocess
import sys
from collections import defaultdict
from importlib.metadata import version

import msgspec
import numpy as np
import pytest
from click.testing import CliRunner

from discuss.classify import artefact, licences, manifest, recipe, registry, trial
from discuss.classify.composed import compose
from discuss.classify.material import OWN, gather
from discuss.classify.shipping import ship
from discuss.classify.tongues import fit_tongues
from discuss.classify.train import FOLDS
from discuss.classify.vectors import load, save
from discuss.cli.model import model
from discuss.errors import InvalidInput, ModelBroken
from tests.training import SEED, SMALL, corpus_of, silently, write_more

NOT_LETTERS = re.compile(r"https?://\S+|[\W\d_]+")


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory):
    return write_more(tmp_path_factory.mktemp("comments"))


@pytest.fixture(scope="module")
def corpus(data_dir):
    return corpus_of(data_dir)


@pytest.fixture(scope="module")
def items(corpus):
    return gather(corpus, SMALL)


@pytest.fixture(scope="module")
def models_dir(tmp_path_factory):
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
def announced():
    return []


@pytest.fixture(scope="module")
def shipped(corpus, models_dir, announced):
    return ship(corpus, models_dir / "small", "1.0.0", lambda *said: announced.append(said), SMALL)


def of_sources(*names):
    return small(lambda source: source in names)


def small(sources):
    return dataclasses.replace(SMALL, sources=sources)


def gist(text):
    return NOT_LETTERS.sub("", text.lower())


def test_the_same_seed_gives_the_same_model_in_another_process(shipped, data_dir, tmp_path):
    other = subprocess.run(
        [sys.executable, "-m", "tests.training", data_dir, tmp_path / "small"],
        env=os.environ | {"PYTHONHASHSEED": "3"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert other.stdout == shipped.entry.sha256
    again = manifest.read(tmp_path).entry()
    assert msgspec.structs.replace(again, trained_at=shipped.entry.trained_at) == shipped.entry


def test_another_seed_keeps_other_rows_out(corpus, data_dir):
    def kept_out(one):
        return {row.id for row in one.of("test")}

    assert kept_out(corpus_of(data_dir)) == kept_out(corpus)
    assert kept_out(corpus_of(data_dir, SEED + 1)) != kept_out(corpus)


def test_no_copy_of_a_test_row_is_learnt_from(corpus, items):
    tested = {gist(row.text) for row in corpus.of("test")}
    twice = [gist(row.text) for row in corpus.of("test") if row.source == "ru_toxic_2ch_pikabu"]
    repeated = {gist(row.text) for row in corpus.examples if row.source == "ru_toxic_mixed"}
    assert repeated.intersection(twice)  # the corpus does contain what must not be learnt
    assert tested.isdisjoint(gist(item.text) for item in items if item.source != OWN and not item.copy)


def test_probes_and_templates_are_never_learnt_from(corpus, items):
    known = {row.source for row in corpus.examples}
    assert known & {*recipe.PROBES}
    assert known & {*recipe.TEST_ONLY}
    assert {item.source for item in items}.isdisjoint({*recipe.PROBES, *recipe.TEST_ONLY})


def test_disguised_copies_stand_where_their_originals_do(corpus, items):
    tenths = {(row.source, row.text): corpus.tenths[row.id] for row in corpus.examples}
    original, copies = None, 0
    for item in items:
        if item.source == OWN:
            continue
        if not item.copy:
            original = item
            assert item.tenth == tenths[item.source, item.text] != 0
        else:
            copies += 1
            assert (item.tenth, item.source, item.labels) == (
                original.tenth,
                original.source,
                original.labels,
            )
    assert copies > 100


def test_a_template_with_four_times_the_fillings_counts_twice_as_much(corpus):
    sentences = list(compose(SEED, 400))
    own = [item for item in gather(corpus, dataclasses.replace(SMALL, own=400)) if item.source == OWN]
    assert [item.text for item in own] == [sentence.text for sentence in sentences]
    weights = defaultdict(list)
    for sentence, item in zip(sentences, own, strict=True):
        weights[sentence.template].append(item.counts)
    assert len({len(counts) for counts in weights.values()}) > 1
    assert {round(sum(counts) ** 2 / len(counts), 6) for counts in weights.values()} == {16.0}


def test_what_was_trained_is_served_and_can_be_activated(shipped, models_dir):
    classifier = registry.load(models_dir, "small")
    rude, civil = (
        classifier.score([f"Редактор варит кашу у реки{end}"])[0].scores["toxic"] for end in (", болван", "")
    )
    assert rude > classifier.held_from("ru")["toxic"] > civil
    done = CliRunner().invoke(model, ["activate", "small", "--models", str(models_dir)])
    assert (done.exit_code, done.output) == (0, "small 1.0.0 is active.\n")


def test_a_word_in_everyday_use_is_known_with_a_letter_starred_out(shipped, models_dir):
    classifier = registry.load(models_dir, "small")
    for hidden, plain in (
        ("Der Nachbar hat g*zählt", "der nachbar hat gezahlt"),
        ("g*rtenzwerg", "g*rtenzwerg"),
    ):
        assert classifier.score([hidden])[0].normalised == plain


def test_the_manifest_names_the_licence_of_each_source_that_taught(shipped):
    assert shipped.entry.licences == {
        source: licences.LICENCES[source]
        for source in (
            "c3_news_en", "germeval2018_de", "germeval2021_de", "ru_telegram_spam_positives", "ru_toxic_2ch_pikabu",
            "ru_toxic_mixed", "ru_toxic_ok_positives", "youtube_spam_en",
        )
    }  # fmt: skip


def test_the_manifest_tells_what_the_digits_depend_on(shipped):
    assert shipped.entry.made_with == {
        package: version(package) for package in ("discuss", "scikit-learn", "numpy", "scipy")
    }


def test_a_model_that_cannot_score_a_plain_text_is_not_written(corpus, tmp_path, monkeypatch):
    monkeypatch.setattr(trial, "faults", lambda _classifier: ["is no good"])
    with pytest.raises(ModelBroken, match="is no good"):
        ship(corpus, tmp_path / "small", "1.0.0", silently, SMALL)
    assert list(tmp_path.iterdir()) == []


def test_every_stage_is_told_to_its_end(shipped, announced):
    ends = {stage: (done, total) for stage, done, total in announced}
    heads = (
        sum(map(len, shipped.entry.thresholds.values())) - 1
    )  # texts in no known language get the English one
    assert {stage for stage, (done, total) in ends.items() if done != total} == set()
    assert ends["fitting for calibration"] == (FOLDS * heads, FOLDS * heads)
    assert ends["fitting for service"] == (heads, heads)


def test_heads_are_either_covered_or_missing_for_a_reason(shipped):
    covered = {(language, label) for label, limits in shipped.entry.thresholds.items() for language in limits}
    wanted = {(language, label) for language, labels in recipe.COVERED.items() for label in labels}
    assert covered - {("und", "spam")} | shipped.missing.keys() == wanted
    assert covered.isdisjoint(shipped.missing)
    assert shipped.missing["pt", "toxic"] == "no rows to learn from"


def test_a_permissive_model_has_nothing_from_other_sources(corpus, tmp_path):
    scope = small(licences.permissive)
    shipped = ship(corpus, tmp_path / "free", "1.0.0", silently, scope)
    sources = {"germeval2018_de", "ru_toxic_ok_positives", "youtube_spam_en"}
    assert shipped.entry.licences.keys() == sources
    assert {item.source for item in gather(corpus, scope)} == {*sources, OWN}
    assert {label: set(limits) for label, limits in shipped.entry.thresholds.items()} == {
        "toxic": {"de"},
        "spam": {"en", "und"},
    }
    assert shipped.missing["ru", "toxic"] == "only rows with toxic = 1 to learn from"
    assert shipped.missing["en", "toxic"] == "no rows to learn from"
    classifier = registry.load(tmp_path)
    assert classifier.score(["Сосед чинит мост"])[0].scores == {}
    assert classifier.score(["Easy money here"])[0].scores.keys() == {"spam"}


def test_languages_too_are_learnt_from_permissive_sources_only(corpus):
    permissive = [row for row in corpus.examples if licences.permissive(row.source)]
    alone = fit_tongues(dataclasses.replace(corpus, examples=permissive), SMALL)
    among_others = fit_tongues(corpus, small(licences.permissive))
    assert among_others.names == alone.names
    assert np.array_equal(among_others.weights, alone.weights)
    assert not np.array_equal(among_others.weights, fit_tongues(corpus, SMALL).weights)


def test_a_head_that_cannot_be_calibrated_is_left_out(corpus, tmp_path):
    scope = of_sources("ru_toxic_ok_positives", "ru_telegram_spam_positives", "germeval2018_de")
    shipped = ship(corpus, tmp_path / "small", "1.0.0", silently, scope)
    assert shipped.entry.thresholds.keys() == {"toxic"}
    assert shipped.missing["ru", "toxic"] == "no comments to calibrate on"
    assert shipped.missing["ru", "spam"] == "only rows with spam = 1 to learn from"


@pytest.mark.parametrize("sources", [("ru_toxic_2ch_pikabu", "c3_news_en"), ("germeval2018_de",)])
def test_russian_in_latin_letters_is_told_from_english_whatever_the_corpus(corpus, tmp_path, sources):
    ship(corpus, tmp_path / "small", "1.0.0", silently, of_sources(*sources))
    classifier = registry.load(tmp_path)
    texts = [
        "Сосед пишет pro pogodu vchera vecherom",
        "The neighbour writes of rain by night",
        "vchera vecherom na ploshchadi",
    ]
    assert [scored.language for scored in classifier.score(texts)] == ["ru", "en", "ru"]


def test_a_larger_model_teaches_english_only_and_leaves_its_mark_in_the_manifest(
    corpus, items, shipped, models_dir, tmp_path
):
    path = tmp_path / "vectors.npz"
    texts = sorted({item.text for item in items if item.language in {"en", "ru"} and not item.copy})
    save(path, texts, np.array([[float("fool" in text), len(text)] for text in texts]))
    vectors = load(path)
    taught = ship(
        corpus, tmp_path / "small", "1.0.0", silently, dataclasses.replace(SMALL, vectors=vectors)
    ).entry
    assert (shipped.entry.vectors, taught.vectors) == ("", vectors.sha256)
    other, one = (
        artefact.unpack(folder / entry.file, entry.sha256).weights
        for folder, entry in ((tmp_path, taught), (models_dir, shipped.entry))
    )
    assert {
        language for language in one if not np.array_equal(one[language].table, other[language].table)
    } == {"en"}


def test_comments_that_teach_nothing_are_refused(corpus, tmp_path):
    with pytest.raises(InvalidInput, match="Nothing can be learned"):
        ship(corpus, tmp_path / "small", "1.0.0", silently, of_sources("ru_toxic_ok_positives"))
    assert list(tmp_path.iterdir()) == []
