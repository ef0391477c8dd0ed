"""Which labels a model covers in which languages, and why it does not cover the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from discuss.classify import calibrate, recipe
from discuss.classify.heads import Targets
from discuss.classify.material import Lessons, Material
from discuss.classify.train import FOLDS, Head, from_corpus

_KINDS = 2


@dataclass(frozen=True, slots=True)
class Coverage:
    """`missing` says what each of the recipe's other heads lacks."""

    heads: Sequence[Head]
    missing: Mapping[Head, str]


def coverage(material: Material) -> Coverage:
    """The heads that can be learnt from rows of the corpus, checked on them, and calibrated on comments like those on a site."""
    wanted = [(language, label) for language, labels in recipe.COVERED.items() for label in labels]
    lacking = {head: _lacking(material, head) for head in wanted}
    return Coverage(
        [head for head, lack in lacking.items() if lack is None],
        {head: lack for head, lack in lacking.items() if lack is not None},
    )


def _lacking(material: Material, head: Head) -> str | None:
    """Our own sentences do not count here: a head that learnt only from them could not be checked."""
    language, label = head
    taught = material.lessons(label, language, from_corpus)
    if not len(taught.targets):
        return "no rows to learn from"
    if not _both(taught.targets):
        return f"only rows with {label} = {taught.targets[0]} to learn from"
    if not _both_in_each_fold(material, taught):
        return "too few rows to learn from"
    if not _both(calibrate.truth(material, head).targets):
        return "no comments to calibrate on"
    return None


def _both_in_each_fold(material: Material, taught: Lessons) -> bool:
    """A head is fitted on all folds but one and tested on that one, so every fold needs positive and negative rows."""
    kinds = {
        (material.items[place].tenth % FOLDS, target)
        for place, target in zip(taught.places.tolist(), taught.targets.tolist(), strict=True)
    }
    return len(kinds) == _KINDS * FOLDS


def _both(targets: Targets) -> bool:
    return bool((targets == 1).any() and (targets == 0).any())
