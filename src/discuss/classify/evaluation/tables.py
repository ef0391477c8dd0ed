"""Results by source, language and label at the shipped thresholds; the probes; the counts of both kinds of mistake."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from discuss.classify import recipe
from discuss.classify.evaluation import metrics
from discuss.classify.evaluation.report import Confusion, Curve, Probe, Result
from discuss.classify.evaluation.scored_rows import Answers, ScoredRows, together
from discuss.classify.evaluation.sources import AGAINST, Key
from discuss.classify.evaluation.yardsticks import Yardsticks
from discuss.classify.protocol import Classifier

Tables = Mapping[Key, ScoredRows]

_ENOUGH = 20  # positives and negatives needed for a curve that is more than steps


@dataclass(frozen=True, slots=True)
class Measured:
    """One line of the table: the rows of a source, and the rows its figures are computed from."""

    source: str
    language: str
    label: str
    against: str | None
    own: Answers
    answers: Answers


def measured(tables: Tables, classifier: Classifier) -> Iterator[Measured]:
    for (source, language), rows in tables.items():
        for label in classifier.held_from(language):
            if source not in recipe.PROBES and len(own := rows.answers(label)):
                for against, answers in _set_against(tables, own, label, (source, language)):
                    yield Measured(source, language, label, against, own, answers)


def _set_against(tables: Tables, own: Answers, label: str, key: Key) -> Iterator[tuple[str | None, Answers]]:
    source, language = key
    borrowed = [other for other in AGAINST.get((label, source), ()) if (other, language) in tables]
    for other in borrowed:
        yield other, own.beside(tables[other, language].ordinary(label))
    if not borrowed:
        yield None, own


def result(line: Measured, yardsticks: Yardsticks) -> Result:
    answers = line.answers
    return Result(
        source=line.source, language=line.language, label=line.label, against=line.against,
        rows=len(answers), positives=answers.positives,
        auc=answers.auc(), average_precision=metrics.average_precision(answers.truth, answers.scores),
        held=float(line.own.held.mean()), recall=answers.recall(), false_alarms=answers.false_alarms(),
        yardsticks=yardsticks.aucs(line.label, answers),
    )  # fmt: skip


def curves(lines: Sequence[Measured]) -> Iterator[Curve]:
    for line in lines:
        answers = line.answers
        precision = metrics.average_precision(answers.truth, answers.scores)
        if precision is not None and min(answers.positives, len(answers) - answers.positives) >= _ENOUGH:
            yield Curve(
                source=line.source, language=line.language, label=line.label, against=line.against,
                average_precision=precision, base_rate=answers.positives / len(answers),
                points=metrics.precision_recall(answers.truth, answers.scores),
                recall=answers.recall() or 0.0, precision=metrics.share(answers.truth[answers.held] == 1),
            )  # fmt: skip


def probed(tables: Tables, classifier: Classifier) -> Iterator[Measured]:
    """The probes in the same form. Their labels are not known, so they are taken as ordinary."""
    for (source, language), rows in tables.items():
        if source in recipe.PROBES:
            for label in classifier.held_from(language):
                answers = rows.ordinary(label)
                yield Measured(source, language, label, None, answers, answers)


def probe(line: Measured) -> Probe:
    return Probe(
        source=line.source,
        language=line.language,
        label=line.label,
        rows=len(line.own),
        held=float(line.own.held.mean()),
    )


def confusion(natural: Mapping[str, ScoredRows], classifier: Classifier) -> Iterator[Confusion]:
    for language, rows in natural.items():
        for label, threshold in classifier.held_from(language).items():
            answers = rows.answers(label)
            counts = np.bincount(2 * answers.truth + answers.held, minlength=4)
            if len(answers):
                yield Confusion(
                    label=label, language=language, threshold=threshold,
                    passed_rightly=int(counts[0]), held_wrongly=int(counts[1]),
                    missed=int(counts[2]), held_rightly=int(counts[3]),
                )  # fmt: skip


def natural(tables: Tables) -> Mapping[str, ScoredRows]:
    """All rows of a language that people wrote and that have labels, whatever their source."""
    apart = {*recipe.PROBES, *recipe.TEST_ONLY}
    found: dict[str, list[ScoredRows]] = {}
    for (source, language), rows in tables.items():
        if source not in apart:
            found.setdefault(language, []).append(rows)
    return {language: together(parts) for language, parts in found.items()}
