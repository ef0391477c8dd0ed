"""The model is changed, and broken, under workers that are scoring: every comment is decided nevertheless."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from discuss.classify import activation
from discuss.store.tables import decisions
from discuss.usecases.services import Services
from tests.chaos.traffic import VICTIM, Traffic
from tests.models import SHIPPED, Models
from tests.stack import Stack, wait_for


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Models:
    found = Models(tmp_path_factory.mktemp("models") / "models")
    found.add("second")
    found.add("third")
    return found


@pytest.fixture(scope="module")
def victim(models: Models) -> Iterator[Stack]:
    with Stack.running(DISCUSS_MODELS=str(models.folder), **VICTIM) as stack:
        yield stack


def decided_by(stack: Stack, model: str) -> bool:
    """Whether anything was decided by that model."""

    async def found(services: Services) -> bool:
        async with services.database.reading() as tx:
            rows = await tx.execute(select(decisions.c.id).where(decisions.c.model == model).limit(1))
            return rows.first() is not None

    return stack.use(found)


def told(log: Path, event: str, *words: str) -> list[str]:
    return [
        line for line in log.read_text().splitlines() if event in line and all(word in line for word in words)
    ]


def test_a_model_that_is_activated_under_load_is_taken_up_without_a_restart(
    victim: Stack, models: Models, traffic: Traffic
) -> None:
    traffic.more()
    process = victim.worker.child
    activation.activate(models.folder, "second")
    wait_for("decisions by the new model", lambda: decided_by(victim, "second 2.0.0"))
    traffic.settle()
    assert victim.worker.child is process
    assert len(told(victim.worker.log, "worker.model_loaded", "second 2.0.0")) == 1
    assert traffic.unanswered == []


def test_a_model_that_breaks_leaves_the_last_good_one_at_work_also_after_a_restart(
    victim: Stack, models: Models, traffic: Traffic
) -> None:
    log = victim.worker.log
    models.damage("third")
    models.choose("third", SHIPPED)
    wait_for("the refusal", lambda: told(log, "worker.model_refused", "third.skops is damaged"))
    traffic.more()
    assert len(told(log, "worker.model_refused")) == 1
    victim.worker.end()
    victim.worker.start()
    shipped = models.known.entry(SHIPPED).title
    wait_for("a worker with the model before it", lambda: len(told(log, "worker.started", shipped)) > 1)
    assert len(told(log, "worker.model_refused", f"kept={shipped!r}")) == 1
    traffic.more()
    traffic.settle()
    assert not decided_by(victim, "third 2.0.0")
    assert traffic.unanswered == []


def test_without_any_model_the_feed_goes_on_and_texts_wait_until_one_is_put_right(
    victim: Stack, models: Models, traffic: Traffic
) -> None:
    good = {path: path.read_bytes() for path in models.folder.rglob("*.skops")}
    for path in good:
        path.write_bytes(b"damaged")
    victim.worker.end()
    victim.worker.start()
    wait_for("the refusal", lambda: told(victim.worker.log, "worker.model_refused", "kept=None"))
    reader = traffic.readers[0]
    comment = traffic.site.comment(reader, traffic.articles[0], "Is there a map of the area?")
    traffic.site.renamed("0")
    state = victim.client.get(f"{traffic.site.path}/comments/{comment['id']}", headers=reader.headers)
    assert state.json()["state"] == "pending"
    for path, content in good.items():
        path.write_bytes(content)
    models.choose("second", SHIPPED)
    traffic.site.decided(reader, comment["id"])
    assert "Traceback" not in victim.worker.log.read_text()
    traffic.settle()
    assert traffic.unanswered == []
