"""The model that a worker scores with: the active one or, after a failed change, the last one that could be loaded."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import structlog

from discuss.classify import manifest, registry
from discuss.classify.manifest import Entry
from discuss.classify.registry import Loaded
from discuss.errors import ModelBroken
from discuss.usecases.rulebook import Rulebook
from discuss.usecases.services import Judge

RETRY = 60.0
"""Seconds after which a model that was refused is tried again: its file may have been repaired in the meantime."""

log = structlog.get_logger()


class Serving:
    """Never raises `ModelBroken`: if there is no model at all, texts wait until there is one."""

    def __init__(self, models_dir: Path, batch: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._models_dir = models_dir
        self._batch = batch
        self.rulebook = Rulebook()
        self._clock = clock
        self._changing = False
        self._retry_at: float | None = None
        self._complained_of: tuple[str, Entry | None] | None = None
        self._seen = manifest.stamp(models_dir)
        self._loaded = self._last_good()

    @property
    def title(self) -> str | None:
        return self._loaded.entry.title if self._loaded else None

    async def judge(self) -> Judge | None:
        """The judge for one batch, which one model scores from start to finish; None if there is no model.

        The caller that finds the manifest changed waits until the new model is loaded; the others go on with the present one.
        """
        await self.follow()
        return Judge(self._loaded.classifier, self._batch, self.rulebook) if self._loaded else None

    async def follow(self) -> None:
        """Looks at the manifest, and loads the model that has become active."""
        stamp = manifest.stamp(self._models_dir)
        due = self._retry_at is not None and self._clock() >= self._retry_at
        if (due or stamp != self._seen) and not self._changing:
            self._changing = True
            try:
                await self._load()
                self._seen = stamp
            finally:  # after a cancellation, the next caller still finds it changed or due
                self._changing = False

    async def _load(self) -> None:
        wanted = await asyncio.to_thread(self._wanted)
        try:
            loaded = await asyncio.to_thread(self._active)
        except ModelBroken as refused:
            self._complain(refused, wanted, self.title)
            return
        self._retry_at = self._complained_of = None
        if loaded is not self._loaded:
            self._loaded = loaded
            log.info("worker.model_loaded", model=self.title)

    def _wanted(self) -> Entry | None:
        """What the manifest says of the active model; None if it cannot be read."""
        with suppress(ModelBroken):
            return manifest.read(self._models_dir).entry()
        return None

    def _active(self) -> Loaded:
        entry = manifest.read(self._models_dir).entry()
        known = self._loaded
        return known if known and known.entry == entry else registry.load_entry(self._models_dir, entry)

    def _last_good(self) -> Loaded | None:
        wanted = self._wanted()
        try:
            loaded = registry.load_last_good(self._models_dir)
        except ModelBroken as refused:
            self._complain(refused, wanted, None)
            return None
        if loaded.refused:
            self._complain(loaded.refused, wanted, loaded.entry.title)
        return loaded

    def _complain(self, refused: ModelBroken, wanted: Entry | None, kept: str | None) -> None:
        """A retry that fails as the attempt before it did is not logged."""
        self._retry_at = self._clock() + RETRY
        if self._complained_of != (refused.detail, wanted):
            self._complained_of = refused.detail, wanted
            log.error("worker.model_refused", reason=refused.detail, kept=kept)
