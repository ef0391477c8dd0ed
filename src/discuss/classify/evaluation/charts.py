"""The images of a report, drawn from the report alone.

One blue for what was measured, one orange for the threshold, grey for the rest: colour-blind people can tell them apart, and
their lightness is legible on white and on dark pages, since the background is transparent.
"""

import math
from collections.abc import Iterator, Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from discuss.classify.evaluation.report import Calibration, Curve, Report

_MEASURED, _THRESHOLD, _REST = "#2f83bd", "#d5702a", "#7b8087"
_COLUMNS = 4
_PANEL = 2.3  # inches
_FURNITURE = mpl.RcParams(
    {
        "axes.edgecolor": _REST,
        "axes.labelcolor": _REST,
        "axes.spines.right": False,
        "axes.spines.top": False,
        "axes.titlecolor": _REST,
        "axes.titlesize": 8,
        "font.size": 8,
        "legend.frameon": False,
        "legend.labelcolor": _REST,
        "svg.hashsalt": "report",  # the same report gives the same file
        "text.color": _REST,
        "xtick.color": _REST,
        "ytick.color": _REST,
    }
)


def draw(report: Report, folder: Path) -> list[Path]:
    """Draw every image of the report into the folder."""
    with mpl.rc_context(_FURNITURE):
        return [_saved(figure, folder / f"{name}.svg") for name, figure in _figures(report)]


def _figures(report: Report) -> Iterator[tuple[str, Figure]]:
    for label, language in sorted({(curve.label, curve.language) for curve in report.curves}):
        alike = [curve for curve in report.curves if (curve.label, curve.language) == (label, language)]
        yield f"precision-recall-{label}-{language}", _precision_recall(alike)
    if report.calibration:
        yield "reliability", _reliability(report.calibration)


def _saved(figure: Figure, path: Path) -> Path:
    figure.savefig(path, transparent=True, bbox_inches="tight", metadata={"Date": None})
    return path


def _grid(panels: int, columns: int, size: float) -> tuple[Figure, Sequence[Axes]]:
    rows = math.ceil(panels / columns)
    figure = Figure(figsize=(size * columns, (size + 0.15) * rows), layout="constrained")
    axes: list[Axes] = list(figure.subplots(rows, columns, squeeze=False).flat)
    for spare in axes[panels:]:
        spare.set_visible(False)
    return figure, axes[:panels]


def _precision_recall(curves: Sequence[Curve]) -> Figure:
    figure, panels = _grid(len(curves), _COLUMNS, _PANEL)
    for axes, curve in zip(panels, curves, strict=True):
        _curve(axes, curve)
    panels[0].legend(loc="lower left", fontsize=7)
    figure.supxlabel("recall", fontsize=8)
    figure.supylabel("precision", fontsize=8)
    return figure


def _curve(axes: Axes, curve: Curve) -> None:
    axes.plot(*zip(*curve.points, strict=True), color=_MEASURED, linewidth=1.4)
    axes.axhline(curve.base_rate, color=_REST, linewidth=0.8, linestyle=":", label="base rate")
    if curve.precision is not None:
        axes.plot([curve.recall], [curve.precision], "o", color=_THRESHOLD, markersize=5, label="threshold")
    against = f"\nagainst {curve.against}" if curve.against else ""
    axes.set_title(f"{curve.source}{against}\naverage precision {curve.average_precision:.2f}")
    axes.set(xlim=(0, 1.02), ylim=(0, 1.04), xticks=(0, 0.5, 1), yticks=(0, 0.5, 1))


def _reliability(calibrations: Sequence[Calibration]) -> Figure:
    figure, panels = _grid(len(calibrations), len(calibrations), 1.4 * _PANEL)
    for axes, calibration in zip(panels, calibrations, strict=True):
        _bins(axes, calibration)
    figure.supxlabel("mean probability of being toxic", fontsize=8)
    figure.supylabel("share that is", fontsize=8)
    return figure


def _bins(axes: Axes, calibration: Calibration) -> None:
    bins = calibration.bins
    expected, observed = [one.expected for one in bins], [one.observed for one in bins]
    reach = [[one.observed - one.low for one in bins], [one.high - one.observed for one in bins]]
    end = 1.05 * max([*expected, *(one.high for one in bins)])
    axes.plot([0, end], [0, end], color=_REST, linewidth=0.8, linestyle=":")
    axes.errorbar(
        expected, observed, reach, color=_MEASURED, marker="o", markersize=4, linewidth=1.2, elinewidth=0.8
    )
    axes.set(xlim=(0, end), ylim=(0, end))
    axes.set_title(
        f"{calibration.language}, {calibration.rows:,} rows, error {calibration.expected_error:.3f}"
    )
