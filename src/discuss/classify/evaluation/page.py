"""A report as a page for readers: what was measured, how to read it, and the figures."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from discuss.classify.evaluation.layout import heading, number, share, table
from discuss.classify.evaluation.page_failings import failings
from discuss.classify.evaluation.page_fairness import fairness
from discuss.classify.evaluation.report import Report, Result

_RESULTS = (
    "Rows kept out of training. *Held* is the share of the source's rows at or above the threshold, *recall* that of the "
    "positives, *false alarms* that of the negatives. A row that the model judges to be in a language it does not cover is "
    "not held. A source with positives only is set *against* ordinary comments of the same language; rows, AUC, average "
    "precision and false alarms are then those of both together. Average precision depends on the share of positives."
)
_PROBES = "Ordinary talk, never trained on. A few of the readers' comments are really rude."
_HANDWRITTEN = (
    "Our own comments in `discuss/classify/evaluation/handwritten/`, never trained on. Of the ordinary ones none should be held, of the "
    "others all, for whatever label."
)
_CURVES = "The dot is where the shipped threshold stands, the dotted line what chance would give."
_CALIBRATION = (
    "Expected calibration error over ten bins of equal mass, and by how much the Brier score is better than always saying "
    "the base rate. English news comments count as they are; the Russian sets are richer in abuse than any site and are "
    "re-weighted. Bars are 95 % intervals."
)
_CONFUSION = (
    "All kept-out rows of a language that people wrote and that say something of the label, whatever the source; the mix is "
    "not that of a site. Synthetic rows are left out."
)


def page(report: Report, images: Sequence[Path]) -> str:
    sections = (
        _opening(report),
        _results(report),
        _probes(report),
        _handwritten(report),
        _curves(images),
        _calibration(report, images),
        _confusion(report),
        failings(report),
        fairness(report),
    )
    return "\n".join(line for section in sections for line in section).rstrip() + "\n"


def _opening(report: Report) -> Iterator[str]:
    yield f"# {report.model}: evaluation"
    yield ""
    yield "A text is held if its probability reaches the threshold of the language it is judged to be in."
    yield ""
    labels = sorted({label for limits in report.thresholds.values() for label in limits})
    rows = [
        [language, *(f"{limits[label]:.3g}" if label in limits else "" for label in labels)]
        for language, limits in report.thresholds.items()
    ]
    yield from table(["language", *labels], rows)


def _results(report: Report) -> Iterator[str]:
    yield from heading("By source, language and label", _RESULTS)
    packages = sorted({name for line in report.results for name in line.yardsticks})
    names = "source", "language", "label", "against", "rows", "positives", "AUC"
    figures = "average precision", "held", "recall", "false alarms"
    yield from table(
        [*names, *(f"AUC of {package}" for package in packages), *figures],
        [_result(line, packages) for line in report.results],
        words=4,
    )


def _result(line: Result, packages: Sequence[str]) -> Sequence[object]:
    return [
        f"`{line.source}`", line.language, line.label, f"`{line.against}`" if line.against else "",
        line.rows, line.positives, number(line.auc),
        *(number(line.yardsticks.get(package)) for package in packages),
        number(line.average_precision), share(line.held), share(line.recall), share(line.false_alarms),
    ]  # fmt: skip


def _probes(report: Report) -> Iterator[str]:
    if report.probes:
        yield from heading("Probes", _PROBES)
        rows = [
            [f"`{one.source}`", one.language, one.label, one.rows, share(one.held)] for one in report.probes
        ]
        yield from table(["source", "language", "label", "rows", "held"], rows, words=3)


def _handwritten(report: Report) -> Iterator[str]:
    if report.handwritten:
        yield from heading("Comments written by hand", _HANDWRITTEN)
        rows = [
            [
                one.language, one.kind, ", ".join(f"{label} {count}" for label, count in one.by_label.items()),
                one.comments, one.held, share(one.held / one.comments),
            ]
            for one in report.handwritten
        ]  # fmt: skip
        yield from table(["language", "kind", "held for", "comments", "held", "share"], rows, words=3)


def _curves(images: Sequence[Path]) -> Iterator[str]:
    chosen = [image for image in images if image.stem.startswith("precision-recall-")]
    if chosen:
        yield from heading("Precision over recall", _CURVES)
    for image in chosen:
        label, _, language = image.stem.removeprefix("precision-recall-").rpartition("-")
        yield f"### {label}, {language}"
        yield ""
        yield f"![Precision over recall for {label} in {language}, by source]({image.name})"
        yield ""


def _calibration(report: Report, images: Sequence[Path]) -> Iterator[str]:
    if report.calibration:
        yield from heading("Calibration of toxicity", _CALIBRATION)
        names = "language", "sources", "positives", "rows", "expected error", "Brier skill"
        rows = [
            [
                one.language, ", ".join(f"`{source}`" for source in one.sources),
                f"weighted to {one.base_rate:.0%}" if one.base_rate else "as they are",
                one.rows, number(one.expected_error), number(one.brier_skill),
            ]
            for one in report.calibration
        ]  # fmt: skip
        yield from table(names, rows, words=3)
    for image in images:
        if image.stem == "reliability":
            yield f"![Share of toxic rows over mean probability, in ten bins]({image.name})"
            yield ""


def _confusion(report: Report) -> Iterator[str]:
    yield from heading("Counts at the thresholds", _CONFUSION)
    names = "label", "language", "threshold", "held rightly", "held wrongly", "missed", "passed rightly"
    rows = [
        [
            one.label, one.language, f"{one.threshold:.3g}",
            one.held_rightly, one.held_wrongly, one.missed, one.passed_rightly,
        ]
        for one in report.confusion
    ]  # fmt: skip
    yield from table(names, rows, words=2)
