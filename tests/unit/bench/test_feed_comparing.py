from bench.feed.comparing import Comparison
from bench.feed.wrk import Address


def test_a_yardstick_is_asked_what_we_are_asked() -> None:
    ours = Address("http://ours/feed", {"If-None-Match": '"a"'}, at_most=300)
    one = Comparison("feed-304", "feed, 304", ours, Address("http://theirs/feed"), "raw ASGI")
    assert one.yardstick == Address("http://theirs/feed", {"If-None-Match": '"a"'})
