import pytest

from bench.feed.counters import Cost, Counted


def test_what_goes_on_anyway_is_not_the_requests_cost() -> None:
    each = Cost(1000, Counted(redis=2800, postgresql=3040), Counted(redis=800, postgresql=40)).each()
    assert each == {"redis": 2.0, "postgresql": 3.0}


def test_a_shorter_window_is_scaled_to_the_longer_one() -> None:
    assert Counted(redis=600, postgresql=20).over(10.0, 15.0) == Counted(redis=900, postgresql=30)


def test_no_requests_cost_nothing_that_could_be_divided() -> None:
    same = Counted(redis=5, postgresql=5)
    assert Cost(0, same, same).each() == pytest.approx({"redis": 0.0, "postgresql": 0.0})
