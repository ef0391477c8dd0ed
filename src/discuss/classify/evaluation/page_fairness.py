"""The part of the page about whether naming a group is taken for abuse of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from discuss.classify.evaluation.layout import heading, number, share, table
from discuss.classify.evaluation.report import Bias, Group, Named, Report

_GROUPS = (
    "Synthetic sentences, never trained on. *Subgroup*: AUC among the rows that name the term. *BPSN*: its negatives with the "
    "positives of all others; low means that naming the group alone raises the score. *BNSP*: its positives with the negatives "
    "of all others; low means that abuse of the group is missed. (Borkan et al. 2019.) *Pinned*: all rows, those of the term "
    "weighted up by as much as all weigh together (Dixon et al. 2018)."
)
_NAMED = (
    "Our own sentences in `discuss/classify/evaluation/identity_sentences.py`: the share held of friendly, neutral and mildly "
    "rude ones, and the probability of being toxic of the neutral ones. Nothing friendly or neutral should be held."
)
_MEASURES: Mapping[str, Callable[[Group], float]] = MappingProxyType(
    {
        "subgroup": lambda group: group.subgroup,
        "BPSN": lambda group: group.bpsn,
        "BNSP": lambda group: group.bnsp,
        "pinned": lambda group: group.pinned,
    }
)


def fairness(report: Report) -> Iterator[str]:
    if report.bias:
        yield from _groups(report.bias)
    if report.named:
        yield from _named(report.named)


def _groups(bias: Bias) -> Iterator[str]:
    yield from heading("Words for groups, English", _GROUPS)
    yield f"`{bias.source}`, {bias.rows} rows: AUC {number(bias.auc)} over all. {_lowest(bias.groups)}"
    yield ""
    rows = [
        [group.term, group.rows, *(number(measure(group)) for measure in _MEASURES.values())]
        for group in bias.groups
    ]
    yield from table(["term", "rows", *_MEASURES], rows)


def _lowest(groups: Sequence[Group]) -> str:
    if not groups:
        return ""
    found = {name: (min(groups, key=measure), measure) for name, measure in _MEASURES.items()}
    told = [f"{name} {number(measure(group))} ({group.term})" for name, (group, measure) in found.items()]
    return f"The lowest: {', '.join(told)}."


def _named(named: Sequence[Named]) -> Iterator[str]:
    yield from heading("Words for groups, Russian", _NAMED)
    mean = sum(one.neutral_held for one in named) / len(named)
    yield f"Neutral sentences held: {share(mean)}."
    yield ""
    names = "group", "friendly held", "neutral held", "rude held", "neutral, mean", "neutral, highest"
    rows = [
        [
            one.group, share(one.friendly_held), share(one.neutral_held), share(one.rude_held),
            number(one.neutral_mean), number(one.neutral_highest),
        ]
        for one in sorted(named, key=lambda one: -one.neutral_mean)
    ]  # fmt: skip
    yield from table(names, rows)
