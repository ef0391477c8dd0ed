"""What a replay with a simulated moderator says about how comments fared."""

from datetime import UTC, datetime, timedelta

from bench.moderator.crowd import Arrival
from bench.moderator.fates import Fate, figures

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
END = NINE + timedelta(days=1)


def fate(*, abusive: bool, shown: int | None = None, gone: int | None = None, held: bool = False) -> Fate:
    """`shown` and `gone` are in seconds after the comment was written."""
    appeared = None if shown is None else NINE + timedelta(seconds=shown)
    vanished = None if gone is None else NINE + timedelta(seconds=gone)
    return Fate(Arrival(NINE, "text", "en", abusive), held=held, shown=appeared, gone=vanished)


def test_abuse_that_was_never_shown_was_not_seen() -> None:
    told = figures([fate(abusive=True, held=True), fate(abusive=True, shown=0, gone=60)], 2, END)
    assert (told["abusive_seen"], told["abusive_unfound"]) == (0.5, 0.0)
    assert told["seen_for"] == {"p50": 60.0, "p90": 60.0}


def test_abuse_that_nobody_took_away_counts_as_never_found_and_not_in_the_times() -> None:
    told = figures([fate(abusive=True, shown=0), fate(abusive=True, shown=0, gone=10)], 1, END)
    assert (told["abusive_seen"], told["abusive_unfound"]) == (1.0, 0.5)
    assert told["seen_for"]["p90"] == 10.0


def test_ordinary_comments_that_were_rejected_are_lost_and_those_that_waited_are_not() -> None:
    told = figures(
        [
            fate(abusive=False, shown=0),
            fate(abusive=False, shown=120, held=True),
            fate(abusive=False, held=True),
            fate(abusive=False, shown=0, gone=5),
        ],
        3,
        END,
    )
    assert (told["ordinary_held"], told["ordinary_lost"], told["acts_per_thousand"]) == (0.5, 0.5, 750.0)


def test_of_nothing_nothing_is_said() -> None:
    told = figures([], 0, END)
    assert (told["comments"], told["abusive_seen"], told["acts_per_thousand"]) == (0, 0.0, 0.0)
