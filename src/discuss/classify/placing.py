"""Put a model beside its manifest, which names a complete file at every moment, even if this is interrupted."""

from pathlib import Path

import msgspec

from discuss.classify import manifest
from discuss.classify.manifest import Entry
from discuss.classify.replacing import replace


def place(models_dir: Path, entry: Entry, packed: bytes) -> None:
    """Write the model and record it.

    A file keeps its name from one version to the next, so it cannot be replaced in one step together with the manifest, which
    holds its hash. In between, the manifest names a second file with the same content. Two that place models of one name
    wait for each other: otherwise the hash of one could stay beside the file of the other.
    """
    lasting = models_dir / entry.file
    passing = lasting.with_stem(f"{lasting.stem}-{entry.sha256[:12]}")
    with manifest.alone(models_dir):
        for path in (passing, lasting):
            replace(path, packed)
            manifest.add(models_dir, msgspec.structs.replace(entry, file=str(path.relative_to(models_dir))))
        passing.unlink(missing_ok=True)
