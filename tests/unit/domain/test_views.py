"""Who counts as a reader, and in which hour."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from discuss.domain.views import hour_of, is_robot


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; Yahoo! Slurp)",
        "Baiduspider+(+http://www.baidu.com/search/spider.htm)",
        "SomeCrawler/1.0",
    ],
)
def test_a_program_that_names_itself_a_robot_is_no_reader(agent):
    assert is_robot(agent)


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        "Mozilla/5.0 (Linux; Android 11; CUBOT X30) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
        "Mozilla/5.0 (Linux; Android 12; CUBOT) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
    ],
)
def test_a_browser_is_a_reader_whatever_the_make_of_the_telephone(agent):
    assert not is_robot(agent)


def test_an_hour_is_the_same_in_every_zone():
    now = datetime(2026, 1, 30, 4, 59, 59, 999999, tzinfo=UTC)
    kolkata = now.astimezone(timezone(timedelta(hours=5, minutes=30)))
    assert hour_of(now) == hour_of(kolkata) == datetime(2026, 1, 30, 4, tzinfo=UTC)
    assert hour_of(now + timedelta(microseconds=1)) == datetime(2026, 1, 30, 5, tzinfo=UTC)
