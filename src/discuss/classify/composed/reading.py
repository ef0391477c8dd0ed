"""Read the sets from their files, and refuse a set with a slot or a label that cannot be right."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import msgspec

SLOT = re.compile(r"\{(\w+)\}")

_FOLDER = Path(__file__).parent

Label = Literal["toxic", "spam", "insult", "obscene", "threat", "identity_hate"]
Fillers = dict[str, list[str]]


class InvalidSet(ValueError):
    """The file of a set contradicts itself."""


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file; `shared` names the file of `slots/` whose fillers it uses in addition to its own."""

    language: Literal["ru", "en"]
    labels: dict[Label, Literal[0, 1]]
    templates: list[str]
    slots: Fillers = {}
    shared: str | None = None


def parse(text: str, shared: Mapping[str, Fillers]) -> Source:
    """The set with all its fillers in `slots`."""
    try:
        source = msgspec.convert(tomllib.loads(text), Source)
    except msgspec.ValidationError as error:
        raise InvalidSet(str(error)) from error
    if source.shared is not None:
        source = msgspec.structs.replace(source, slots=source.slots | _known(shared, source.shared))
    _check_slots(source)
    _check_repetitions("templates", source.templates)
    for name, fillers in source.slots.items():
        _check_repetitions(f"the slot {name}", fillers)
    return source


def _known(shared: Mapping[str, Fillers], name: str) -> Fillers:
    if name not in shared:
        raise InvalidSet(f"no shared slots are called {name}")
    return shared[name]


def _check_slots(source: Source) -> None:
    used = {name for template in source.templates for name in SLOT.findall(template)}
    if unknown := sorted(used - set(source.slots)):
        raise InvalidSet(f"unknown slots: {', '.join(unknown)}")
    if unused := sorted(set(source.slots) - used):
        raise InvalidSet(f"unused slots: {', '.join(unused)}")
    if broken := [template for template in source.templates if set("{}") & set(SLOT.sub("", template))]:
        raise InvalidSet(f"braces that are no slot: {broken[0]}")


def _check_repetitions(where: str, texts: Sequence[str]) -> None:
    if not texts or "" in texts:
        raise InvalidSet(f"nothing stands in {where}")
    if len(set(texts)) < len(texts):
        raise InvalidSet(f"something stands twice in {where}")


def _read_all() -> dict[str, Source]:
    shared = {
        path.stem: msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Fillers)
        for path in _FOLDER.glob("slots/*.toml")
    }
    return {
        path.stem: parse(path.read_text(encoding="utf-8"), shared) for path in sorted(_FOLDER.glob("*.toml"))
    }


SETS: Mapping[str, Source] = MappingProxyType(_read_all())
