"""Which rows are read, which are refused, and which must not be separated."""

import gzip
import json

import pytest

from discuss.classify.corpus import Corpus
from discuss.classify.data import Example, groups
from discuss.errors import InvalidInput
from tests.comments import rows
from tests.training import corpus_of, write_sets

GOOD = {"id": "a-1", "text": "Hello", "lang": "en", "source": "a", "labels": {"toxic": 0}}


def packed(folder, *lines):
    path = folder / "a.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    return path


def example(name, text, source=None):
    return Example(name, text, "en", source or name.partition(":")[0])


@pytest.mark.parametrize(
    "bad",
    [
        "{", "[]", '"text"', "", json.dumps(GOOD | {"labels": {"toxic": 2}}), json.dumps(GOOD | {"labels": {"toxic": -1}}),
        json.dumps(GOOD | {"labels": {"toxic": "1"}}), json.dumps(GOOD | {"text": None}), "[" * 100_000,
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_understood_is_named_by_file_and_line(tmp_path, bad):
    path = packed(tmp_path, json.dumps(GOOD), bad, json.dumps(GOOD))
    with pytest.raises(InvalidInput, match=r"a\.jsonl\.gz, line 2: "):
        Corpus(7).add(path)


@pytest.mark.parametrize(
    "damage", [lambda whole: whole[:-12], lambda whole: whole[:20] + b"\0" * 9, lambda _: b"no gzip"]
)
def test_a_file_that_is_damaged_is_named(tmp_path, damage):
    path = packed(tmp_path, *[json.dumps(GOOD)] * 50)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(InvalidInput, match=r"a\.jsonl\.gz cannot be read"):
        Corpus(7).add(path)


def test_two_rows_of_one_id_are_refused(tmp_path):
    first = rows("a", "en", ["One text", "Another"], toxic=0)
    second = rows("b", "en", ["A third"], toxic=1)
    second[0]["id"] = first[1]["id"]
    write_sets(tmp_path, [("a", first), ("b", second)])
    with pytest.raises(InvalidInput, match="More than one row has the id a:1-0"):
        corpus_of(tmp_path)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (example("a:1", "Read this: https://a.example/1 !"), example("b:7", "read THIS https://b.example/2")),
        (example("a:1", "I paid 200 for it"), example("a:2", "I paid 35, for it...")),
        (example("paradetox_en:12-t", "damn thing"), example("paradetox_en:12-neutral1", "that object")),
        (example("ru_detox_russe2022:train-5-t", "вот дрянь"), example("ru_detox_russe2022:train-5-neutral_comment1", "плохо")),
        (example("sms_spam_en:1", "Go now"), example("sms_spam_ru_mt:0", "Идите сейчас")),
        (example("sms_spam_en:99", "Go now"), example("sms_spam_ru_mt:98", "Идите сейчас")),
        (example("sms_spam_en:101", "Go now"), example("sms_spam_ru_mt:99", "Идите сейчас")),
        (example("sms_spam_en:2796", "Go now"), example("sms_spam_ru_mt:2793", "Идите сейчас")),
    ],
)  # fmt: skip
def test_near_duplicates_and_pairs_are_not_parted(one, other):
    found = groups([one, other, example("c:1", "Something else")])
    assert found[one.id] == found[other.id] != found["c:1"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (example("a:1", "You are right"), example("a:2", "You are wrong")),
        (example("a:12-toxic", "damn thing"), example("a:12-neutral", "that object")),
        (example("paradetox_en:1-t", "damn thing"), example("paradetox_en:11-t", "that object")),
        (example("sms_spam_en:5", "Go now"), example("sms_spam_ru_mt:5", "Идите сейчас")),
    ],
)  # fmt: skip
def test_what_has_nothing_in_common_may_be_parted(one, other):
    found = groups([one, other])
    assert found[one.id] != found[other.id]
