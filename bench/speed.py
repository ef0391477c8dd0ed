"""What each candidate costs: interleaved rounds, each candidate in a process of its own, all on the same core."""

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from bench import machine, processes, texts
from bench.candidates import PLAIN_MODEL
from bench.roster import EVERYBODY, OURS, YARDSTICK, Candidate

Announce = Callable[[str], None]
Sample = Mapping[str, Any]

BATCH, LIST_BATCH = 256, 8  # a word list takes text by text anyway, and minutes for a large batch
_LESSONS, _LESSONS_SEED = 4000, 11
_COMPARED = {  # a figure, and the yardstick's figure that it is compared with
    **{name: name for name in ("start", "load_with_import", "resident_mb", "peak_mb")},
    **{name: name for name in ("texts_per_s", "texts_per_cpu_s", "one_p50_ms", "one_p99_ms")},
    "one_explained_p50_ms": "one_p50_ms",
    "one_explained_p99_ms": "one_p99_ms",
}


def measure(rounds: int, announce: Announce) -> dict[str, Any]:
    """For each candidate either what it cost, or under `error` why it does not start."""
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.joblib"
        announce("fitting the plain pipeline on generated texts")
        _fit_plain(plain)
        extra = {PLAIN_MODEL: str(plain)}
        failures = _warmed_up(extra, announce)
        ready = [candidate for candidate in EVERYBODY if candidate.name not in failures]
        samples: dict[str, list[Sample]] = {candidate.name: [] for candidate in ready}
        for number in range(rounds):
            for candidate in ready:
                announce(f"round {number + 1} of {rounds}: {candidate.name}")
                samples[candidate.name].append(_sample(candidate, extra))
    return {**_summaries(samples), **failures}


def _fit_plain(target: Path) -> None:
    written = texts.comments(_LESSONS, _LESSONS_SEED)
    with tempfile.TemporaryFile("w+") as told:
        processes.write_lines(told, ({"text": text, "rude": int(texts.rude(text))} for text in written))
        processes.fit_plain(told, str(target))


def _warmed_up(extra: Mapping[str, str], announce: Announce) -> dict[str, Any]:
    """Start each candidate once, so that all find their files in memory. Returns those that do not start, and why."""
    failures = {}
    for candidate in EVERYBODY:
        announce(f"warming up {candidate.name}")
        try:
            processes.answer(candidate, "bench.scoring", candidate.module, extra=extra)
        except processes.Failed as failed:
            if candidate in (OURS, YARDSTICK):
                raise
            failures[candidate.name] = {"error": str(failed)}
    return failures


def _sample(candidate: Candidate, extra: Mapping[str, str]) -> Sample:
    size = LIST_BATCH if candidate.listed else BATCH
    began = time.monotonic()
    measured = processes.answer(
        candidate, "bench.probe", candidate.module, candidate.distribution,
        str(machine.last_core()), str(size), extra=extra,
    )  # fmt: skip
    measured["start"] = measured.pop("ready_at") - began
    return dict(_flat(measured))


def _flat(measured: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in measured.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}_")
        else:
            yield prefix + name, value


def _summaries(samples: Mapping[str, Sequence[Sample]]) -> dict[str, Any]:
    yardstick = samples[YARDSTICK.name]
    return {
        name: {"median": medians(rounds), "ratio": ratios(rounds, yardstick), "rounds": rounds}
        for name, rounds in samples.items()
    }


def medians(rounds: Sequence[Sample]) -> dict[str, Any]:
    """The median of each figure. One that is no number, or unknown in some round, is as in the first round."""
    return {
        name: median(values) if numbers(values := [one[name] for one in rounds]) else values[0]
        for name in rounds[0]
    }


def ratios(rounds: Sequence[Sample], yardstick: Sequence[Sample]) -> dict[str, float]:
    """The median of each figure's ratios to the yardstick's in the same round."""
    pairs = {
        name: [(one[name], other[theirs]) for one, other in zip(rounds, yardstick, strict=True)]
        for name, theirs in _COMPARED.items()
        if name in rounds[0]
    }
    return {
        name: median(mine / theirs for mine, theirs in found)
        for name, found in pairs.items()
        if all(numbers(pair) for pair in found)
    }


def numbers(values: Sequence[object]) -> bool:
    return all(isinstance(value, int | float) for value in values)
