"""What was found, as tables in Markdown: the same on the screen and in the documentation."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bench.feed import bars

Record = Mapping[str, Any]
_STORES = {"redis": "Redis commands", "postgresql": "PostgreSQL transactions"}
_PLACES = {
    "api": "API, the process measured",
    "worker": "worker",
    "api_written": "API, where comments were published",
    "worker_written": "worker, where comments were published",
    "api_large": "API, large case",
    "worker_large": "worker, large case",
}


def render(record: Record) -> str:
    parts = (
        _circumstances, _comparisons, _writers, _spending, _steady, _propagation, _large, _memory,
    )  # fmt: skip
    blocks = ["\n".join(lines) for part in parts if (lines := [*part(record)])]
    return "\n\n".join([*blocks, *record["notes"]])


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The first column is text, the others are figures."""
    yield "| " + " | ".join(head) + " |"
    yield "|---|" + "---:|" * (len(head) - 1)
    for row in rows:
        yield "| " + " | ".join(row) + " |"


def _circumstances(record: Record) -> Iterator[str]:
    yield (
        f"{record['measured_at'][:10]}, commit {record['commit']}, {record['cores']} cores, {record['pairs']} pairs of "
        f"{record['seconds']:g} s, a body of {record['body_bytes']:,} bytes."
    )
    if not record["complete"]:
        yield "This was no complete run: its intervals and its bars say little."


def _comparisons(record: Record) -> Iterator[str]:
    if found := record["comparisons"]:
        head = ("What", "compared with", "requests/s", "p99, ms", "ratio (95 %)", "× nginx", "bar", "met")
        yield from table(head, [_row(one) for one in found.values()])
        yield from _failures(found)


def _row(one: Record) -> Sequence[str]:
    nginx = one["times_nginx"]
    return (
        one["title"], one["against"], f"{one['rate']:,.0f}", f"{one['p99_ms']:.1f}", _ratio(one["ratio"]),
        f"{nginx['median']:.2f}" if nginx else "", one["bar"] or "", _verdict(one["met"]),
    )  # fmt: skip


def _ratio(found: Record) -> str:
    """If too few pairs were taken for 95 %, the confidence is given too."""
    rough = "" if found["confidence"] >= 0.95 else f", {found['confidence']:.0%} only"  # noqa: PLR2004
    return f"{found['median']:.2f} ({found['low']:.2f} to {found['high']:.2f}{rough})"


def _verdict(met: bool | None) -> str:
    return "" if met is None else "yes" if met else "**no**"


def _failures(found: Record) -> Iterator[str]:
    broken = {one["title"]: one["failed"] for one in found.values() if one["failed"]}
    if broken:
        yield (
            "\nNot answered as they should be: "
            + ", ".join(f"{name}, {n}" for name, n in broken.items())
            + "."
        )


def _writers(record: Record) -> Iterator[str]:
    if reports := record["writers"]:
        posted, published = (sum(one[name] for one in reports) for name in ("accepted", "published"))
        slowest = max(one["p99_ms"] for one in reports)
        slow = min(one["per_second"] for one in reports)
        meanwhile = sum(one["published_meanwhile"] for one in reports)
        yield (
            f"The writers: {posted:,} comments accepted, never fewer than {slow:g} a second in any sample, answered within "
            f"{slowest:g} ms (the slowest sample's p99); {published:,} were published, {meanwhile:,} of them before the sample ended."
        )


def _spending(record: Record) -> Iterator[str]:
    if found := record["spending"]:
        head = ("Processor time of a comment, ms", "total", "of which in the background")
        rows = [(name, f"{ms:.2f}", f"{found['idle_ms'][name]:.2f}") for name, ms in found["each_ms"].items()]
        everything = ("together", f"{found['total_ms']:.2f}", f"{sum(found['idle_ms'].values()):.2f}")
        yield from table(head, [*rows, everything])


def _steady(record: Record) -> Iterator[str]:
    if found := record["steady"]:
        head = (
            "In steady state",
            "polls",
            *(f"{name}: polls / idle" for name in _STORES.values()),
            "per poll",
            "met",
        )
        yield from table(head, [_steady_row(name, one) for name, one in found.items()])


def _steady_row(name: str, one: Record) -> Sequence[str]:
    each = ", ".join(f"{max(one['each'][store], 0):.5f}" for store in _STORES)
    windows = (f"{one['busy'][store]:,} / {one['idle'][store]:,}" for store in _STORES)
    return name, f"{one['requests']:,}", *windows, each, _verdict(one["met"])


def _propagation(record: Record) -> Iterator[str]:
    if found := record["propagation"]:
        yield (
            f"From the commit of a decision to every process serving it, at {found['polls_per_second']:,} polls a second, "
            f"{found['decisions']} decisions: p50 {found['p50_ms']:g} ms, p99 {found['p99_ms']:g} ms, at most "
            f"{found['most_ms']:g} ms. Bar: p99 ≤ {bars.PROPAGATED_P99_MS:g} ms; met: {_verdict(found['met'])}."
        )


def _large(record: Record) -> Iterator[str]:
    if record["large_overlaps"] is not None:
        verdict = _verdict(record["large_overlaps"])
        yield f"The feed's interval with {record['large_articles']:,} articles overlaps that with 1,000: {verdict}.\n"
    if found := record["queries"]:
        head = ("Per request", *(f"{name}, small / large" for name in _STORES.values()), "the same")
        yield from table(head, [_queries_row(name, one) for name, one in found.items()])


def _queries_row(name: str, one: Record) -> Sequence[str]:
    small, large = one["small"]["each"], one["large"]["each"]
    pairs = (f"{max(small[store], 0):.2f} / {max(large[store], 0):.2f}" for store in _STORES)
    return name, *pairs, _verdict(one["same"])


def _memory(record: Record) -> Iterator[str]:
    rows = [
        (_PLACES[name], " + ".join(f"{mb:g}" for mb in found)) for name, found in record["memory_mb"].items()
    ]
    if rows:
        yield from table(("Memory (proportional), MB", "parent process first"), rows)
