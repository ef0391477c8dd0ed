"""The part of the page about what the model gets wrong, and what gets past it."""

from collections.abc import Iterator

from discuss.classify.evaluation.layout import heading, share, table
from discuss.classify.evaluation.report import Mistakes, Obfuscation, Report

_MISTAKES = (
    "The mistakes with the largest margin, in log-odds from the threshold, by kind; a row can be of several kinds. *Usual* is "
    "the share of the kind among all rows of the same truth: a kind that is much more frequent among mistakes than usual is "
    "where the model is weak. Labels are noisy, so some of the worst mistakes are the raters'."
)
_OBFUSCATION = (
    "Positives that people wrote, before and after a disguise, of those whose text it changes. *Every word*: each word of four "
    "letters or more, the harder case. *Telling words*: the two places that raised the score most, as somebody would do it who "
    "knows what gives him away; it stands here if the model can say where they are. *Kept* is recall disguised over recall "
    "plain, *still held* the share of those held when plain. *Unscored* texts get no score for the label any more, because "
    "they are judged to be in no language that is covered. These forms serve the evaluation only; training makes others."
)


def failings(report: Report) -> Iterator[str]:
    if report.mistakes:
        yield from heading("The worst mistakes", _MISTAKES)
    for mistakes in report.mistakes:
        yield from _mistakes(mistakes)
    if report.obfuscation:
        yield from heading("Disguised words", _OBFUSCATION)
        names = "label", "language", "words", "disguise", "rows", "recall plain", "recall disguised", "kept"
        rows = [_disguised(one) for one in report.obfuscation]
        yield from table([*names, "still held", "unscored"], rows, words=4)


def _mistakes(mistakes: Mistakes) -> Iterator[str]:
    yield f"### {mistakes.label}, {mistakes.language}: {mistakes.direction}"
    yield ""
    rows = [
        [kind, count, share(mistakes.among_mistakes.get(kind, 0.0)), share(mistakes.usual.get(kind, 0.0))]
        for kind, count in mistakes.kinds.items()
    ]
    worst = f"of the worst {mistakes.worst}"
    yield from table(["kind", worst, f"of all {mistakes.mistakes} mistakes", "usual"], rows)
    yield "The very worst: " + ", ".join(f"`{one}`" for one in mistakes.ids) + "."
    yield ""


def _disguised(one: Obfuscation) -> list[object]:
    return [
        one.label, one.language, one.words, one.kind, one.rows, share(one.recall_plain), share(one.recall_disguised),
        share(one.kept), share(one.still_held), share(one.unscored),
    ]  # fmt: skip
