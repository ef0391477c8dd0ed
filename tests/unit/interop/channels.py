"""Channels with arbitrary texts, for the tests of every format."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from discuss.interop.entries import Channel, Entry, Parent, Total

TEXTS = st.text(st.characters(codec=None, exclude_categories=()), max_size=12) | st.sampled_from(
    [
        "<b>&amp;</b>",
        "]]>",
        "<![CDATA[",
        "\"'",
        "a\r\nb\rc\td",
        "\x00\x0b\x1f\x7f\x85",
        "\ufffe\uffff",
        "\ud800",
        "🚲 Ёж",
    ]
)
INSTANTS = st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis adds the zone
PARENTS = st.builds(Parent, TEXTS, TEXTS, st.booleans(), st.none() | TEXTS)
ENTRIES = st.builds(
    Entry, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, INSTANTS, INSTANTS, PARENTS, st.integers(0, 9), TEXTS, TEXTS
)
CHANNELS = st.builds(
    Channel, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, INSTANTS, st.lists(ENTRIES, max_size=3),
    st.none() | st.builds(Total, st.integers(0, 9), st.none() | INSTANTS),
)  # fmt: skip

AT = datetime(2026, 2, 3, 4, 5, 6, 7, tzinfo=UTC)
ARTICLE = Parent("urn:article", "https://news.example/bridge", is_article=True)
COMMENT = Parent(
    "urn:first", "https://news.example/bridge#comment-1", False, "https://talk.example/bridge.atom"
)


def entry(**changes: object) -> Entry:
    given = {
        "id": "urn:second", "url": "https://news.example/bridge#comment-2", "title": "Анна: Мост", "author": "Анна",
        "html": "<p>Да</p>", "published": AT, "updated": AT, "parent": ARTICLE, "replies": 2, "about": "Мост",
        "about_feed_url": "https://talk.example/bridge.rss",
    }  # fmt: skip
    return Entry(**(given | changes))  # type: ignore[arg-type]


def channel(*entries: Entry, total: Total | None = None) -> Channel:
    home, own = "https://news.example/", "https://talk.example/comments"
    return Channel("urn:feed", "Новости", "Комментарии", "ru", home, own, AT, entries, total)
