"""Whether naming a group is taken for abuse of it."""

from collections.abc import Iterator, Mapping

import numpy as np

from discuss.classify.evaluation import identity_sentences, metrics
from discuss.classify.evaluation.identity_sentences import GROUPS, SENTENCES, about
from discuss.classify.evaluation.identity_terms import english_terms
from discuss.classify.evaluation.metrics import Flags, Floats
from discuss.classify.evaluation.report import Bias, Group, Named
from discuss.classify.evaluation.scored_rows import Answers, ScoredRows, held, probabilities
from discuss.classify.evaluation.sources import MADLIBS, Key
from discuss.classify.protocol import Classifier

_LABEL = "toxic"
_FEWEST = 30  # rows of a term


def bias(tables: Mapping[Key, ScoredRows], classifier: Classifier) -> Bias | None:
    rows = tables.get((MADLIBS, "en"))
    if not rows or _LABEL not in classifier.held_from("en"):
        return None
    answers = rows.answers(_LABEL)
    terms = [english_terms(row.text) for row in rows.examples if _LABEL in row.labels]
    overall = answers.auc()
    if overall is None:
        return None
    groups = sorted(_groups(answers, terms), key=lambda group: (group.bpsn, group.term))
    return Bias(source=MADLIBS, rows=len(answers), auc=overall, groups=groups)


def _groups(answers: Answers, terms: list[frozenset[str]]) -> Iterator[Group]:
    for term in sorted(frozenset[str]().union(*terms)):
        named = np.array([term in found for found in terms], dtype=np.bool_)
        if named.sum() >= _FEWEST and (group := _group(term, answers, named)):
            yield group


def _group(term: str, answers: Answers, named: Flags) -> Group | None:
    positive = answers.truth == 1
    subgroup = _auc(answers, named)
    bpsn = _auc(answers, (named & ~positive) | (~named & positive))
    bnsp = _auc(answers, (named & positive) | (~named & ~positive))
    pinned = metrics.auc(answers.truth, answers.scores, _pinned(named))
    if subgroup is None or bpsn is None or bnsp is None or pinned is None:
        return None
    return Group(term=term, rows=int(named.sum()), subgroup=subgroup, bpsn=bpsn, bnsp=bnsp, pinned=pinned)


def _auc(answers: Answers, chosen: Flags) -> float | None:
    return metrics.auc(answers.truth[chosen], answers.scores[chosen])


def _pinned(named: Flags) -> Floats:
    """Weights of which half are on the rows that name the term, and half are spread evenly over all rows."""
    weights: Floats = named / named.sum() + 1 / len(named)
    return weights


def named(classifier: Classifier) -> list[Named]:
    """The results on our Russian sentences by group; empty if the model does not cover Russian."""
    if _LABEL not in classifier.held_from("ru"):
        return []
    return [_named(group, classifier) for group in GROUPS]


def _named(group: identity_sentences.Group, classifier: Classifier) -> Named:
    scored = {manner: classifier.score(list(about(group, manner))) for manner in SENTENCES}
    shares = {manner: float(held(texts, _LABEL, classifier).mean()) for manner, texts in scored.items()}
    neutral = probabilities(scored["neutral"], _LABEL)
    return Named(
        group=group.many, friendly_held=shares["friendly"], neutral_held=shares["neutral"], rude_held=shares["rude"],
        neutral_mean=float(neutral.mean()), neutral_highest=float(neutral.max()),
    )  # fmt: skip
