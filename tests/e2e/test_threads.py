"""Replies, tombstones, pages, and text that is shown as text."""

import re
from typing import Any

import pytest

from discuss.domain.accounts import Role
from tests.e2e.asking import ALL_PUBLISHED, problem
from tests.e2e.test_comments import decide, delete, published, read, thread
from tests.stack import SiteInUse, Stack


@pytest.fixture(scope="module")
def site(stack: Stack) -> SiteInUse:
    return stack.site("threads", thresholds=ALL_PUBLISHED, deepest_reply=2)


@pytest.fixture(scope="module")
def anna(site: SiteInUse):
    return site.person()


def test_a_reply_knows_its_parent_its_root_and_its_depth_and_goes_only_so_deep(site, anna):
    article, parent, made = site.article("deep"), None, []
    for level in range(3):
        made.append(published(site, anna, article, f"Level {level}.", parent_id=parent))
        parent = made[-1]["id"]
    assert [comment["depth"] for comment in made] == [0, 1, 2]
    assert {comment["root_id"] for comment in made} == {made[0]["id"]}
    assert [comment["parent_id"] for comment in made] == [None, made[0]["id"], made[1]["id"]]
    path = f"{site.path}/articles/{article}/comments"
    deeper = site.stack.client.post(path, json={"text": "a", "parent_id": parent}, headers=anna.headers)
    assert problem(deeper, 422, "reply-too-deep")["deepest"] == 2


def test_a_deleted_comment_is_a_tombstone_for_as_long_as_a_reply_hangs_on_it(site, anna):
    article = site.article("tombstones")
    parent = published(site, anna, article, "The first word.")
    reply = published(site, anna, article, "An answer.", parent_id=parent["id"])
    delete(site, anna, parent["id"])
    first, second = thread(site, article)
    assert (first["id"], first["deleted"], first["author"], first["html"]) == (parent["id"], True, None, None)
    assert "first word" not in str(first)
    assert second["id"] == reply["id"]
    delete(site, anna, reply["id"])
    assert thread(site, article) == []


def test_a_comment_that_a_moderator_removed_is_a_tombstone_where_replies_hang_on_it(site, anna):
    article, moderator = site.article("removed"), site.person(Role.MODERATOR)
    parent = published(site, anna, article, "The first word.")
    reply = published(site, anna, article, "An answer.", parent_id=parent["id"])
    decide(site, moderator, parent["revision_id"], state="rejected", reason="insult")
    first, second = thread(site, article)
    assert (first["id"], first["deleted"], first["author"], first["html"]) == (parent["id"], True, None, None)
    assert second["id"] == reply["id"]


def test_every_comment_of_a_thread_comes_with_the_comments_it_hangs_on(site, anna):
    article = site.article("chain")
    chain: list[dict[str, Any]] = []
    for level in range(3):
        parent = chain[-1]["id"] if chain else None
        chain.append(published(site, anna, article, f"Link {level}.", parent_id=parent))
    delete(site, anna, chain[0]["id"])
    delete(site, anna, chain[1]["id"])
    shown = thread(site, article)
    assert [(comment["id"], comment["deleted"]) for comment in shown] == [
        (chain[0]["id"], True),
        (chain[1]["id"], True),
        (chain[2]["id"], False),
    ]


def test_moderators_read_what_was_deleted_and_others_do_not(site, anna):
    made = published(site, anna, site.article("kept"), "For the record.")
    delete(site, anna, made["id"])
    assert read(site, made["id"], site.person(Role.MODERATOR)).json()["text"] == "For the record."
    for person in (None, anna, site.person()):
        problem(read(site, made["id"], person), 404, "comment-not-found")


@pytest.mark.parametrize("order", ["oldest", "newest"])
def test_pages_hold_every_comment_once_even_while_others_are_written_and_taken_away(site, anna, order):
    article = site.article(f"pages-{order}")
    made = [published(site, anna, article, f"Number {number}.")["id"] for number in range(7)]
    seen: list[str] = []
    cursor, pages = None, 0
    while pages == 0 or cursor:
        query = {"limit": 3, "order": order} | ({"cursor": cursor} if cursor else {})
        body = site.stack.client.get(f"{site.path}/articles/{article}/comments", params=query).json()
        seen += [comment["id"] for comment in body["comments"]]
        cursor, pages = body["next_cursor"], pages + 1
        if pages == 1:
            delete(site, anna, seen[2])
            late = published(site, anna, article, "Written meanwhile.")["id"]
    expected = made if order == "oldest" else made[::-1]
    assert seen == ([*expected, late] if order == "oldest" else expected)
    assert pages == 3


def test_a_page_that_is_just_full_has_no_next_one(site, anna):
    article = site.article("full")
    for number in range(2):
        published(site, anna, article, f"Number {number}.")
    path = f"{site.path}/articles/{article}/comments"
    assert site.stack.client.get(path, params={"limit": 2}).json()["next_cursor"] is None
    assert site.stack.client.get(path, params={"limit": 1}).json()["next_cursor"]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[click](javascript:alert(1))",
        "[click](JaVaScRiPt:alert(1))",
        "[click](java&#x0A;script:alert(1))",
        "[click](data:text/html;base64,PHNjcmlwdD4=)",
        "[click](vbscript:x)",
        "[click](/session/end)",
        "[click](//evil.example)",
        "[click](?page=2)",
        "![picture](https://tracker.example/pixel.gif)",
        "<a href='javascript:alert(1)'>x</a>",
        "<javascript:alert(1)>",
        '[a](https://x.example/"onmouseover="alert(1))',
        "[a]: javascript:alert(1)\n\n[a]",
        "`<script>`\n\n```\n<script>alert(1)</script>\n```",
        "<svg/onload=alert(1)>",
        "</p></div><iframe src=https://evil.example>",
        "<!-- --><style>*{display:none}</style>",
    ],
)
def test_text_cannot_become_a_script_a_picture_or_a_frame(site, anna, text):
    article = site.articles.get("html") or site.article("html")
    html = site.comment(anna, article, text)["html"]
    tags = re.findall(r"<\s*/?\s*([a-z]+)([^>]*)>", str(html), re.IGNORECASE)
    assert {name for name, _ in tags} <= {
        "a",
        "blockquote",
        "br",
        "code",
        "em",
        "li",
        "ol",
        "p",
        "pre",
        "strong",
        "ul",
    }
    for _, attributes in tags:
        assert re.fullmatch(r'|( href="(https?|mailto):[^"]*")? rel="nofollow ugc noopener"', attributes), (
            html
        )


def test_a_link_is_kept_and_tells_search_engines_that_a_reader_put_it_there(site, anna):
    article = site.articles.get("html") or site.article("html")
    html = site.comment(anna, article, "See [this](https://example.org/?a=1&b=2).")["html"]
    assert html == (
        '<p>See <a href="https://example.org/?a=1&amp;b=2" rel="nofollow ugc noopener">this</a>.</p>'
    )


def test_a_rejected_comment_takes_its_text_along_and_leaves_its_replies_readable(site, anna):
    article, judge = site.article("orphans"), site.person(Role.MODERATOR)
    parent = published(site, anna, article, "Over the line.")
    reply = published(site, anna, article, "An honest answer.", parent_id=parent["id"])
    decide(site, judge, parent["revision_id"], "rejected", reason="insult")
    shown = thread(site, article)
    assert "Over the line" not in str(shown)
    assert reply["id"] in {comment["id"] for comment in shown}
