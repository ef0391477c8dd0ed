"""Which model a worker scores with while the manifest changes."""

import asyncio

import msgspec
import pytest
from structlog.testing import capture_logs

from discuss.classify import activation, manifest
from tests.models import SHIPPED, Models
from workers.serving import RETRY, Serving

BATCH = 7


@pytest.fixture
def models(tmp_path):
    found = Models(tmp_path / "models")
    found.add("second")
    return found


@pytest.fixture
def serving(models):
    return Serving(models.folder, BATCH)


async def serves(serving):
    judge = await serving.judge()
    assert judge.batch == BATCH
    return judge.classifier.name


async def gives_up(serving):
    """Cancels a job while it loads the model."""
    job = asyncio.create_task(serving.judge())
    await asyncio.sleep(0)
    job.cancel()
    with pytest.raises(asyncio.CancelledError):
        await job


def events(logs):
    return [entry["event"] for entry in logs]


async def test_a_newly_activated_model_is_taken_up(models, serving):
    assert await serves(serving) == SHIPPED
    activation.activate(models.folder, "second")
    with capture_logs() as logs:
        assert await serves(serving) == "second"
        assert await serves(serving) == "second"
    assert logs == [{"event": "worker.model_loaded", "log_level": "info", "model": "second 2.0.0"}]


async def test_a_batch_keeps_the_model_it_began_with(models, serving):
    begun = await serving.judge()
    activation.activate(models.folder, "second")
    assert await serves(serving) == "second"
    assert begun.classifier.name == SHIPPED


async def test_a_model_that_cannot_be_loaded_is_refused_once_and_the_old_one_kept(models, serving):
    models.damage("second")
    models.choose("second", SHIPPED)
    with capture_logs() as logs:
        for _ in range(3):
            assert await serves(serving) == SHIPPED
    assert events(logs) == ["worker.model_refused"]
    assert "damaged" in logs[0]["reason"]
    assert logs[0]["kept"] == serving.title


async def test_a_refused_model_that_was_put_right_is_taken_up_after_a_while(models):
    now = [0.0]
    serving = Serving(models.folder, BATCH, clock=lambda: now[0])
    good = (models.folder / "second.skops").read_bytes()
    models.damage("second")
    models.choose("second", SHIPPED)
    assert await serves(serving) == SHIPPED
    (models.folder / "second.skops").write_bytes(good)
    assert await serves(serving) == SHIPPED
    now[0] = RETRY
    assert await serves(serving) == "second"


@pytest.fixture
def now():
    return [0.0]


@pytest.fixture
def refusing(models, now):
    """Was asked once for a damaged model, and serves the shipped one."""
    models.damage("second")
    models.choose("second", SHIPPED)
    return Serving(models.folder, BATCH, clock=lambda: now[0])


async def retries(serving, now):
    now[0] += RETRY
    assert await serves(serving) == SHIPPED


async def test_retries_that_fail_for_the_same_reason_are_not_logged(refusing, now):
    with capture_logs() as logs:
        for _ in range(3):
            await retries(refusing, now)
    assert logs == []


async def test_a_retry_that_fails_for_another_reason_is_logged(models, refusing, now):
    (models.folder / "second.skops").unlink()
    with capture_logs() as logs:
        for _ in range(2):
            await retries(refusing, now)
    assert events(logs) == ["worker.model_refused"]
    assert "cannot be read" in logs[0]["reason"]


async def test_another_model_in_the_refused_file_is_logged_even_if_the_reason_is_the_same(models, refusing):
    entry = msgspec.structs.replace(models.known.entry("second"), version="3.0.0")
    with capture_logs() as logs:
        manifest.record(models.folder, entry)
        for _ in range(2):
            assert await serves(refusing) == SHIPPED
    assert events(logs) == ["worker.model_refused"]


async def test_a_model_that_is_refused_again_after_a_good_one_is_logged_again(models, refusing):
    with capture_logs() as logs:
        for name in (SHIPPED, "second"):
            models.choose(name, SHIPPED)
            assert await serves(refusing) == SHIPPED
    assert events(logs) == ["worker.model_refused"]


