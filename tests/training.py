"""A small model, trained in seconds on the comments of `tests/comments.py`. Can be run as a program, to train in another process.

`python -m tests.training DATA_DIR OUT` prints the hash of the model.
"""

import gzip
import json
import sys
from pathlib import Path

from discuss.classify.corpus import Corpus
from discuss.classify.data import files
from discuss.classify.ngrams import Ngrams
from discuss.classify.scope import Scope
from discuss.classify.shipping import ship
from tests.comments import ENGLISH, RUSSIAN, rows, write

SEED = 7
SMALL = Scope(own=20, ngrams=Ngrams(bits=16))


def more_sets():
    """Near-duplicates of rows of other sets, English spam, and German texts under a permissive licence."""
    repeated = [f"{text.upper()}!!! https://news.example/{n} №{n}" for n, text in enumerate(RUSSIAN[:200])]
    yield (
        "ru_toxic_mixed",
        rows("ru_toxic_mixed", "ru", repeated, toxic=0)
        + rows("ru_toxic_mixed", "ru", [f"{text}, вот болван" for text in RUSSIAN[400:450]], toxic=1),
    )
    yield (
        "youtube_spam_en",
        rows("youtube_spam_en", "en", [f"{text}, I heard" for text in ENGLISH[:80]], spam=0)
        + rows("youtube_spam_en", "en", [f"Easy money here: {text}" for text in ENGLISH[80:160]], spam=1),
    )
    german = [f"Der Nachbar hat {number} Äpfel im Garten gezählt" for number in words()]
    german += [
        f"Danke, ein klarer Bericht, und wann erscheint der Teil über {number} Äpfel" for number in words()
    ]
    yield (
        "germeval2018_de",
        rows("germeval2018_de", "de", german, toxic=0)
        + rows("germeval2018_de", "de", [f"{text}, der Dummkopf" for text in german], toxic=1),
    )


def words():
    """Distinct words, because rows that differ only in digits are near-duplicates."""
    return [first + second for first in ("rot", "blau", "grün", "gelb", "weiß") for second in "abcdefghijkl"]


def write_more(folder):
    return write_sets(write(folder), more_sets())


def write_sets(folder, sets):
    for source, made in sets:
        with gzip.open(folder / f"{source}.jsonl.gz", "wt", encoding="utf-8") as lines:
            lines.writelines(json.dumps(row) + "\n" for row in made)
    return folder


def corpus_of(data_dir, seed=SEED):
    corpus = Corpus(seed)
    for path in files(data_dir):
        corpus.add(path)
    corpus.divide()
    return corpus


def silently(stage, done, total):
    del stage, done, total


if __name__ == "__main__":
    sys.stdout.write(
        ship(corpus_of(Path(sys.argv[1])), Path(sys.argv[2]), "1.0.0", silently, SMALL).entry.sha256
    )
