"""A removal survives the death of the worker that was carrying it out."""

import signal
from uuid import UUID

from discuss.domain.accounts import Credential, Principal, Role
from discuss.domain.comments import Comment
from discuss.usecases.services import Services
from discuss.usecases.submit import Submission, submit
from tests.e2e.asking import ALL_PUBLISHED
from tests.stack import Person, SiteInUse, Stack, wait_for

COMMENTS = 800


def test_a_worker_killed_in_the_middle_of_a_removal_leaves_whole_portions_and_the_next_one_finishes(
    victim: Stack,
) -> None:
    site = victim.site("removal", thresholds=ALL_PUBLISHED)
    article, troll, moderator = site.article("flooded"), site.person(), site.person(Role.MODERATOR)
    last = victim.use(lambda services: flood(services, site, troll, UUID(article)))
    wait_for("all of them to be published", lambda: counted(victim, site.path, article) == COMMENTS)
    site.decided(troll, last.id)
    path = f"{site.path}/authors/{troll.id}/removals"
    asked = victim.client.post(path, json={"reason": "spam"}, headers=moderator.headers).json()

    def progress() -> dict[str, object]:
        told: dict[str, object] = victim.client.get(f"{path}/{asked['id']}", headers=moderator.headers).json()
        return told

    at_work = wait_for(
        "the removal to be under way", lambda: (told := progress())["done"] and told, closely=True
    )
    victim.worker.end(signal.SIGKILL)
    left = progress()
    assert at_work["finished_at"] is None
    assert left["finished_at"] is None, "the worker was killed too late"
    assert int(str(left["done"])) % 200 == 0
    assert counted(victim, site.path, article) == COMMENTS - int(str(left["done"]))
    victim.worker.start()
    wait_for("the next worker to finish", lambda: progress()["finished_at"])
    assert (progress()["done"], counted(victim, site.path, article)) == (COMMENTS, 0)

    wait_for("feed, counts and record to agree", lambda: site.disagreements() == [])


async def flood(services: Services, site: SiteInUse, troll: Person, article: UUID) -> Comment:
    """Writes many comments, and returns the last."""
    author = Principal(Credential.BEARER, troll.id, name=troll.name, site_id=site.site.id)
    for number in range(COMMENTS):
        last = await submit(services, author, site.slug, Submission(article, f"Flood {number}"))
    return last


def counted(stack: Stack, site: str, article: str) -> int:
    return int(stack.client.get(f"{site}/articles/{article}/comments?limit=1").json()["comment_count"])
