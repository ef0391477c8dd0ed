"""Making a model the active one."""

from pathlib import Path

from discuss.classify import manifest, packing, registry
from discuss.classify.manifest import Manifest


def activate(models_dir: Path, name: str) -> Manifest:
    """Once it was looked at by skops, loaded and tried. Raises `ModelBroken`, and then nothing has changed."""
    with manifest.alone(models_dir):
        known = manifest.read(models_dir)
        entry = known.entry(name)
        packing.inspect(models_dir / entry.file, entry.sha256)
        registry.load_entry(models_dir, entry)
        changed = known.with_active(name)
        if changed != known:
            manifest.write(models_dir, changed)
    return changed
