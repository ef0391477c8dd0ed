"""What an evaluation found, in the form that becomes metrics.json and from which report.md and its images are made."""

import msgspec


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """One label on the kept-out rows of one source and language whose truth is known.

    `held` is the share of the source's rows at or above the threshold, `recall` that of the positives and
    `false_alarms` that of the negatives. `against` names the source that the negatives were borrowed from. A row that
    the model judges to be in a language it does not cover counts as not held. `yardsticks` has AUCs of other packages.
    """

    source: str
    language: str
    label: str
    against: str | None
    rows: int
    positives: int
    auc: float | None
    average_precision: float | None
    held: float
    recall: float | None
    false_alarms: float | None
    yardsticks: dict[str, float | None]


class Probe(msgspec.Struct, frozen=True, kw_only=True):
    """Ordinary talk that should not be held, and the share that is held for one label."""

    source: str
    language: str
    label: str
    rows: int
    held: float


class Curve(msgspec.Struct, frozen=True, kw_only=True):
    """Precision over recall, and the point of the threshold."""

    source: str
    language: str
    label: str
    against: str | None
    average_precision: float
    base_rate: float
    points: list[tuple[float, float]]
    recall: float
    precision: float | None


class Bin(msgspec.Struct, frozen=True, kw_only=True):
    """A tenth of the rows: the mean probability, and the share that was positive with its 95 % interval (Wilson)."""

    expected: float
    observed: float
    low: float
    high: float


class Calibration(msgspec.Struct, frozen=True, kw_only=True):
    """Toxicity of ordinary comments. `base_rate` is the share of positives the rows were weighted to, if they were."""

    language: str
    sources: list[str]
    base_rate: float | None
    rows: int
    expected_error: float
    brier_skill: float | None
    bins: list[Bin]


class Confusion(msgspec.Struct, frozen=True, kw_only=True):
    label: str
    language: str
    threshold: float
    held_rightly: int
    held_wrongly: int
    missed: int
    passed_rightly: int


class Mistakes(msgspec.Struct, frozen=True, kw_only=True):
    """The mistakes of one direction with the largest margin, counted by kind; a row can be of several kinds.

    `among_mistakes` is the share of each kind among all mistakes of this direction, `usual` that among all rows of the same
    truth. `ids` are those of the very worst.
    """

    label: str
    language: str
    direction: str
    mistakes: int
    worst: int
    kinds: dict[str, int]
    among_mistakes: dict[str, float]
    usual: dict[str, float]
    ids: list[str]


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """AUCs of one identity term.

    After Borkan et al. 2019: on the rows that name it, on its negatives with the positives of all others (`bpsn`), on its
    positives with the negatives of all others (`bnsp`). After Dixon et al. 2018: on all rows, with those of the term given as
    much extra weight as all rows have together (`pinned`).
    """

    term: str
    rows: int
    subgroup: float
    bpsn: float
    bnsp: float
    pinned: float


class Bias(msgspec.Struct, frozen=True, kw_only=True):
    source: str
    rows: int
    auc: float
    groups: list[Group]


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """Our own Russian sentences with the name of one group, by how they speak of it."""

    group: str
    friendly_held: float
    neutral_held: float
    rude_held: float
    neutral_mean: float
    neutral_highest: float


class Handwritten(msgspec.Struct, frozen=True, kw_only=True):
    """Our own comments of one kind: how many there are, how many are held for any label, and how many for each."""

    language: str
    kind: str
    comments: int
    held: int
    by_label: dict[str, int]


class Obfuscation(msgspec.Struct, frozen=True, kw_only=True):
    """Positives before and after a disguise, counting only those whose text it changes.

    `kept` is recall disguised over recall plain, `still_held` the share of those held when plain that stay held, `unscored`
    the share that no longer gets a score for the label. `words` tells which words were disguised.
    """

    label: str
    language: str
    words: str
    kind: str
    rows: int
    recall_plain: float
    recall_disguised: float
    kept: float | None
    still_held: float | None
    unscored: float


class Report(msgspec.Struct, frozen=True, kw_only=True):
    model: str
    thresholds: dict[str, dict[str, float]]
    results: list[Result]
    probes: list[Probe]
    curves: list[Curve]
    calibration: list[Calibration]
    confusion: list[Confusion]
    mistakes: list[Mistakes]
    bias: Bias | None
    named: list[Named]
    handwritten: list[Handwritten]
    obfuscation: list[Obfuscation]
