"""How good a model is on rows it has never seen: everything that a report says, from scoring each row once."""

from collections.abc import Mapping

import numpy as np

from discuss.classify.corpus import Corpus
from discuss.classify.data import Example
from discuss.classify.evaluation import bias, handwritten, sources, tables, yardsticks
from discuss.classify.evaluation.mistakes import mistakes
from discuss.classify.evaluation.obfuscation import obfuscation
from discuss.classify.evaluation.reliability import calibrations
from discuss.classify.evaluation.report import Report
from discuss.classify.evaluation.scored_rows import ScoredRows, score
from discuss.classify.evaluation.sources import Key
from discuss.classify.evaluation.yardsticks import Yardsticks
from discuss.classify.protocol import Classifier


def evaluate(corpus: Corpus, classifier: Classifier, beside: Yardsticks = yardsticks.NONE) -> Report:
    covered = sources.languages(corpus, classifier)
    scored = scored_by_source(sources.kept_out(corpus, covered), classifier)
    lines = list(tables.measured(scored, classifier))
    natural = tables.natural(scored)
    return Report(
        model=f"{classifier.name} {classifier.version}",
        thresholds={language: dict(classifier.held_from(language)) for language in sorted(covered)},
        results=[tables.result(line, beside) for line in lines],
        probes=[tables.probe(line) for line in tables.probed(scored, classifier)],
        curves=list(tables.curves(lines)),
        calibration=list(calibrations(scored, classifier)),
        confusion=list(tables.confusion(natural, classifier)),
        mistakes=list(mistakes(natural, classifier)),
        bias=bias.bias(scored, classifier),
        named=bias.named(classifier),
        handwritten=handwritten.measured(classifier),
        obfuscation=list(obfuscation(natural, classifier)),
    )


def scored_by_source(rows: Mapping[Key, list[Example]], classifier: Classifier) -> Mapping[Key, ScoredRows]:
    """All rows, scored in one call and then divided again."""
    everything = score([example for group in rows.values() for example in group], classifier)
    ends = np.cumsum([len(group) for group in rows.values()])
    return {
        key: everything.take(np.arange(end - len(group), end))
        for (key, group), end in zip(rows.items(), ends, strict=True)
    }
