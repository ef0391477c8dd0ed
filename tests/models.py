"""A folder of models that a test may change and damage."""

import shutil
from pathlib import Path

import msgspec

from discuss.classify import manifest, registry
from discuss.classify.manifest import Entry, Manifest

SHIPPED = manifest.read(registry.default_models_dir()).active


class Models:
    """Starts as a copy of the shipped models, of which one is active."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(shutil.copytree(registry.default_models_dir(), folder))

    @property
    def known(self) -> Manifest:
        return manifest.read(self.folder)

    @property
    def text(self) -> str:
        return (self.folder / manifest.NAME).read_text(encoding="utf-8")

    def add(self, name: str) -> Entry:
        """Adds a copy of the shipped model under another name, in a file of its own."""
        shipped = self.known.entry(SHIPPED)
        entry = msgspec.structs.replace(shipped, name=name, version="2.0.0", file=f"{name}.skops")
        shutil.copyfile(self.folder / shipped.file, self.folder / entry.file)
        manifest.record(self.folder, entry)
        return entry

    def damage(self, name: str) -> None:
        file = self.folder / self.known.entry(name).file
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.write_bytes(content)

    def choose(self, active: str, previous: str | None = None) -> None:
        """Changes the manifest as somebody editing it by hand would: no model is tried first."""
        chosen = msgspec.structs.replace(self.known, active=active, previous=previous)
        with manifest.alone(self.folder):
            manifest.write(self.folder, chosen)
