"""Measures one candidate in a process of its own: `python -m bench.probe MODULE DISTRIBUTION CORE BATCH`.

Standard output gets one line of JSON. Times are seconds, unless their name says otherwise.
"""

import importlib
import importlib.metadata
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence

from bench import machine, texts
from bench.candidates import Explainer, Loaded

_SECONDS = 1.0
_SINGLE_CALLS = 100  # fewer would make the slowest one in a hundred a guess
_TEXTS = 2048
_SEED = 5


def main(module: str, distribution: str, core: str, batch: str) -> None:
    machine.pin(int(core))
    loaded, measured = _loading(module)
    written = texts.comments(_TEXTS, _SEED)
    measured |= _in_batches(loaded, written, int(batch)) | {
        "version": importlib.metadata.version(distribution)
    }
    measured["peak_mb"] = _added(machine.peak_mb(), measured["resident_before_mb"])
    measured["one"] = _one_by_one(loaded.score, written)
    if explain := loaded.explain:
        measured["one_explained"] = _one_by_one(lambda one: (loaded.score(one), explain(one)), written)
        measured["parts_explained"] = _parts(explain, written)
    sys.stdout.write(json.dumps(measured) + "\n")


def _loading(module: str) -> tuple[Loaded, dict[str, object]]:
    before, began = machine.resident_mb(), time.perf_counter()
    candidate = importlib.import_module(f"bench.candidates.{module}")
    imported = time.perf_counter()
    loaded = candidate.load()
    ended, after = time.perf_counter(), machine.resident_mb()
    loaded.score(["Hello"])
    return loaded, {
        "ready_at": time.monotonic(),
        "load_with_import": ended - began,
        "load": ended - imported,
        "resident_before_mb": before,
        "resident_mb": _added(after, before),
    }


def _added(after: float | None, before: object) -> float | None:
    return after - before if after is not None and isinstance(before, float) else None


def _in_batches(loaded: Loaded, written: Sequence[str], size: int) -> dict[str, object]:
    batches = [written[start : start + size] for start in range(0, len(written), size)]
    cpu, wall = time.process_time(), time.perf_counter()
    times = sorted(_times(loaded.score, batches, at_least=3))
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return {
        "texts_per_s": size / times[len(times) // 2],
        "texts_per_cpu_s": size * len(times) / cpu,
        "batch": size,
        "share_of_core": cpu / wall,
    }


def _one_by_one(call: Callable[[Sequence[str]], object], written: Sequence[str]) -> dict[str, float]:
    times = sorted(_times(call, [[text] for text in written], at_least=_SINGLE_CALLS))
    return {
        "calls": len(times),
        "p50_ms": 1e3 * times[len(times) // 2],
        "p99_ms": 1e3 * times[len(times) * 99 // 100],
    }


def _times(
    call: Callable[[Sequence[str]], object], inputs: Sequence[Sequence[str]], at_least: int
) -> Iterator[float]:
    """How long each call took, going round the inputs until it is time to stop."""
    began, calls = time.perf_counter(), 0
    while calls < at_least or time.perf_counter() - began < _SECONDS:
        start = time.perf_counter()
        call(inputs[calls % len(inputs)])
        yield time.perf_counter() - start
        calls += 1


def _parts(explain: Explainer, written: Sequence[str]) -> int:
    """How many parts were explained at all: explaining nothing would look fast."""
    return sum(len(parts) for labels in explain(written) for parts in labels.values())


if __name__ == "__main__":
    main(*sys.argv[1:])
