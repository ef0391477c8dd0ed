"""Malformed and hostile requests, one per row: each gets a 4xx problem of its own, and never a 500."""

import json
import re

import pytest

from tests.e2e.asking import World, problem
from tests.stack import Stack

JSON = "application/json"
COMMENTS = "<site>/articles/<article_open>/comments"
DECISIONS = "<site>/revisions/<revision>/decisions"
SEEN = {"revision_id": "<revision>", "seen": "<unknown>"}
AUTHOR = "<site>/authors/<author>"
SANCTIONS = f"{AUTHOR}/sanctions"
REPORT = "<site>/comments/<comment>/report"
VOTE = "<site>/articles/<article_open>/vote"
EDITIONS = "<site>/editions"
DEEP = b"[" * 50_000 + b"]" * 50_000

BODIES = [  # (name, body, content type, status, code)
    ("no body", b"", JSON, 400, "malformed"),
    ("broken JSON", b'{"text": "a"', JSON, 400, "malformed"),
    ("something after the JSON", b'{"text": "a"} b', JSON, 400, "malformed"),
    ("a byte order mark", b'\xef\xbb\xbf{"text": "a"}', JSON, 400, "malformed"),
    ("broken UTF-8", b'{"text": "\xff\xfe"}', JSON, 400, "malformed"),
    ("a surrogate in UTF-8", b'{"text": "\xed\xa0\x80"}', JSON, 400, "malformed"),
    ("a lone surrogate", b'{"text": "a\\ud800"}', JSON, 400, "malformed"),
    ("a raw control character", b'{"text": "a\x00b"}', JSON, 400, "malformed"),
    ("UTF-16", '{"text": "a"}'.encode("utf-16"), JSON, 400, "malformed"),
    ("NaN", b'{"text": NaN}', JSON, 400, "malformed"),
    ("Infinity", b'{"text": Infinity}', JSON, 400, "malformed"),
    ("depth where text belongs", b'{"text": ' + DEEP + b"}", JSON, 422, "invalid-input"),
    ("depth in an unknown field", b'{"deep": ' + DEEP + b', "text": "a"}', JSON, 422, "invalid-input"),
    ("depth without an end", b"[" * 100_000, JSON, 422, "invalid-input"),
    ("a body of 300 kB", b'{"text": "' + b"a" * 300_000 + b'"}', JSON, 413, "too-large"),
    ("a list", b"[]", JSON, 422, "invalid-input"),
    ("null", b"null", JSON, 422, "invalid-input"),
    ("a number", b"5", JSON, 422, "invalid-input"),
    ("a missing field", b"{}", JSON, 422, "invalid-input"),
    ("a number where text belongs", b'{"text": 5}', JSON, 422, "invalid-input"),
    ("null where text belongs", b'{"text": null}', JSON, 422, "invalid-input"),
    ("an unknown field", b'{"text": "a", "state": "published"}', JSON, 422, "invalid-input"),
    ("a key twice, wrong the second time", b'{"text": "a", "text": 5}', JSON, 422, "invalid-input"),
    ("no content type", b'{"text": "a"}', None, 415, "media-type-unsupported"),
    ("plain text", b'{"text": "a"}', "text/plain", 415, "media-type-unsupported"),
    ("a form", b"text=a", "application/x-www-form-urlencoded", 415, "media-type-unsupported"),
    ("a multipart form", b"--x--", "multipart/form-data; boundary=x", 415, "media-type-unsupported"),
    ("MessagePack", b"\x81\xa4text\xa1a", "application/x-msgpack", 415, "media-type-unsupported"),
    ("an absurd content type", b'{"text": "a"}', ";;=,", 415, "media-type-unsupported"),
]

