"""The model that a worker scores with: the active one, and after a failed change the last that could be loaded."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import structlog

from discuss.classify import manifest, registry
from discuss.classify.registry import Loaded
from discuss.errors import ModelBroken
from discuss.usecases.rulebook import Rulebook
from discuss.usecases.services import Judge

RETRY = 60.0
"""Seconds after which a model that was refused is tried again: its file may have been put right in the meantime."""

log = structlog.get_logger()


class Serving:
    """Raises `ModelBroken` when it is made and there is no model to score with; afterwards never."""

    def __init__(self, models_dir: Path, batch: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._models_dir = models_dir
        self._batch = batch
        self._rulebook = Rulebook()
        self._clock = clock
        self._changing = False
        self._retry_at: float | None = None
        self._seen = manifest.stamp(models_dir)
        self._loaded = registry.load_last_good(models_dir)
        if self._loaded.refused:
            self._complain(self._loaded.refused)

    @property
    def title(self) -> str:
        return self._loaded.entry.title

    async def judge(self) -> Judge:
        """For one batch, which is scored by one model from start to end.

        Whoever finds the manifest changed waits until the new model is loaded; the others go on with what there is.
        """
        stamp = manifest.stamp(self._models_dir)
        due = self._retry_at is not None and self._clock() >= self._retry_at
        if (due or stamp != self._seen) and not self._changing:
            self._changing = True
            try:
                await self._follow()
                self._seen = stamp
            finally:  # cancelled: the next one finds it changed still
                self._changing = False
        return Judge(self._loaded.classifier, self._batch, self._rulebook)

    async def _follow(self) -> None:
        self._retry_at = None
        try:
            loaded = await asyncio.to_thread(self._active)
        except ModelBroken as refused:
            self._complain(refused)
            return
        if loaded is not self._loaded:
            self._loaded = loaded
            log.info("worker.model_loaded", model=self.title)

    def _active(self) -> Loaded:
        entry = manifest.read(self._models_dir).entry()
        return self._loaded if entry == self._loaded.entry else registry.load_entry(self._models_dir, entry)

    def _complain(self, refused: ModelBroken) -> None:
        self._retry_at = self._clock() + RETRY
        log.error("worker.model_refused", reason=refused.detail, kept=self.title)
