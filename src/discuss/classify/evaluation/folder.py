"""A report as a folder: report.md, metrics.json and the images that report.md shows."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import msgspec

from discuss.classify.evaluation.page import page
from discuss.classify.evaluation.report import Report
from discuss.errors import SetupFailed

Draw = Callable[[Report, Path], list[Path]]


def drawing() -> Draw:
    """The function that draws images, loaded only when a report is wanted, because matplotlib may not be installed."""
    try:
        draw: Draw = import_module("discuss.classify.evaluation.charts").draw
    except ModuleNotFoundError as error:
        if not (error.name or "").startswith("matplotlib"):
            raise
        raise SetupFailed(
            "A report has images, and matplotlib, which draws them, is not installed: pip install 'discuss[report]'. "
            "Without --report the figures are printed all the same."
        ) from error
    return draw


def write(report: Report, folder: Path, draw: Draw) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    images = draw(report, folder)
    (folder / "report.md").write_text(page(report, images), encoding="utf-8")
    (folder / "metrics.json").write_bytes(as_json(report))


def as_json(found: msgspec.Struct) -> bytes:
    return msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n"
