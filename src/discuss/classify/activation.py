"""Make a model the active one."""

from pathlib import Path

from discuss.classify import manifest, packing, registry
from discuss.classify.manifest import Manifest


def activate(models_dir: Path, name: str) -> Manifest:
    """Inspect the model with skops, load it and try it before activating it. Raises `ModelBroken` and changes nothing if that fails."""
    with manifest.alone(models_dir):
        known = manifest.read(models_dir)
        entry = known.entry(name)
        packing.inspect(models_dir / entry.file, entry.sha256)
        registry.load_entry(models_dir, entry)
        changed = known.with_active(name)
        if changed != known:
            manifest.write(models_dir, changed)
    return changed
