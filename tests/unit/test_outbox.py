"""How long what failed waits until it is tried again."""

from itertools import pairwise

import pytest

from discuss.store.outbox import LONGEST, PATIENCE, patience


def test_a_row_waits_longer_each_time_it_fails_up_to_five_minutes():
    waits = [patience(attempts) for attempts in range(20)]
    assert waits[0] == PATIENCE
    assert all(earlier <= later for earlier, later in pairwise(waits))
    assert waits[-1] == LONGEST


@pytest.mark.parametrize("attempts", [46, 1000, 1_000_000])
def test_a_row_may_fail_for_ever(attempts):
    assert patience(attempts) == LONGEST