TEXTS = [  # (name, text, code)
    ("empty", "", "text-empty"),
    ("blanks", " \n\t ", "text-empty"),
    ("only zero-width characters", "\u200b\u200d\u2060\ufeff", "text-empty"),
    ("only marks of direction", "\u202e\u200f", "text-empty"),
    ("a NUL byte", "a\0b", "text-not-allowed"),
    ("a bell", "a\ab", "text-not-allowed"),
    ("an escape sequence", "\x1b[31mred", "text-not-allowed"),
    ("longer than the site allows", "a" * 5001, "text-too-long"),
    ("longer than any site allows", "a" * 20_001, "invalid-input"),
]

REQUESTS = [  # (method, path, who, body, status, code)
    ("GET", "<site>/articles/no-uuid", "nobody", None, 404, "not-found"),
    ("GET", "<site>/articles/<unknown>", "nobody", None, 404, "article-not-found"),
    ("GET", "<site>/articles/<foreign_article>", "nobody", None, 404, "article-not-found"),
    ("GET", "<site>/articles/<article_withdrawn>", "nobody", None, 404, "article-not-found"),
    ("GET", "<site>/articles/<article_future>/comments", "nobody", None, 404, "article-not-found"),
    ("GET", "<site>/articles", "nobody", None, 422, "invalid-input"),
    ("GET", "<site>/articles?external_id=open&url=https://a.example", "nobody", None, 422, "invalid-input"),
    ("GET", "<site>/articles?external_id=%00", "nobody", None, 422, "invalid-input"),
    ("GET", "<site>/articles?external_id=%ff%fe", "nobody", None, 404, "article-not-found"),
    ("GET", "<site>/articles?url=%ED%A0%80", "nobody", None, 404, "article-not-found"),
    ("GET", f"<site>/articles?url={'a' * 2001}", "nobody", None, 422, "invalid-input"),
    ("GET", f"<site>/counts?{'&'.join(['url=a'] * 251)}", "nobody", None, 414, "too-long"),
    ("GET", f"<site>/queue?q={'a' * 60_000}&{'b=c&' * 250}", "nobody", None, 414, "too-long"),
    ("POST", f"{COMMENTS}?{'a=b&' * 250}", "reader", {"text": "a"}, 414, "too-long"),
    ("GET", "<site>/comments/<unknown>", "reader", None, 404, "comment-not-found"),
    ("GET", "<site>/comments/<foreign_comment>", "reader", None, 404, "comment-not-found"),
    ("GET", "<there>/comments/<comment>", "reader", None, 404, "comment-not-found"),
    ("GET", "<site>/comments/<held>", "stranger", None, 404, "comment-not-found"),
    ("POST", "<site>/articles/<unknown>/comments", "reader", {"text": "a"}, 404, "article-not-found"),
    ("POST", "<site>/articles/<foreign_article>/comments", "reader", {"text": "a"}, 404, "article-not-found"),
    ("POST", "<site>/articles/<article_withdrawn>/comments", "reader", {"text": "a"}, 404, "article-not-found"),
    ("POST", "<site>/articles/<article_future>/comments", "reader", {"text": "a"}, 404, "article-not-found"),
    ("POST", "<site>/articles/<article_closed>/comments", "reader", {"text": "a"}, 409, "article-closed"),
    ("POST", COMMENTS, "reader", {"text": "a", "parent_id": "<unknown>"}, 404, "comment-not-found"),
    ("POST", COMMENTS, "reader", {"text": "a", "parent_id": "<foreign_comment>"}, 404, "comment-not-found"),
    ("POST", COMMENTS, "reader", {"text": "a", "parent_id": "<held>"}, 404, "comment-not-found"),
    ("POST", COMMENTS, "reader", {"text": "a", "parent_id": "not-an-id"}, 422, "invalid-input"),
    ("POST", "<site>/articles/<article_other>/comments", "reader", {"text": "a", "parent_id": "<comment>"}, 404,
     "comment-not-found"),
    ("POST", "<site>/articles/<held_article>/comments", "reader", {"text": "a", "parent_id": "<held>"}, 404,
     "comment-not-found"),
    ("PATCH", "<site>/comments/<comment>", "stranger", {"text": "a"}, 403, "forbidden"),
    ("PATCH", "<site>/comments/<held>", "stranger", {"text": "a"}, 404, "comment-not-found"),
    ("PATCH", "<site>/comments/<foreign_comment>", "reader", {"text": "a"}, 404, "comment-not-found"),
    ("DELETE", "<site>/comments/<comment>", "stranger", None, 403, "forbidden"),
    ("DELETE", "<site>/comments/<held>", "stranger", None, 404, "comment-not-found"),
    ("POST", DECISIONS, "moderator", {"state": "excellent"}, 422, "invalid-input"),
    ("POST", DECISIONS, "moderator", {"state": "pending"}, 422, "invalid-input"),
    ("POST", DECISIONS, "moderator", {"state": "rejected"}, 422, "invalid-input"),
    ("POST", DECISIONS, "moderator", {"state": "rejected", "reason": "clear"}, 422, "invalid-input"),
    *(("POST", DECISIONS, "moderator", {"state": "held", "reason": reason}, 422, "invalid-input")
      for reason in ("shadowed", "reported", "not-scored", "clear")),
    ("POST", "<site>/decisions", "moderator", {"state": "held", "reason": "shadowed", "alike": SEEN}, 422,
     "invalid-input"),
    ("POST", DECISIONS, "moderator", {"state": "held", "note": "a\0"}, 422, "invalid-input"),
    ("POST", DECISIONS, "moderator", {"state": "held", "note": "a" * 2001}, 422, "invalid-input"),
    ("POST", DECISIONS, "moderator", {"state": "held", "seen": "<unknown>"}, 409, "decision-stale"),
    ("POST", "<site>/revisions/<unknown>/decisions", "moderator", {"state": "held"}, 404, "revision-not-found"),
    ("POST", "<site>/revisions/<foreign_revision>/decisions", "moderator", {"state": "held"}, 404,
     "revision-not-found"),
    ("POST", DECISIONS, "moderator", {"state": "held", "words": "a\0"}, 422, "invalid-input"),
    ("POST", DECISIONS, "moderator", {"state": "held", "words": "a" * 2001}, 422, "invalid-input"),
    ("POST", "<site>/decisions/<unknown>/undo", "moderator", None, 404, "decision-not-found"),
    ("POST", "<site>/decisions/no-uuid/undo", "moderator", None, 404, "not-found"),
    ("POST", "<site>/decisions", "moderator", {"state": "held"}, 422, "invalid-input"),
    ("POST", "<site>/decisions", "moderator", {"state": "held", "items": []}, 422, "invalid-input"),
    ("POST", "<site>/decisions", "moderator", {"state": "held", "items": [SEEN] * 501}, 422, "invalid-input"),
    ("POST", "<site>/decisions", "moderator", {"state": "held", "items": [SEEN] * 2}, 422, "invalid-input"),
    ("POST", "<site>/decisions", "moderator", {"state": "held", "items": [SEEN], "alike": SEEN}, 422,
     "invalid-input"),
    ("POST", "<site>/decisions", "moderator", {"state": "held", "items": [{"revision_id": "<revision>"}]}, 422,
     "invalid-input"),
    ("POST", "<site>/decisions", "moderator", {"state": "rejected", "held_by": "<unknown>"}, 422, "invalid-input"),
    ("POST", "<site>/decisions", "moderator", {"state": "held", "alike": "<comment>"}, 422, "invalid-input"),
    ("POST", "<site>/decisions", "moderator", {"state": "held", "alike": SEEN}, 409, "decision-stale"),
    *(("POST", "<site>/decisions", "moderator", {"state": "held", "alike": SEEN | {"revision_id": revision}}, 404, "revision-not-found")
      for revision in ("<unknown>", "<foreign_revision>")),
    ("GET", "<site>/decisions?source=nobody", "moderator", None, 422, "invalid-input"),
    ("GET", "<site>/decisions?reason=because", "moderator", None, 422, "invalid-input"),
    ("GET", "<site>/decisions?since=yesterday", "moderator", None, 422, "invalid-input"),
    ("GET", "<site>/decisions?since=2026-01-31T12:00:00", "moderator", None, 422, "invalid-input"),
    ("GET", "<site>/decisions?until=0001-01-01T00:00:00%2B14:00", "moderator", None, 422, "invalid-input"),
    ("GET", "<site>/decisions?moderator=anna", "moderator", None, 422, "invalid-input"),
    ("GET", "<site>/decisions?cursor=nonsense", "moderator", None, 422, "cursor-invalid"),
    ("GET", "<site>/comments/<foreign_comment>/notes", "moderator", None, 404, "comment-not-found"),
    ("POST", "<site>/comments/<foreign_comment>/notes", "moderator", {"text": "a"}, 404, "comment-not-found"),
    ("POST", "<site>/comments/<comment>/notes", "moderator", {"text": " "}, 422, "invalid-input"),
    ("POST", "<site>/comments/<comment>/notes", "moderator", {"text": "a\0"}, 422, "invalid-input"),
    ("POST", "<site>/batches/<unknown>/undo", "moderator", None, 404, "decision-not-found"),
    ("GET", "<site>/comments/<foreign_comment>/alike", "moderator", None, 404, "comment-not-found"),
    ("GET", "<site>/revisions/<foreign_revision>/decisions", "moderator", None, 404, "revision-not-found"),
    ("GET", "<site>/authors", "moderator", None, 422, "invalid-input"),
    ("GET", "<site>/authors?search=", "moderator", None, 422, "invalid-input"),
    ("GET", "<site>/authors?search=%20", "moderator", None, 422, "invalid-input"),
    ("GET", "<site>/authors?search=%00", "moderator", None, 422, "invalid-input"),
    ("GET", "<site>/authors?search=a&cursor=b", "moderator", None, 422, "cursor-invalid"),
    ("GET", AUTHOR, "reader", None, 403, "forbidden"),
    ("GET", "<site>/authors/<unknown>", "moderator", None, 404, "author-not-found"),
    ("GET", "<site>/authors/no-uuid", "moderator", None, 404, "not-found"),
    ("POST", SANCTIONS, "moderator", {"kind": "exile"}, 422, "invalid-input"),
    ("POST", SANCTIONS, "moderator", {"kind": "mute"}, 422, "invalid-input"),
    ("POST", SANCTIONS, "moderator", {"kind": "mute", "until": "2020-01-01T00:00:00Z"}, 422, "invalid-input"),
    ("POST", SANCTIONS, "moderator", {"kind": "mute", "until": "2120-01-01T00:00:00"}, 422, "invalid-input"),
    ("POST", SANCTIONS, "moderator", {"kind": "warning"}, 422, "invalid-input"),
    ("POST", SANCTIONS, "moderator", {"kind": "warning", "words": " "}, 422, "invalid-input"),
    ("POST", SANCTIONS, "moderator", {"kind": "ban", "words": "a\0"}, 422, "invalid-input"),
    ("POST", SANCTIONS, "moderator", {"kind": "ban", "reason": "clear"}, 422, "invalid-input"),
    ("POST", SANCTIONS, "moderator", {"kind": "shadow"}, 403, "shadow-bans-off"),
    ("POST", SANCTIONS, "moderator", {"kind": "ban", "remove": {
        "since": "2026-01-02T00:00:00Z", "until": "2026-01-01T00:00:00Z"}}, 422, "invalid-input"),
    ("POST", SANCTIONS, "moderator", {"kind": "ban", "until": "9999-12-31T23:59:59-14:00"}, 422, "invalid-input"),
    ("POST", SANCTIONS, "moderator", {"kind": "mute", "until": "9999-12-31T23:59:59-14:00"}, 422, "invalid-input"),
    ("POST", SANCTIONS, "moderator", {"kind": "ban", "remove": {"since": "0001-01-01T00:00:00+14:00"}}, 422,
     "invalid-input"),
    ("POST", SANCTIONS, "moderator", {"kind": "ban", "remove": {"until": "9999-12-31T23:59:59-14:00"}}, 422,
     "invalid-input"),
    ("POST", "<site>/authors/<moderator_id>/sanctions", "moderator", {"kind": "ban"}, 403, "forbidden"),
    ("POST", "<site>/authors/<unknown>/sanctions", "moderator", {"kind": "ban"}, 404, "author-not-found"),
    ("DELETE", f"{SANCTIONS}/<unknown>", "moderator", None, 404, "sanction-not-found"),
    ("POST", f"{AUTHOR}/notes", "moderator", {"text": " "}, 422, "invalid-input"),
    ("POST", f"{AUTHOR}/notes", "moderator", {"text": "a\0"}, 422, "invalid-input"),
    ("POST", f"{AUTHOR}/removals", "moderator", {"reason": "toxic"}, 422, "invalid-input"),
    ("POST", f"{AUTHOR}/removals", "moderator", {}, 422, "invalid-input"),
    ("POST", f"{AUTHOR}/removals", "moderator", {"reason": "spam", "since": "0001-01-01T00:00:00+14:00"}, 422,
     "invalid-input"),
    ("POST", f"{AUTHOR}/removals", "moderator", {"reason": "spam", "until": "9999-12-31T23:59:59-14:00"}, 422,
     "invalid-input"),
    ("GET", f"{AUTHOR}/removals/<unknown>", "moderator", None, 404, "removal-not-found"),
    ("PUT", REPORT, "stranger", {"reason": "boring"}, 422, "invalid-input"),
    ("PUT", REPORT, "stranger", {"reason": "reported"}, 422, "invalid-input"),
    ("PUT", REPORT, "stranger", {"reason": "spam", "words": "a" * 501}, 422, "invalid-input"),
    ("PUT", REPORT, "stranger", {"reason": "spam", "words": "a\0"}, 422, "invalid-input"),
    ("PUT", REPORT, "stranger", None, 400, "malformed"),
    ("PUT", REPORT, "reader", {"reason": "spam"}, 403, "forbidden"),
    ("PUT", REPORT, "nobody", {"reason": "spam"}, 401, "not-logged-in"),
    ("PUT", REPORT, "key", {"reason": "spam"}, 403, "forbidden"),
    ("PUT", "<site>/comments/<held>/report", "stranger", {"reason": "spam"}, 404, "comment-not-found"),
    ("PUT", "<site>/comments/<foreign_comment>/report", "stranger", {"reason": "spam"}, 404, "comment-not-found"),
    ("DELETE", "<site>/comments/<held>/report", "stranger", None, 404, "comment-not-found"),
    ("DELETE", "<site>/comments/<unknown>/report", "stranger", None, 404, "comment-not-found"),
    ("GET", "<site>/queue?state=excellent", "moderator", None, 422, "invalid-input"),
    ("GET", "<site>/queue?queue=pile", "moderator", None, 422, "invalid-input"),
    ("GET", "<site>/queue?sort=best", "moderator", None, 422, "invalid-input"),
    ("GET", "<site>/queue?queue=held&sort=reports", "moderator", None, 422, "invalid-input"),
    ("GET", "<site>/queue?q=a%00b", "moderator", None, 422, "invalid-input"),
    ("GET", "<site>/queue?article=one", "moderator", None, 422, "invalid-input"),
    ("GET", "<site>/queue?from=yesterday", "moderator", None, 422, "invalid-input"),
    ("GET", "<site>/queue?from=2026-01-30T12:00:00", "moderator", None, 422, "invalid-input"),
    ("GET", "<site>/queue?to=0001-01-01T00:00:00%2B14:00", "moderator", None, 422, "invalid-input"),
    ("GET", "<site>/queue?q=", "moderator", None, 422, "invalid-input"),
    ("GET", "<site>/queue?q=the", "moderator", None, 422, "invalid-input"),
    ("GET", "<site>/queue?q=-tank", "moderator", None, 422, "invalid-input"),
    ("GET", "<site>/queue?cursor=AAAAAAAAAAAAAAAA", "moderator", None, 422, "cursor-invalid"),
    ("PUT", "<site>/queue/items/<unknown>/claim", "moderator", None, 404, "comment-not-found"),
    ("PUT", "<site>/queue/items/<foreign_comment>/claim", "moderator", None, 404, "comment-not-found"),
    ("GET", "<site>/articles/no-uuid/comments.rss", "nobody", None, 404, "not-found"),
    ("GET", "<site>/articles/<unknown>/comments.atom", "nobody", None, 404, "article-not-found"),
    ("GET", "<site>/articles/<foreign_article>/comments.rss", "nobody", None, 404, "article-not-found"),
    ("GET", "<site>/articles/<article_withdrawn>/comments.json", "nobody", None, 404, "article-not-found"),
    ("GET", "<site>/articles/<article_future>/comments.atom", "nobody", None, 404, "article-not-found"),
    ("GET", "<site>/articles/<article_open>/comments.rss?limit=0", "nobody", None, 422, "invalid-input"),
    ("GET", "<site>/comments.rss?limit=51", "nobody", None, 422, "invalid-input"),
    ("GET", "<site>/comments.atom?limit=ten", "nobody", None, 422, "invalid-input"),
    ("GET", "<site>/comments.json?limit=-1", "nobody", None, 422, "invalid-input"),
    ("GET", "<site>/comments.json?lang=russian", "nobody", None, 422, "invalid-input"),
    ("GET", "<site>/comments.rss?lang=%00", "nobody", None, 422, "invalid-input"),
    ("GET", "<site>/comments.xml", "nobody", None, 404, "not-found"),
    ("POST", "<site>/comments.rss", "nobody", None, 405, "method-not-allowed"),
    ("GET", "/api/v1/sites/no-such-site/comments.rss", "nobody", None, 404, "site-not-found"),
    ("GET", "/api/v1/sites/no-such-site", "nobody", None, 404, "site-not-found"),
    ("GET", "/api/v1/sites/no-such-site/feed", "nobody", None, 404, "site-not-found"),
    ("GET", "/api/v1/sites/%00/feed", "nobody", None, 422, "invalid-input"),
    ("GET", "/api/v1/sites/%ff%fe", "nobody", None, 422, "invalid-input"),
    ("GET", "/api/v1/sites/<slug>%0A", "nobody", None, 422, "invalid-input"),
    ("GET", "/api/v1/sites/Capital", "nobody", None, 422, "invalid-input"),
    ("GET", "/api/v1/sites/a%2Fb", "nobody", None, 404, "not-found"),
    ("GET", "/api/v1/sites/..%2F..%2Fetc%2Fpasswd", "nobody", None, 404, "not-found"),
    ("GET", "/api/v1/" + "x" * 9000, "nobody", None, 414, "too-long"),
    ("GET", "/api/v1/%zz", "nobody", None, 404, "not-found"),
    ("PUT", VOTE, "nobody", {"vote": "up"}, 401, "not-logged-in"),
    ("PUT", VOTE, "key", {"vote": "up"}, 403, "forbidden"),
    ("PUT", VOTE, "reader", {"vote": "sideways"}, 422, "invalid-input"),
    ("PUT", VOTE, "reader", {"vote": None}, 422, "invalid-input"),
    ("PUT", VOTE, "reader", {"vote": 1}, 422, "invalid-input"),
    ("PUT", VOTE, "reader", {}, 422, "invalid-input"),
    ("PUT", VOTE, "reader", {"vote": "up", "rating": 99}, 422, "invalid-input"),
    ("PUT", VOTE, "reader", None, 400, "malformed"),
    ("PUT", "<site>/articles/<unknown>/vote", "reader", {"vote": "up"}, 404, "article-not-found"),
    ("PUT", "<site>/articles/<foreign_article>/vote", "reader", {"vote": "up"}, 404, "article-not-found"),
    ("PUT", "<site>/articles/<article_withdrawn>/vote", "reader", {"vote": "up"}, 404, "article-not-found"),
    ("PUT", "<site>/articles/<article_future>/vote", "reader", {"vote": "up"}, 404, "article-not-found"),
    ("PUT", "<there>/articles/<foreign_article>/vote", "reader", {"vote": "up"}, 403, "forbidden"),
    ("DELETE", "<site>/articles/<foreign_article>/vote", "reader", None, 404, "article-not-found"),
    ("GET", "<site>/articles/<article_withdrawn>/vote", "reader", None, 404, "article-not-found"),
    ("GET", "<site>/articles/<foreign_article>/vote", "nobody", None, 404, "article-not-found"),
    ("POST", VOTE, "reader", {"vote": "up"}, 405, "method-not-allowed"),
    ("PUT", EDITIONS, "reader", {"external_ids": ["open", "russian"]}, 403, "forbidden"),
    ("PUT", EDITIONS, "nobody", {"external_ids": ["open", "russian"]}, 401, "not-logged-in"),
    ("PUT", "<there>/editions", "key", {"external_ids": ["open", "russian"]}, 403, "forbidden"),
    ("PUT", EDITIONS, "key", {"external_ids": ["open", "nowhere"]}, 404, "article-not-found"),
    ("PUT", EDITIONS, "key", {"external_ids": ["open", "other"]}, 422, "invalid-input"),
    ("PUT", EDITIONS, "key", {"external_ids": ["open", "open"]}, 422, "invalid-input"),
    ("PUT", EDITIONS, "key", {"external_ids": ["open"]}, 422, "invalid-input"),
    ("PUT", EDITIONS, "key", {"external_ids": []}, 422, "invalid-input"),
    ("PUT", EDITIONS, "key", {"external_ids": [str(number) for number in range(21)]}, 422, "invalid-input"),
    ("PUT", EDITIONS, "key", {"external_ids": ["open", "a\0"]}, 422, "invalid-input"),
    ("PUT", EDITIONS, "key", {"external_ids": ["open", 5]}, 422, "invalid-input"),
    ("PUT", EDITIONS, "key", {"external_ids": "open"}, 422, "invalid-input"),
    ("PUT", EDITIONS, "key", {}, 422, "invalid-input"),
    ("DELETE", "<site>/articles/<unknown>/edition", "key", None, 404, "article-not-found"),
    ("DELETE", "<site>/articles/<foreign_article>/edition", "key", None, 404, "article-not-found"),
    ("DELETE", "<site>/articles/<article_open>/edition", "reader", None, 403, "forbidden"),
    ("POST", "/api/v1/sites/no-such-site/articles/<unknown>/views", "nobody", None, 404, "site-not-found"),
    ("POST", "/api/v1/sites/Capital/articles/<unknown>/views", "nobody", None, 422, "invalid-input"),
    ("POST", "<site>/articles/no-uuid/views", "nobody", None, 404, "not-found"),
    ("POST", "<site>/articles/<unknown>/views", "nobody", "a" * 1025, 413, "too-large"),
    ("GET", "<site>/articles/<article_open>/views", "nobody", None, 405, "method-not-allowed"),
    ("DELETE", COMMENTS, "reader", None, 405, "method-not-allowed"),
    ("TRACE", COMMENTS, "reader", None, 405, "method-not-allowed"),
    ("EXCELLENT", COMMENTS, "reader", None, 405, "method-not-allowed"),
]  # fmt: skip

