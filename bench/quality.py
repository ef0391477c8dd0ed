"""How well each candidate tells rude from harmless, on rows that our model was not trained on."""

import os
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench import heldout, processes
from bench.candidates import PLAIN_MODEL
from bench.roster import OTHERS, PLAIN, YARDSTICK, Candidate
from discuss.classify import registry
from discuss.classify.data import Example

Announce = Callable[[str], None]
Scores = Mapping[str, float]

EVERYTHING = "all"


def ours(rows: Sequence[Example]) -> Mapping[str, Scores]:
    """For each label, our score of each row; a label that the model lacks is read from `toxic`.

    A row that gets no score counts as harmless, which is how it would be treated.
    """
    classifier = registry.load(registry.default_models_dir())
    scored = classifier.score([row.text for row in rows])
    known = {label: label if label in classifier.labels else "toxic" for label in heldout.LABELS}
    return {
        label: {row.id: one.scores.get(source, 0.0) for row, one in zip(rows, scored, strict=True)}
        for label, source in known.items()
    }


def yardsticks(held: heldout.HeldOut, taught: str, announce: Announce) -> dict[str, Scores]:
    """The scores of all other candidates, as many at a time as there are cores; those that do not start are absent."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        plain = Path(folder) / "plain.joblib"
        extra = {PLAIN_MODEL: str(plain)}
        lessons = held.lessons if taught == EVERYTHING else heldout.sample(held.lessons, int(taught))
        fitted = pool.submit(_fit, lessons, plain)
        waiting = {
            candidate.name: pool.submit(
                _scores, candidate, held.few if candidate.listed else held.rows, extra
            )
            for candidate in sorted((YARDSTICK, *OTHERS), key=lambda one: not one.listed)
            if candidate is not PLAIN
        }
        announce(f"fitting the plain pipeline on {len(lessons)} rows, and scoring with the others")
        fitted.result()
        waiting[PLAIN.name] = pool.submit(_scores, PLAIN, held.rows, extra)
        return {name: scores for name, future in waiting.items() if (scores := future.result())}


def _fit(lessons: Sequence[Example], target: Path) -> None:
    with tempfile.TemporaryFile("w+") as told:
        processes.write_lines(told, ({"text": row.text, "rude": heldout.rude(row)} for row in lessons))
        processes.fit_plain(told, str(target))


def _scores(candidate: Candidate, rows: Iterable[Example], extra: Mapping[str, str]) -> Scores:
    with tempfile.TemporaryFile("w+") as told:
        processes.write_lines(told, ({"id": row.id, "text": row.text} for row in rows))
        try:
            scores: Scores = processes.answer(
                candidate, "bench.scoring", candidate.module, told=told, extra=extra
            )
        except processes.Failed:
            return {}
    return scores
