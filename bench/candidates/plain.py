"""What a site can do with scikit-learn alone: n-grams of characters and words, TF-IDF, logistic regression.

Run as a program, it fits one from JSON Lines {"text", "rude"} on standard input; the argument is the file to write.
"""

import json
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import joblib
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline, make_union

from bench.candidates import PLAIN_MODEL, Loaded

_SEEN_TWICE = 2  # otherwise most of the vocabulary never occurs again


def load() -> Loaded:
    pipeline = joblib.load(os.environ[PLAIN_MODEL])

    def score(texts: Sequence[str]) -> list[float]:
        return [float(one) for one in pipeline.predict_proba(texts)[:, 1]]

    return Loaded(score)


def fit(lines: Iterable[str]) -> Pipeline:
    rows = [json.loads(line) for line in lines]
    return _pipeline().fit([row["text"] for row in rows], [row["rude"] for row in rows])


def _pipeline() -> Pipeline:
    characters = TfidfVectorizer(
        analyzer="char", ngram_range=(2, 5), min_df=_SEEN_TWICE, sublinear_tf=True, dtype="float32"
    )
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=_SEEN_TWICE, sublinear_tf=True, dtype="float32")
    return make_pipeline(make_union(characters, words), LogisticRegression(C=3.0, max_iter=300))


if __name__ == "__main__":
    joblib.dump(fit(sys.stdin), Path(sys.argv[1]))
