"""What an evaluation found, in a form that becomes metrics.json."""

import msgspec


class Result(msgspec.Struct, frozen=True):
    """One label on the held-out rows of one source and language.

    `flagged` is the share of all its rows at or above the threshold, `recall` that of the positives and `false_alarms`
    that of the negatives. A row in a language that the model does not cover counts as not flagged.
    """

    source: str
    language: str
    label: str
    rows: int
    positives: int
    flagged: float
    recall: float | None
    false_alarms: float | None
    auc: float | None


class Calibration(msgspec.Struct, frozen=True):
    """Toxicity of ordinary comments: expected calibration error over ten equal bins, Brier skill over the base rate."""

    language: str
    rows: int
    expected_error: float
    brier_skill: float


class Report(msgspec.Struct, frozen=True):
    model: str
    thresholds: dict[str, float]
    results: list[Result]
    calibration: list[Calibration]
