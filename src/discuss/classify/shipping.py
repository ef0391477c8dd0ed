"""Training from start to finish: gather, fit, calibrate, choose thresholds, write the artefact and record it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version as installed
from pathlib import Path

import msgspec
import numpy as np
from sklearn.linear_model import LogisticRegression

from discuss.classify import calibrate, licences, packing, registry, train
from discuss.classify.corpus import Corpus
from discuss.classify.coverage import coverage
from discuss.classify.crossvalidation import Fold, by_source
from discuss.classify.manifest import Entry
from discuss.classify.marks import NAMES
from discuss.classify.masks import Masks
from discuss.classify.material import Item, Material, gather, lay_out
from discuss.classify.parts import Parts
from discuss.classify.placing import place
from discuss.classify.reading import Floats, Reader
from discuss.classify.scope import EVERYTHING, Scope
from discuss.classify.tongues import fit_tongues, shows_tongues
from discuss.classify.train import Announce, Head
from discuss.classify.vocabulary import everyday_words, hidden_words
from discuss.classify.weights import Weights
from discuss.errors import InvalidInput

_MADE_WITH = ("discuss", "scikit-learn", "numpy", "scipy")
"""The packages on which the digits of a model depend, in addition to its data."""


@dataclass(frozen=True)
class Trained:
    """A model and its thresholds by label and language.

    `folds` says how well its heads did on rows they were not fitted on, and `missing` why the recipe's other heads are missing.
    """

    parts: Parts
    thresholds: dict[str, dict[str, float]]
    folds: list[Fold]
    missing: Mapping[Head, str]


@dataclass(frozen=True, slots=True)
class Shipped:
    """A model in its place, and why it lacks the recipe's other heads."""

    entry: Entry
    missing: Mapping[Head, str]


def make(corpus: Corpus, scope: Scope, announce: Announce) -> Trained:
    items = gather(corpus, scope)
    reader = read_with(corpus, scope, items, announce)
    material = laid_out(items, reader, scope, announce)
    found = coverage(material)
    wanted = found.heads
    if not wanted:
        raise InvalidInput("Nothing can be learned from these comments: no label of any language is covered.")
    answers = train.apart(material, wanted, lambda *done: announce("fitting for calibration", *done))
    known = {head: calibrate.seen(material, head, answers[head]) for head in wanted}
    curves = calibrate.curves(known)
    fitted = train.fit(material, wanted, lambda *done: announce("fitting for service", *done))
    labels = {language: tuple(label for one, label in wanted if one == language) for language, _ in wanted}
    weights = {
        language: table([fitted[language, label] for label in names]) for language, names in labels.items()
    }
    return Trained(
        Parts(reader, labels, weights, curves),
        calibrate.thresholds(known, curves),
        list(by_source(material, answers)),
        found.missing,
    )


def read_with(corpus: Corpus, scope: Scope, items: Sequence[Item], announce: Announce) -> Reader:
    """Learn all that has to be known before a text can be read."""
    announce("learning languages", 0, 1)
    tongues = fit_tongues(corpus, scope)
    announce("learning languages", 1, 1)
    announce("learning what is hidden", 0, 1)
    masks = Masks(hidden_words(items), everyday_words(items))
    announce("learning what is hidden", 1, 1)
    return Reader(scope.ngrams, tongues, masks)


def laid_out(items: Sequence[Item], reader: Reader, scope: Scope, announce: Announce) -> Material:
    def tell(share: float) -> None:
        announce("laying out texts", round(share * len(items)), len(items))

    return lay_out(items, reader, scope.vectors, tell)


def table(fitted: list[LogisticRegression]) -> Weights:
    """Heads that scikit-learn fitted on rows of `design.matrix`, as the arrays that serving uses."""
    coefficients = np.hstack([head.coef_.T for head in fitted]).astype(np.float32)
    nothing: Floats = np.zeros((1, len(fitted)), dtype=np.float32)
    intercepts = np.concatenate([head.intercept_ for head in fitted]).astype(np.float32)
    return Weights(np.vstack([coefficients[: -len(NAMES)], nothing]), coefficients[-len(NAMES) :], intercepts)


def ship(corpus: Corpus, out: Path, version: str, announce: Announce, scope: Scope = EVERYTHING) -> Shipped:
    """Train a model, put it into the folder `out` and into the manifest beside that folder.

    Raises `ModelBroken`, before anything is written, if it cannot score a plain text.
    """
    trained = make(corpus, scope, announce)
    packed = packing.pack(trained.parts)
    entry = Entry(
        name=out.name,
        version=version,
        file=f"{out.name}/model.skops",
        sha256=hashlib.sha256(packed).hexdigest(),
        bytes=len(packed),
        labels=[label for label in calibrate.BASE_RATE if label in trained.thresholds],
        thresholds=trained.thresholds,
        trained_at=datetime.now(UTC).isoformat(timespec="seconds"),
        seed=corpus.seed,
        data=corpus.fingerprints,
        licences={source: licences.of(source) for source in sorted(_taught(corpus, scope))},
        made_with={package: installed(package) for package in _MADE_WITH},
        vectors=scope.vectors.sha256 if scope.vectors else "",
    )
    registry.tried(entry, trained.parts)
    out.mkdir(parents=True, exist_ok=True)
    (out / "crossvalidation.json").write_bytes(
        msgspec.json.format(msgspec.json.encode(trained.folds), indent=1)
    )
    place(out.parent, entry, packed)
    return Shipped(entry, trained.missing)


def _taught(corpus: Corpus, scope: Scope) -> set[str]:
    """The sources that teach a model anything, if only what their language looks like."""
    return {row.source for row in corpus.of("train") if shows_tongues(row) and scope.sources(row.source)}
