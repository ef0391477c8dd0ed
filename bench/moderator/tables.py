"""What a replay found, as a table in Markdown."""

from collections.abc import Mapping, Sequence
from typing import Any

from bench.feed.tables import table

Figures = Mapping[str, Any]
_TITLES = {
    "shipped": "as shipped",
    "premoderated": "everything held first",
    "lists": "lists of words only",
}
_HEAD = (
    "Moderation", "comments", "abusive ones seen", "abusive ones never found", "seen for, p50", "p90", "ordinary ones held",
    "ordinary ones lost", "ordinary ones waited, p50", "p90", "actions per 1,000",
)  # fmt: skip


def render(told: Mapping[str, Figures]) -> str:
    return "\n".join(table(_HEAD, [_row(way, found) for way, found in told.items()]))


def _row(way: str, found: Figures) -> Sequence[str]:
    seen, waited = found["seen_for"], found["ordinary_waited"]
    return (
        _TITLES[way], f"{found['comments']:,}", _share(found["abusive_seen"]), _share(found["abusive_unfound"]),
        _time(seen["p50"]), _time(seen["p90"]), _share(found["ordinary_held"]), _share(found["ordinary_lost"]),
        _time(waited["p50"]), _time(waited["p90"]), f"{found['acts_per_thousand']:g}",
    )  # fmt: skip


def _share(part: float) -> str:
    return f"{100 * part:.1f} %"


def _time(seconds: float | None) -> str:
    if seconds is None:
        return "–"
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"  # noqa: PLR2004  - two minutes
