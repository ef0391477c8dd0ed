"""JSON Feed carries the same as the other formats, and threads in its extension."""

import json

from hypothesis import given

from discuss.interop import json_feed
from discuss.interop.characters import allowed
from discuss.interop.entries import Channel
from tests.unit.interop.channels import CHANNELS, COMMENT, channel, entry


@given(CHANNELS)
def test_it_carries_whatever_the_others_can_carry(c: Channel) -> None:
    feed = json.loads(json_feed.write(c))
    told = [feed[name] for name in ("title", "description", "language", "home_page_url", "feed_url")]
    assert told == [allowed(text) for text in (c.title, c.description, c.language, c.home_url, c.self_url)]
    assert len(feed["items"]) == len(c.entries)
    for item, e in zip(feed["items"], c.entries, strict=True):
        told = [item[name] for name in ("id", "url", "title", "content_html")]
        assert told == [allowed(text) for text in (e.id, e.url, e.title, e.html)]
        assert item["authors"] == [{"name": allowed(e.author)}]


def test_it_says_which_version_it_is_and_what_an_item_answers() -> None:
    feed = json.loads(json_feed.write(channel(entry(parent=COMMENT), entry(replies=0))))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["_discuss"] for item in feed["items"]] == [
        {"in_reply_to": COMMENT.id, "replies": 2},
        {"in_reply_to": None, "replies": 0},
    ]
    assert feed["items"][0]["date_published"] == "2026-02-03T04:05:06.000007Z"
