"""How long moderators wait, as tables in Markdown: the same on the screen and in the documentation."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bench.feed.tables import table
from bench.moderation.latency import P95_MS

Record = Mapping[str, Any]
_WIDE = 150
"""Columns of a plan that are shown: a list of fifty ids needs thousands."""

_HEAD = ("p50, ms", "p95", "most", "p50 while comments come in", "p95", "most", "met")


def render(record: Record) -> str:
    parts = (_circumstances, _waits, _writers, _plans, _slowest)
    blocks = ["\n".join(lines) for part in parts if (lines := [*part(record)])]
    return "\n\n".join([*blocks, *record["notes"]])


def _circumstances(record: Record) -> Iterator[str]:
    whole = record["whole"]
    yield (
        f"{record['measured_at'][:10]}, commit {record['commit']}, {record['cores']} cores: {record['comments']:,} comments, "
        f"{record['held']:,} of them held, {record['each']} questions of each kind; other work took {record['busy']:.0f} % of the machine. All kinds together: p95 "
        f"{whole['alone']['p95_ms']:g} ms, and {whole['written']['p95_ms']:g} ms while comments come in. "
        f"Bar: p95 ≤ {P95_MS:g} ms of every kind; met: {_verdict(record['met'])}."
    )
    if not record["complete"]:
        yield "This was no complete run: it says little."


def _waits(record: Record) -> Iterator[str]:
    groups = dict.fromkeys(one["group"] for one in record["kinds"].values())
    for group in groups:
        kinds = {kind: one for kind, one in record["kinds"].items() if one["group"] == group}
        yield from table((group, "rows", *_HEAD), [_row(kind, one) for kind, one in kinds.items()])
        yield ""


def _row(kind: str, one: Record) -> Sequence[str]:
    figures = (
        f"{one[when][name]:g}" for when in ("alone", "written") for name in ("p50_ms", "p95_ms", "most_ms")
    )
    return kind, str(one["rows"]), *figures, _verdict(one["met"])


def _verdict(met: bool) -> str:
    return "yes" if met else "**no**"


def _writers(record: Record) -> Iterator[str]:
    for one in record["writers"]:
        yield (
            f"The writers: {one['accepted']:,} comments accepted, {one['per_second']:g} a second, answered within {one['p99_ms']:g} ms "
            f"(p99); {one['published']:,} were published, {one['published_meanwhile']:,} of them before the questions ended."
        )


def _plans(record: Record) -> Iterator[str]:
    """The slowest statement of each kind of question."""
    if record["plans"]:
        head = ("slowest statement of", "execution, ms", "pages of 8 KB", "read by")
        rows = [
            (one["kind"], f"{one['execution_ms']:.1f}", f"{one['pages']:,}", ", ".join(one["ways"]))
            for one in dearest(record["plans"], "kind")
        ]
        yield from table(head, rows)


def _slowest(record: Record) -> Iterator[str]:
    for one in dearest(record["plans"], "group"):
        yield f"The slowest statement of the group “{one['group']}” ({one['kind']}):\n\n```"
        yield from (line if len(line) <= _WIDE else line[:_WIDE] + " …" for line in one["lines"])
        yield "```\n"


def dearest(plans: Sequence[Record], of: str) -> list[Record]:
    """For each kind or group, the plan that took the longest."""
    found: dict[str, Record] = {}
    for plan in plans:
        before = found.setdefault(plan[of], plan)
        if plan["execution_ms"] > before["execution_ms"]:
            found[plan[of]] = plan
    return list(found.values())
