"""The tables of the shipped model's card say what `metrics.json` and `crossvalidation.json` say.

A failure shows the row that the card should have.
"""

from collections import defaultdict
from collections.abc import Sequence

import msgspec
import pytest

from discuss.classify import registry
from discuss.classify.crossvalidation import Fold
from discuss.classify.evaluation.report import Report, Result

FOLDER = registry.default_models_dir() / "comments-ru-en"
CARD = (FOLDER / "card.md").read_text(encoding="utf-8")
LANGUAGES = {"en": "English", "ru": "Russian"}


@pytest.fixture(scope="module")
def report() -> Report:
    return msgspec.json.decode((FOLDER / "metrics.json").read_bytes(), type=Report)


@pytest.fixture(scope="module")
def folds() -> dict[tuple[str, str, str], Fold]:
    found = msgspec.json.decode((FOLDER / "crossvalidation.json").read_bytes(), type=list[Fold])
    return {(fold.source, fold.language, fold.label): fold for fold in found}


def rows(heading: str) -> list[list[str]]:
    """The cells of every table below a heading, without the tables' own headings."""
    section = CARD.split(f"\n### {heading}\n")[1].split("\n### ")[0].split("\n## ")[0]
    lines = section.splitlines()
    told = [
        line
        for line, after in zip(lines, [*lines[1:], ""], strict=True)
        if line.startswith("|") and not line.startswith("|---") and not after.startswith("|---")
    ]
    assert told
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in told]


def by_source(report: Report) -> dict[tuple[str, str, str], list[Result]]:
    """Where the negatives are borrowed from two sources there are two results."""
    found: dict[tuple[str, str, str], list[Result]] = defaultdict(list)
    for result in report.results:
        found[f"`{result.source}`", result.language, result.label].append(result)
    return found


def area(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def share(value: float | None) -> str:
    return "" if value is None else f"{100 * value:.1f} %"


def both(told: Sequence[str]) -> str:
    return " / ".join(told)


def test_thresholds(report):
    told = {label.strip("`"): cells for label, *cells in rows("Thresholds")}
    assert told == {
        label: [
            f"{report.thresholds[language][label]:.2f}" if label in report.thresholds[language] else "–"
            for language in ("ru", "en", "de", "pt")
        ]
        for label in told
    }
    assert {label for language in report.thresholds.values() for label in language} == told.keys()


def test_order_by_source(report, folds):
    results = by_source(report)
    for source, language, label, note, *told in rows("Order: AUC by source"):
        fold = folds.get((source.strip("`"), language, label))
        crossed = (
            [str(fold.rows), str(fold.positives), area(fold.auc), area(fold.spread)] if fold else [""] * 4
        )
        found = sorted(results[source, language, label], key=lambda one: note.find(one.against or ""))
        kept_out = [str(found[0].rows), both([area(one.auc) for one in found])]
        assert [source, label, *told] == [source, label, *crossed, *kept_out]


def test_what_is_held(report):
    results = by_source(report)
    for source, language, label, *told in rows("What is held at the thresholds"):
        found = results[source, language, label]
        positives_only = found[0].against is not None
        held = found[0].recall if positives_only else found[0].held
        alarms = both([share(one.false_alarms) for one in found])
        assert [source, label, *told] == [source, label, share(found[0].recall), alarms, share(held)]


def test_probes(report):
    told = [cells for cells in rows("Probes") if cells[0].startswith("`")]
    held = {(probe.source, probe.label): probe for probe in report.probes}
    assert told == [
        [
            f"`{source}`",
            str(held[source, "toxic"].rows),
            share(held[source, "toxic"].held),
            share(held[source, "spam"].held),
        ]
        for source in (cells[0].strip("`") for cells in told)
    ]


def test_disguised_words(report):
    columns = [
        ("toxic", "ru"),
        ("toxic", "en"),
        ("toxic", "de"),
        ("toxic", "pt"),
        ("spam", "ru"),
        ("spam", "en"),
    ]
    kept = {(one.words, one.kind, one.label, one.language): share(one.kept) for one in report.obfuscation}
    told = rows("Disguised words")
    assert told == [
        [words, kind, *(kept.get((words, kind, *column), "") for column in columns)]
        for words, kind, *_ in told
    ]
    assert {(words, kind) for words, kind, *_ in told} == {(words, kind) for words, kind, *_ in kept}


def test_comments_written_by_hand(report):
    held = {(one.language, one.kind): f"{one.held} of {one.comments}" for one in report.handwritten}
    assert rows("Comments written by hand") == [
        [name, *(held[language, kind] for kind in ("ordinary", "abuse", "threat", "spam"))]
        for language, name in LANGUAGES.items()
    ]


def test_words_for_groups(report):
    whole, *terms = [cells for cells in rows("Words for groups") if len(cells) == 6]
    bias = report.bias
    assert whole[:3] == ["*all*", str(bias.rows), f"AUC {area(bias.auc)}"]
    lowest = sorted(bias.groups, key=lambda group: group.bpsn)[: len(terms)]
    assert terms == [
        [one.term, str(one.rows), *map(area, (one.subgroup, one.bpsn, one.bnsp, one.pinned))]
        for one in lowest
    ]
    assert [cells for cells in rows("Words for groups") if len(cells) == 5] == [
        [
            one.group,
            share(one.friendly_held),
            share(one.neutral_held),
            share(one.rude_held),
            area(one.neutral_mean),
        ]
        for one in report.named
    ]


def test_calibration(report):
    found = {one.language: one for one in report.calibration}
    for language, _sources, _positives, *told in rows("Calibration of toxicity"):
        one = found[language]
        assert [language, *told] == [language, str(one.rows), area(one.expected_error), area(one.brier_skill)]
