"""What the demo site is made of: invented articles, readers and comments."""

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import msgspec

SLUG = "demo"


class DemoArticle(msgspec.Struct, frozen=True):
    """`minutes_ago`: how long before the demo site was made the article was published."""

    id: str
    language: str
    section: str
    author: str
    minutes_ago: int
    title: str
    lead: str
    body: Sequence[str]


class DemoPerson(msgspec.Struct, frozen=True):
    name: str
    email: str
    password: str


class DemoPeople(msgspec.Struct, frozen=True):
    readers: Sequence[DemoPerson]
    moderator: DemoPerson


class DemoComment(msgspec.Struct, frozen=True):
    """`reader` is an e-mail address. An `id` never changes: a later run knows by it what an earlier one wrote."""

    id: str
    article: str
    reader: str
    text: str


@lru_cache
def demo_articles() -> Sequence[DemoArticle]:
    return msgspec.json.decode(_data("articles"), type=list[DemoArticle])


@lru_cache
def demo_people() -> DemoPeople:
    return msgspec.json.decode(_data("people"), type=DemoPeople)


@lru_cache
def demo_comments() -> Sequence[DemoComment]:
    return msgspec.json.decode(_data("comments"), type=list[DemoComment])


def _data(name: str) -> bytes:
    return (files("discuss") / "demo" / f"{name}.json").read_bytes()
