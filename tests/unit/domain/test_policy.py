"""The policy: from signals to a verdict."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discuss.domain.decisions import Reason
from discuss.domain.policy import (
    Circumstances,
    Ground,
    Threshold,
    against,
    judge,
    shipped_thresholds,
    thresholds_in,
)
from discuss.domain.signals import Signal
from discuss.domain.states import State

THRESHOLDS = {"toxic": Threshold(hold=0.6, reject=0.95), "spam": Threshold(hold=0.8)}
PLAIN = Circumstances()
probabilities = st.floats(0, 1)


def heard(**values: float) -> list[Signal]:
    return [Signal("classifier", name, value, "test 1") for name, value in values.items()]


@pytest.mark.parametrize(
    ("signals", "state", "reasons"),
    [
        (heard(toxic=0.1, spam=0.1), State.PUBLISHED, [Reason.CLEAR]),
        (heard(toxic=0.6), State.HELD, [Reason.TOXIC]),
        (heard(toxic=0.7, spam=0.9), State.HELD, [Reason.SPAM, Reason.TOXIC]),
        (heard(toxic=0.95), State.REJECTED, [Reason.TOXIC]),
        (heard(spam=1.0), State.HELD, [Reason.SPAM]),
        (heard(unknown=1.0), State.PUBLISHED, [Reason.CLEAR]),
        ([], State.PUBLISHED, [Reason.NOT_COVERED]),
    ],
)
def test_a_comment_is_judged_by_the_thresholds_it_crosses(
    signals: list[Signal], state: State, reasons: list[Reason]
) -> None:
    verdict = judge(signals, THRESHOLDS, PLAIN)
    assert (verdict.state, list(verdict.reasons)) == (state, reasons)


@pytest.mark.parametrize(
    ("circumstances", "reason"),
    [
        (Circumstances(premoderated=True), Reason.PREMODERATED),
        (Circumstances(stopped_before=True), Reason.STOPPED_BEFORE),
        (Circumstances(scored=False), Reason.NOT_SCORED),
        (Circumstances(watched=True), Reason.WATCHED_AUTHOR),
        (Circumstances(premoderated=True, hold_uncovered=True), Reason.PREMODERATED),
    ],
)
def test_circumstances_bring_a_harmless_comment_before_a_person(
    circumstances: Circumstances, reason: Reason
) -> None:
    verdict = judge(heard(toxic=0.0), THRESHOLDS, circumstances)
    assert (verdict.state, list(verdict.reasons)) == (State.HELD, [reason])


def test_a_site_may_hold_what_the_model_does_not_cover() -> None:
    verdict = judge([], THRESHOLDS, Circumstances(hold_uncovered=True))
    assert (verdict.state, list(verdict.reasons)) == (State.HELD, [Reason.NOT_COVERED])


@given(probabilities, probabilities)
def test_an_edit_of_what_a_person_rejected_is_never_decided_by_the_machine(toxic: float, spam: float) -> None:
    verdict = judge(heard(toxic=toxic, spam=spam), THRESHOLDS, Circumstances(stopped_before=True))
    assert verdict.state is State.HELD


@given(probabilities, probabilities)
def test_a_worse_score_never_gives_a_milder_verdict(one: float, other: float) -> None:
    severity = [State.PUBLISHED, State.HELD, State.REJECTED]
    low, high = sorted((one, other))
    milder = judge(heard(toxic=low), THRESHOLDS, PLAIN).state
    worse = judge(heard(toxic=high), THRESHOLDS, PLAIN).state
    assert severity.index(milder) <= severity.index(worse)


def test_a_model_by_itself_holds_and_never_rejects() -> None:
    assert judge(heard(toxic=1.0), shipped_thresholds({"toxic": 0.3}), PLAIN).state is State.HELD


@given(probabilities, probabilities, probabilities, st.none() | probabilities)
def test_signals_speak_against_a_text_exactly_where_they_alone_would_stop_it(
    toxic: float, spam: float, hold: float, reject: float | None
) -> None:
    thresholds = {"toxic": Threshold(hold, reject)}
    for signals in (heard(toxic=toxic), heard(toxic=toxic, spam=spam)):
        stopped = judge(signals, thresholds, PLAIN).state is not State.PUBLISHED
        assert [signal.name for signal in against(signals, thresholds)] == ["toxic"] * stopped


BANNED = Ground("a rule", Reason.BANNED_WORDS, rejects=True)
SUSPECT = Ground("another rule", Reason.SUSPECT_WORDS)


@pytest.mark.parametrize(
    ("circumstances", "state", "reasons"),
    [
        (Circumstances(grounds=[SUSPECT]), State.HELD, [Reason.SUSPECT_WORDS]),
        (Circumstances(grounds=[SUSPECT, BANNED]), State.REJECTED, [Reason.BANNED_WORDS]),
        (
            Circumstances(grounds=[BANNED], braked=frozenset(["a rule"])),
            State.HELD,
            [Reason.BANNED_WORDS],
        ),
        (
            Circumstances(grounds=[BANNED], stopped_before=True),
            State.HELD,
            [Reason.BANNED_WORDS, Reason.STOPPED_BEFORE],
        ),
        (
            Circumstances(grounds=[BANNED], scored=False),
            State.REJECTED,
            [Reason.BANNED_WORDS],
        ),
    ],
)
def test_rules_hold_and_reject_as_they_say_unless_a_person_or_a_brake_is_before_them(
    circumstances: Circumstances, state: State, reasons: list[Reason]
) -> None:
    verdict = judge(heard(toxic=0.0), THRESHOLDS, circumstances)
    assert (verdict.state, list(verdict.reasons)) == (state, reasons)


@given(probabilities)
def test_a_brake_on_a_label_holds_what_its_scores_would_reject(toxic: float) -> None:
    free = judge(heard(toxic=toxic), THRESHOLDS, PLAIN)
    braked = judge(heard(toxic=toxic), THRESHOLDS, Circumstances(braked=frozenset(["toxic"])))
    assert braked.state is (State.HELD if free.state is State.REJECTED else free.state)
    assert braked.reasons == free.reasons


def test_a_site_sets_thresholds_for_every_language_and_for_one() -> None:
    shipped = {"toxic": Threshold(0.3), "spam": Threshold(0.4)}
    own = {"toxic": Threshold(0.5), "toxic.ru": Threshold(0.6), "spam.ru": Threshold(0.7)}
    assert thresholds_in("ru", shipped, own) == {"toxic": Threshold(0.6), "spam": Threshold(0.7)}
    assert thresholds_in("en", shipped, own) == {"toxic": Threshold(0.5), "spam": Threshold(0.4)}


@given(st.dictionaries(st.sampled_from(["toxic", "spam"]), probabilities), st.booleans())
def test_of_a_shadowed_author_nothing_appears_whatever_it_says(
    values: dict[str, float], stopped: bool
) -> None:
    verdict = judge(heard(**values), THRESHOLDS, Circumstances(shadowed=True, stopped_before=stopped))
    assert (verdict.state, list(verdict.reasons)) == (State.REJECTED, [Reason.SHADOWED])


@given(st.dictionaries(st.sampled_from(["toxic", "spam"]), probabilities), probabilities, st.booleans())
def test_trust_lets_scores_pass_below_the_second_threshold_and_makes_nothing_stricter(
    values: dict[str, float], second: float, premoderated: bool
) -> None:
    trusted = Circumstances(trusted_from=second, premoderated=premoderated)
    verdict = judge(heard(**values), THRESHOLDS, trusted)
    plain = judge(heard(**values), THRESHOLDS, PLAIN)
    assert (verdict.state is State.REJECTED) == (plain.state is State.REJECTED)
    if verdict.state is State.HELD:
        assert plain.state is State.HELD
        assert max(values.values()) >= second
    if plain.state is State.HELD and all(value < second for value in values.values()):
        assert verdict.state is State.PUBLISHED


def test_trust_does_not_undo_what_a_person_did_nor_help_where_nothing_was_scored() -> None:
    for held in (
        Circumstances(stopped_before=True),
        Circumstances(scored=False),
        Circumstances(watched=True),
    ):
        assert judge([], THRESHOLDS, replace(held, trusted_from=1.0)).state is State.HELD


def test_trust_outweighs_rules_about_who_writes_and_none_about_what_is_written() -> None:
    def verdict(reason: Reason, *, rejects: bool = False) -> State:
        trusted = Circumstances(grounds=[Ground("rule", reason, rejects)], trusted_from=1.0)
        return judge(heard(toxic=0.0), THRESHOLDS, trusted).state

    assert verdict(Reason.NEW_AUTHOR) is verdict(Reason.OFTEN_REJECTED) is State.PUBLISHED
    assert verdict(Reason.SUSPECT_WORDS) is verdict(Reason.REPEATED) is State.HELD
    assert verdict(Reason.BANNED_WORDS, rejects=True) is State.REJECTED