QUERIES = [  # of a thread: (query, code)
    *((f"limit={value}", "invalid-input") for value in ("0", "101", "-1", "abc", "1.5", "", "9" * 40, "%ff")),
    ("order=sideways", "invalid-input"),
    *(
        (f"cursor={value}", "cursor-invalid")
        for value in ("", "abc", "%00", "%C3%A9", "%ff", "f" + "_" * 31, "A" * 36)
    ),
    ("cursor=" + "A" * 3000, "invalid-input"),
]


@pytest.fixture(scope="module")
def world(stack: Stack) -> World:
    return World.make(stack)


def filled(template: str, world: World) -> str:
    names = world.names()
    return re.sub(r"<(\w+)>", lambda found: names[found[1]], template)


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"), [row[1:] for row in BODIES], ids=[r[0] for r in BODIES]
)
def test_a_body_that_is_not_what_was_asked_for_is_refused(world, body, kind, status, code):
    headers = world.reader.headers | ({"content-type": kind} if kind else {})
    answer = world.stack.client.post(filled(COMMENTS, world), content=body, headers=headers)
    problem(answer, status, code)


def test_a_body_that_grows_too_large_without_saying_so_is_refused(world):
    pieces = (b'{"text": "', *(b"a" * 10_000 for _ in range(40)), b'"}')
    headers = world.reader.headers | {"content-type": JSON}
    answer = world.stack.client.post(filled(COMMENTS, world), content=iter(pieces), headers=headers)
    problem(answer, 413, "too-large")


