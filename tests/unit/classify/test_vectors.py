"""The file of vectors that a larger model made."""

import hashlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from discuss.classify.vectors import load, save
from discuss.errors import InvalidInput

TEXTS = ["a bridge", "ein Turm", "\ud800"]


def test_a_text_is_found_by_its_letters_and_the_file_holds_none(tmp_path):
    path = tmp_path / "vectors.npz"
    save(path, TEXTS, np.arange(6.0).reshape(3, 2))
    vectors = load(path)
    assert [text in vectors for text in [*TEXTS, "A bridge"]] == [True, True, True, False]
    assert vectors.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert b"bridge" not in path.read_bytes()


@given(arrays.arrays(np.float32, (3, 4), elements=st.integers(-9, 9)))
def test_each_number_has_the_mean_0_and_the_deviation_1_unless_it_is_always_the_same(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("vectors") / "vectors.npz"
    save(path, TEXTS, rows)
    found = load(path).embedded([7, 8, 9], TEXTS)
    assert found.vectors.mean(axis=0) == pytest.approx(np.zeros(4), abs=1e-5)
    differs = rows.max(axis=0) > rows.min(axis=0)
    assert found.vectors.std(axis=0) == pytest.approx(differs.astype(float), abs=1e-5)
    places, one = found.where(lambda place: place == 8)
    assert (places.tolist(), one.tolist()) == ([8], [found.vectors[1].tolist()])


def written(path, **held):
    np.savez(path, **held)


ONE = np.ones((1, 2), dtype=np.float32)


@pytest.mark.parametrize(
    ("write", "said"),
    [
        (lambda path: path.write_bytes(b""), "holds no vectors of texts"),
        (lambda path: path.write_bytes(b"PK\x03\x04 not really"), "holds no vectors of texts"),
        (lambda path: path.write_text("id,vector"), "holds no vectors of texts"),
        (lambda path: written(path, vectors=ONE), "holds no vectors of texts"),
        (lambda path: written(path, texts=np.array([{}]), vectors=ONE), "holds no vectors of texts"),
        (lambda path: written(path, texts=np.array([1]), vectors=ONE), "does not name each text"),
        (lambda path: written(path, texts=np.array(["a", "b"]), vectors=ONE), "does not name each text"),
        (lambda path: written(path, texts=np.array(["a"]), vectors=ONE.astype(float)), "does not name each text"),
        (lambda path: written(path, texts=np.array(["a"]), vectors=ONE * np.inf), "not finite"),
    ],
)  # fmt: skip
def test_any_other_file_is_refused_with_its_name(tmp_path, write, said):
    path = tmp_path / "vectors.npz"
    write(path)
    with pytest.raises(InvalidInput, match=said) as refused:
        load(path)
    assert str(path) in str(refused.value)


def test_what_is_no_array_at_all_is_refused(tmp_path):
    path = tmp_path / "vectors.npz"
    with path.open("wb") as file:
        np.save(file, ONE)
    with pytest.raises(InvalidInput, match="holds no vectors of texts"):
        load(path)
