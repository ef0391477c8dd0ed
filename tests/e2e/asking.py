"""What the tests of the HTTP edge share: checking a problem, a world to attack, and clients with cookies."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import httpx

from discuss.domain.accounts import Role
from discuss.domain.policy import Threshold
from tests.stack import PASSWORD, TLS, Person, SiteInUse, Stack

PROBLEM = "application/problem+json"
LABELS = ("toxic", "spam", "insult", "threat", "obscene", "identity_hate")
ALL_PUBLISHED = {label: Threshold(hold=1.01) for label in LABELS}
ALL_HELD = {label: Threshold(hold=0.0) for label in LABELS}
UNKNOWN = "01890000-0000-7000-8000-000000000000"


def problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The body, if it is the problem that was expected, well formed and free of our innards."""
    assert (answer.status_code, answer.headers.get("content-type")) == (status, PROBLEM), answer.text
    body: dict[str, Any] = answer.json()
    assert (body["code"], body["status"], body["type"]) == (code, status, f"/problems/{code}"), body
    assert body["detail"].endswith("."), "a detail is a sentence"
    assert answer.headers["cache-control"] == "no-store"
    assert not re.search(r"Traceback|\.py\b|msgspec|asyncpg|sqlalchemy|litestar|regex", answer.text), (
        answer.text
    )
    for wrong in body.get("errors", []):
        assert re.match(r"#/(body|path|query|header)\b", wrong["pointer"]), wrong
        assert wrong["detail"].endswith("."), wrong
    return body


@dataclass
class Browser:
    """A client with the cookie of a session, and the token that proves that the request comes from our own pages."""

    client: httpx.Client
    csrf: Mapping[str, str]

    @classmethod
    def log_in(cls, stack: Stack, site: SiteInUse | None, person: Person) -> Self:
        client = httpx.Client(base_url=stack.base_url, timeout=20, verify=TLS)
        body = {"email": person.email, "password": PASSWORD, "site": site.slug if site else None}
        answer = client.post("/api/v1/session", json=body)
        assert answer.status_code == 201, answer.text
        return cls(client, {"x-csrf-token": answer.json()["csrf_token"]})


@dataclass
class World:
    """A site with people and a published comment, and another site whose ids must open nothing here."""

    stack: Stack
    here: SiteInUse
    there: SiteInUse
    reader: Person
    stranger: Person
    moderator: Person
    comment: dict[str, Any]
    foreign: dict[str, Any]
    held: dict[str, Any]
    held_article: str

    @classmethod
    def make(cls, stack: Stack) -> Self:
        here, there = (stack.site(name, thresholds=ALL_PUBLISHED) for name in ("here", "there"))
        for site in (here, there):
            site.article("open")
        here.article("other")
        here.article("russian", language="ru")
        here.article("closed", commenting="closed")
        here.article("withdrawn", withdrawn=True)
        here.article("future", published_at="2150-01-01T00:00:00Z")
        held_article = here.article("premoderated", commenting="premoderated")
        reader, stranger = here.person(), here.person()
        other = there.person()
        comment = here.comment(reader, here.articles["open"], "The bridge opened on time.")
        held = here.comment(reader, held_article, "This one waits for a person.")
        foreign = there.comment(other, there.articles["open"], "Said elsewhere.")
        return cls(
            stack, here, there, reader, stranger, here.person(Role.MODERATOR),
            here.decided(reader, comment["id"]), there.decided(other, foreign["id"]),
            here.decided(reader, held["id"]), held_article,
        )  # fmt: skip

    def names(self) -> dict[str, str]:
        """What stands for `{name}` in the paths and bodies of the tables."""
        return {
            "site": self.here.path,
            "there": self.there.path,
            "slug": self.here.slug,
            "comment": self.comment["id"],
            "revision": self.comment["revision_id"],
            "held": self.held["id"],
            "held_article": self.held_article,
            "foreign_comment": self.foreign["id"],
            "foreign_revision": self.foreign["revision_id"],
            "foreign_article": self.there.articles["open"],
            "unknown": UNKNOWN,
            "author": str(self.reader.id),
            "moderator_id": str(self.moderator.id),
            "reader_email": self.reader.email,
            "reader_name": self.reader.name,
        } | {f"article_{name}": article for name, article in self.here.articles.items()}

    def credentials(self) -> dict[str, dict[str, str]]:
        return {
            "nobody": {},
            "reader": self.reader.headers,
            "stranger": self.stranger.headers,
            "moderator": self.moderator.headers,
            "key": {"authorization": f"Bearer {self.here.key}"},
        }
