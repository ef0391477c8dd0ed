"""One run of wrk, and what it said."""

import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from statistics import fmean

from bench.processes import Failed

CONNECTIONS = 32
_TIMEOUT = 20
_MS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}
_BYTES = {"B": 1, "KB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30}


@dataclass(frozen=True, slots=True)
class Sample:
    """`failed`: answers of 400 and more, broken connections and requests that were never answered."""

    rate: float
    p50_ms: float
    p99_ms: float
    requests: int
    bytes_each: float
    failed: int


@dataclass(frozen=True, slots=True)
class Address:
    """What is asked for, again and again. Answers with more bytes than `at_most` are not the ones to be measured."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    at_most: float = inf

    def checked(self, sample: Sample) -> Sample:
        """Raises `Failed` if bodies came where there should have been 304s."""
        if sample.bytes_each > self.at_most:
            raise Failed(f"{self.url} answered with {sample.bytes_each:.0f} bytes, not with 304")
        return sample


def installed() -> bool:
    return shutil.which("wrk") is not None


def run(address: Address, seconds: float) -> Sample:
    told = [word for name, value in address.headers.items() for word in ("-H", f"{name}: {value}")]
    duration = ["-t1", f"-c{CONNECTIONS}", f"-d{max(round(seconds), 1)}s", "--timeout", f"{_TIMEOUT}s"]
    done = subprocess.run(  # noqa: S603  - a fixed program, and addresses of our own
        [shutil.which("wrk") or "wrk", *duration, "--latency", *told, address.url],
        capture_output=True, text=True, check=False, timeout=seconds + 2 * _TIMEOUT,
    )  # fmt: skip
    if done.returncode:
        raise Failed(f"wrk gave up on {address.url}: {(done.stderr or done.stdout).strip()}")
    return address.checked(parse(done.stdout))


def together(samples: Sequence[Sample]) -> Sample:
    """Several samples as one: means, except for the slowest p99, and sums of what was counted."""
    requests = sum(one.requests for one in samples)
    return Sample(
        rate=fmean(one.rate for one in samples), p50_ms=fmean(one.p50_ms for one in samples),
        p99_ms=max(one.p99_ms for one in samples), requests=requests,
        bytes_each=sum(one.bytes_each * one.requests for one in samples) / max(requests, 1),
        failed=sum(one.failed for one in samples),
    )  # fmt: skip


def parse(said: str) -> Sample:
    """Raises `Failed` if the output is not like that of wrk 4.x."""
    try:
        requests, amount, unit = _found(r"(\d+) requests in \S+ ([\d.]+)(\w+) read", said)
        size = float(amount) * _BYTES[unit]
        return Sample(
            rate=float(_found(r"Requests/sec:\s+([\d.]+)", said)[0]),
            p50_ms=_milliseconds("50%", said), p99_ms=_milliseconds("99%", said),
            requests=int(requests), bytes_each=size / max(int(requests), 1), failed=_failed(said),
        )  # fmt: skip
    except (LookupError, ValueError) as error:
        raise Failed(f"wrk said something unknown: {said.strip()[:200]}") from error


def _found(pattern: str, said: str) -> tuple[str, ...]:
    found = re.search(pattern, said, re.MULTILINE)
    if found is None:
        raise LookupError(pattern)
    return found.groups()


def _milliseconds(share: str, said: str) -> float:
    value, unit = _found(rf"^\s+{share}\s+([\d.]+)([a-z]+)", said)
    return float(value) * _MS[unit]


def _failed(said: str) -> int:
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    broken = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", said)
    return sum(int(number) for found in (refused, broken) if found for number in found.groups())