async def test_after_a_refusal_the_next_good_one_is_taken_up(models, serving):
    models.damage("second")
    models.choose("second")
    assert await serves(serving) == SHIPPED
    models.add("third")
    activation.activate(models.folder, "third")
    assert await serves(serving) == "third"


@pytest.mark.parametrize("content", ["", "not json", '{"active": "x", "models": []}'])
async def test_a_strange_manifest_costs_a_running_worker_nothing(models, serving, content):
    (models.folder / manifest.NAME).write_text(content)
    with capture_logs() as logs:
        assert await serves(serving) == await serves(serving) == SHIPPED
    assert events(logs) == ["worker.model_refused"]


async def test_a_manifest_that_is_gone_for_a_while_costs_a_running_worker_nothing(models, serving):
    kept = models.text
    (models.folder / manifest.NAME).unlink()
    with capture_logs() as logs:
        assert await serves(serving) == SHIPPED
        (models.folder / manifest.NAME).write_text(kept)
        assert await serves(serving) == SHIPPED
    assert events(logs) == ["worker.model_refused"]


async def test_a_change_that_concerns_other_models_loads_nothing(models, serving):
    before = await serving.judge()
    models.add("third")
    with capture_logs() as logs:
        after = await serving.judge()
    assert after.classifier is before.classifier
    assert logs == []


async def test_new_thresholds_of_the_active_model_are_taken_up(models, serving):
    known = models.known
    entry = known.entry()
    lower = entry.thresholds | {"spam": entry.thresholds["spam"] | {"ru": 0.5}}
    manifest.write(models.folder, known.with_entry(msgspec.structs.replace(entry, thresholds=lower)))
    assert (await serving.judge()).classifier.held_from("ru")["spam"] == 0.5


async def test_jobs_that_run_at_once_load_a_model_once(models, serving):
    activation.activate(models.folder, "second")
    with capture_logs() as logs:
        names = await asyncio.gather(*(serves(serving) for _ in range(4)))
        assert await serves(serving) == "second"
    assert set(names) <= {SHIPPED, "second"}
    assert events(logs) == ["worker.model_loaded"]


async def test_a_job_that_is_cancelled_while_it_loads_leaves_that_to_the_next(models, serving):
    activation.activate(models.folder, "second")
    await gives_up(serving)
    assert await serves(serving) == "second"


async def test_a_worker_that_starts_with_a_damaged_model_falls_back_and_says_so(models):
    activation.activate(models.folder, "second")
    models.damage("second")
    with capture_logs() as logs:
        assert await serves(Serving(models.folder, BATCH)) == SHIPPED
    assert [(entry["event"], entry["log_level"]) for entry in logs] == [("worker.model_refused", "error")]
    assert "second.skops is damaged" in logs[0]["reason"]


async def test_a_worker_without_any_good_model_scores_nothing_until_one_is_put_right(models):
    good = (models.folder / "second.skops").read_bytes()
    models.damage("second")
    models.choose("second")
    now = [0.0]
    with capture_logs() as logs:
        serving = Serving(models.folder, BATCH, clock=lambda: now[0])
        assert await serving.judge() is None
    assert [(entry["event"], entry["kept"]) for entry in logs] == [("worker.model_refused", None)]
    (models.folder / "second.skops").write_bytes(good)
    now[0] = RETRY
    assert await serves(serving) == "second"


async def test_a_retry_that_is_cancelled_is_left_to_the_next(models):
    now = [0.0]
    good = (models.folder / "second.skops").read_bytes()
    models.damage("second")
    models.choose("second")
    serving = Serving(models.folder, BATCH, clock=lambda: now[0])
    (models.folder / "second.skops").write_bytes(good)
    now[0] = RETRY
    await gives_up(serving)
    assert await serves(serving) == "second"


async def test_a_worker_without_a_manifest_takes_up_the_first_model_there_is(models):
    kept = models.text
    (models.folder / manifest.NAME).unlink()
    serving = Serving(models.folder, BATCH)
    assert await serving.judge() is None
    (models.folder / manifest.NAME).write_text(kept)
    assert await serves(serving) == SHIPPED


async def test_a_model_is_taken_up_while_nobody_writes(models, serving):
    activation.activate(models.folder, "second")
    await serving.follow()
    assert serving.title == "second 2.0.0"
