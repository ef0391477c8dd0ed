import pytest

from bench.feed.counters import Cost, Counted


def test_what_goes_on_anyway_is_not_the_requests_cost() -> None:
    each = Cost(1000, Counted(redis=2800, postgresql=3040), Counted(redis=800, postgresql=40)).each()
    assert each == {"redis": 2.0, "postgresql": 3.0}


def test_a_shorter_window_is_scaled_to_the_longer_one() -> None:
    assert Counted(redis=600, postgresql=20).over(10.0, 15.0) == Counted(redis=900, postgresql=30)


def two_thousand(redis: int, postgresql: int) -> Cost:
    """The cost of two thousand requests: what was counted beyond an idle window."""
    return Cost(2000, Counted(650 + redis, 40 + postgresql), Counted(650, 40))


@pytest.mark.parametrize(
    ("redis", "postgresql"),
    [(50, 6000), (-50, 6000), (150, 6010), (0, 5900)],
    ids=["a sweep more", "a sweep less", "three sweeps more", "a sweep of PostgreSQL's less"],
)
def test_what_goes_on_besides_does_not_make_a_request_cost_more(redis: int, postgresql: int) -> None:
    one, other = two_thousand(0, 6000), two_thousand(redis, postgresql)
    assert one.agrees(other)
    assert other.agrees(one)


@pytest.mark.parametrize(
    ("redis", "postgresql"),
    [(2000, 6000), (0, 8000), (0, 4000), (400, 6000)],
    ids=["a command more", "a query more", "a query less", "a command more for one request in five"],
)
def test_a_query_more_makes_a_request_cost_more(redis: int, postgresql: int) -> None:
    one, other = two_thousand(0, 6000), two_thousand(redis, postgresql)
    assert not one.agrees(other)
    assert not other.agrees(one)


def test_no_requests_cost_nothing_that_could_be_divided() -> None:
    same = Counted(redis=5, postgresql=5)
    assert Cost(0, same, same).each() == pytest.approx({"redis": 0.0, "postgresql": 0.0})
