"""Training from start to end: fit, calibrate, choose thresholds, write the artefact and record it."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version as installed
from pathlib import Path

import msgspec

from discuss.classify import artefact, calibrate, manifest, train
from discuss.classify.corpus import Corpus
from discuss.classify.data import Example
from discuss.classify.heads import Floats
from discuss.classify.manifest import Entry
from discuss.classify.model import LinearClassifier


def ship(corpus: Corpus, out: Path, version: str, announce: train.Announce) -> Entry:
    """Train a model, put it into the folder `out` and into the manifest beside that folder."""
    raw = train.fit(corpus, announce)
    draft = _draft(corpus, out, version)
    announce("calibrating")
    parts = replace(raw, calibration=calibrate.curves(corpus, partial(_decide, LinearClassifier(draft, raw))))
    announce("choosing thresholds")
    thresholds = calibrate.thresholds(corpus, LinearClassifier(draft, parts))
    packed = artefact.pack(parts)
    entry = msgspec.structs.replace(
        draft,
        sha256=hashlib.sha256(packed).hexdigest(),
        bytes=len(packed),
        thresholds={
            label: dict.fromkeys(sorted(curves), thresholds[label])
            for label, curves in parts.calibration.items()
        },
    )
    out.mkdir(parents=True, exist_ok=True)
    (out.parent / entry.file).write_bytes(packed)
    manifest.record(out.parent, entry)
    return entry


def _draft(corpus: Corpus, out: Path, version: str) -> Entry:
    """What is known of the model before it is fitted."""
    return Entry(
        name=out.name,
        version=version,
        file=f"{out.name}/model.skops",
        sha256="",
        bytes=0,
        labels=list(calibrate.BASE_RATE),
        thresholds={},
        trained_at=datetime.now(UTC).isoformat(timespec="seconds"),
        seed=corpus.seed,
        scikit_learn=installed("scikit-learn"),
        data=corpus.fingerprints,
    )


def _decide(classifier: LinearClassifier, rows: Sequence[Example], label: str) -> Floats:
    """The head's answers on examples, whose texts are normalised already."""
    return classifier.decisions([row.text for row in rows], [row.normalised for row in rows])[label]
