"""A hundred moderators act on the same comments at once: one decision each, and everybody is told the truth."""

from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from discuss.domain.accounts import Credential, Role
from discuss.domain.policy import Threshold
from discuss.usecases.log_in import open_session
from discuss.usecases.register_account import add_account, grant_role
from discuss.usecases.services import Services
from tests.e2e.asking import LABELS
from tests.stack import PASSWORD, TLS, Person, SiteInUse, Stack, wait_for

MODERATORS = 100
COMMENTS = 20
HELD = {label: Threshold(hold=0.0) for label in LABELS}
RULINGS = [{"state": "published"}, {"state": "rejected", "reason": "spam"}]


@dataclass(frozen=True)
class Told:
    """What one moderator was told about one comment."""

    revision: str
    decided: bool
    state: str
    decision: str


@pytest.fixture(scope="module")
def site(stack: Stack) -> SiteInUse:
    made = stack.site("conflicts", thresholds=HELD)
    for name in ("one", "two", "three"):
        made.article(name)
    return made


@pytest.fixture(scope="module")
def moderators(site: SiteInUse) -> list[str]:
    """Their tokens."""

    async def make(services: Services) -> list[str]:
        tokens = []
        for number in range(MODERATORS):
            name = f"Judge {number}"
            account = await add_account(services, site.site.id, name, f"judge{number}@example.org", PASSWORD)
            await grant_role(services, account, Role.MODERATOR, site.site.id)
            tokens.append((await open_session(services, account, name, Credential.BEARER)).token)
        return tokens

    return site.stack.use(make)


@pytest.fixture
def seen(site: SiteInUse, moderators: list[str]) -> dict[str, str]:
    """Comments that wait, by revision, with the decision that everybody is looking at."""
    author, articles = site.person(), list(site.articles.values())
    made = [
        site.comment(author, articles[n % 3], f"This comment is contested, and it is number {n}.")
        for n in range(COMMENTS)
    ]
    revisions = [str(site.decided(author, comment["id"])["revision_id"]) for comment in made]
    return {revision: decisions(site, revision, moderators[0])[-1]["id"] for revision in revisions}


def decisions(site: SiteInUse, revision: str, token: str) -> list[dict[str, Any]]:
    headers = {"authorization": f"Bearer {token}"}
    path = f"{site.path}/revisions/{revision}/decisions"
    found: list[dict[str, Any]] = site.stack.client.get(path, headers=headers).json()
    return found


def turned(seen: dict[str, str], number: int) -> list[str]:
    """The comments in another order for every moderator: each begins elsewhere, and half of them go backwards."""
    start = number % len(seen)
    order = [*list(seen)[start:], *list(seen)[:start]]
    return order[::-1] if number % 4 > 1 else order


def one_by_one(client: httpx.Client, site: SiteInUse, seen: dict[str, str], number: int) -> Iterator[Told]:
    """Decides one by one, each moderator in an order of their own; half of them name what they saw in the header."""
    order = turned(seen, number)
    for place, revision in enumerate(order):
        body = RULINGS[(number + place) % 2]
        tag = {"if-match": f'"{seen[revision]}"'}
        headers, sent = (tag, body) if number % 4 == 0 else ({}, body | {"seen": seen[revision]})
        answer = client.post(f"{site.path}/revisions/{revision}/decisions", json=sent, headers=headers)
        told = answer.json()
        if answer.status_code == 201:
            yield Told(revision, True, told["state"], told["id"])
        else:
            assert (answer.status_code, told["code"]) == (409, "decision-stale"), answer.text
            assert told["moderator"].startswith("Judge ")
            yield Told(revision, False, told["current"], told["decision_id"])


def all_at_once(client: httpx.Client, site: SiteInUse, seen: dict[str, str], number: int) -> Iterator[Told]:
    order = turned(seen, number)
    items = [{"revision_id": revision, "seen": seen[revision]} for revision in order]
    answer = client.post(f"{site.path}/decisions", json=RULINGS[number % 2] | {"items": items})
    assert answer.status_code == 200, answer.text
    for result in answer.json()["results"]:
        assert result["outcome"] in {"decided", "stale"}
        decided = result["outcome"] == "decided"
        yield Told(result["revision_id"], decided, result["state"], result["decision_id"])


def act(site: SiteInUse, seen: dict[str, str], number: int, token: str) -> list[Told]:
    headers = {"authorization": f"Bearer {token}"}
    with httpx.Client(base_url=site.stack.base_url, headers=headers, timeout=120, verify=TLS) as client:
        way = all_at_once if number % 2 else one_by_one
        return list(way(client, site, seen, number))


def test_of_a_hundred_moderators_one_decides_each_comment_and_the_others_are_told_so(site, moderators, seen):
    with ThreadPoolExecutor(MODERATORS) as pool:
        acts = [pool.submit(act, site, seen, *each) for each in enumerate(moderators)]
        told = [one for done in acts for one in done.result()]
    assert len(told) == MODERATORS * COMMENTS
    by_revision: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        by_revision[one.revision].append(one)
    published = 0
    for revision, answers in by_revision.items():
        (winner,) = [one for one in answers if one.decided]
        assert {(one.state, one.decision) for one in answers} == {(winner.state, winner.decision)}
        machine, person = decisions(site, revision, moderators[0])
        assert (machine["source"], person["source"]) == ("policy", "person")
        assert (person["id"], person["state"]) == (winner.decision, winner.state)
        published += winner.state == "published"
    assert_all_agree(site, published)


def assert_all_agree(site: SiteInUse, published: int) -> None:
    """Counters, feed and record agree."""

    def counted() -> int:
        return sum(int(str(row["comment_count"])) for row in site.feed())

    wait_for(f"the feed to count {published} comments", lambda: counted() == published)
    wait_for("nothing to differ", lambda: site.disagreements() == [])


def test_moderators_who_undo_at_once_take_a_decision_back_once(site, moderators, seen):
    revision, machine = next(iter(seen.items()))
    judge: Person = site.person(Role.MODERATOR)
    path = f"{site.path}/revisions/{revision}/decisions"
    made = site.stack.client.post(path, json={"state": "published", "seen": machine}, headers=judge.headers)

    def undo(token: str) -> int:
        return httpx.post(
            f"{site.stack.base_url}{site.path}/decisions/{made.json()['id']}/undo",
            headers={"authorization": f"Bearer {token}"},
            timeout=60,
            verify=TLS,
        ).status_code

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(undo, moderators[:20]))
    assert sorted(answers) == [201, *[409] * 19]
    assert [made["state"] for made in decisions(site, revision, moderators[0])] == [
        "held",
        "published",
        "held",
    ]