@pytest.mark.parametrize(("text", "code"), [row[1:] for row in TEXTS], ids=[row[0] for row in TEXTS])
def test_a_text_that_cannot_be_a_comment_is_refused_new_and_edited(world, text, code):
    new = world.stack.client.post(filled(COMMENTS, world), json={"text": text}, headers=world.reader.headers)
    problem(new, 422, code)
    own = filled("<site>/comments/<comment>", world)
    problem(world.stack.client.patch(own, json={"text": text}, headers=world.reader.headers), 422, code)


@pytest.mark.parametrize(("method", "path", "who", "body", "status", "code"), REQUESTS)
def test_a_request_for_what_is_not_there_or_not_allowed_is_refused(
    world, method, path, who, body, status, code
):
    sent = {} if body is None else {"json": json.loads(filled(json.dumps(body), world))}
    headers = world.credentials()[who]
    answer = world.stack.client.request(method, filled(path, world), headers=headers, **sent)
    problem(answer, status, code)


@pytest.mark.parametrize(("query", "code"), QUERIES)
def test_a_query_that_makes_no_sense_is_refused(world, query, code):
    body = problem(world.stack.client.get(f"{filled(COMMENTS, world)}?{query}"), 422, code)
    if code == "invalid-input":
        assert body["errors"][0]["pointer"] == "#/query/" + query.partition("=")[0]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("feed?lang=russian", "invalid-input"),
        ("feed?lang=", "invalid-input"),
        ("feed?tag=%00", "invalid-input"),
        (f"feed?tag={'x' * 61}", "invalid-input"),
        ("feed?since=yesterday", "invalid-input"),
        ("feed?since=.", "invalid-input"),
        ("feed?since=ab.1%0A", "invalid-input"),
        ("feed?cursor=nonsense", "cursor-invalid"),
        ("feed.html?zone=Nowhere/Land", "invalid-input"),
        ("feed.html?words=1", "invalid-input"),
        ("counts", "invalid-input"),
        ("counts?" + "&".join(f"url=https://e.example/{n}" for n in range(51)), "invalid-input"),
    ],
)
def test_a_poll_that_makes_no_sense_is_refused(world, path, code):
    problem(world.stack.client.get(f"{world.here.path}/{path}"), 422, code)


@pytest.mark.parametrize("limit", ["0", "51", "-1", "abc", "%00"])
def test_the_feed_has_1_to_50_rows(world, limit):
    problem(world.stack.client.get(f"{world.here.path}/feed?limit={limit}"), 422, "invalid-input")


def test_a_validation_problem_points_at_each_thing_that_is_wrong(world):
    answer = world.stack.client.post(
        filled(COMMENTS, world), json={"text": "a", "te/xt~": 1}, headers=world.reader.headers
    )
    assert problem(answer, 422, "invalid-input")["errors"] == [
        {"detail": "There is no such field.", "pointer": "#/body/te~1xt~0"}
    ]
    answer = world.stack.client.get(f"{filled(COMMENTS, world)}?limit=0&order=up")
    assert {wrong["pointer"] for wrong in problem(answer, 422, "invalid-input")["errors"]} == {
        "#/query/limit",
        "#/query/order",
    }
