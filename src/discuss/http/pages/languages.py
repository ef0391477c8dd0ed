"""The language of a page, and its words."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from discuss.http.dependencies import Asked

COOKIE = "discuss_lang"
DEFAULT = "en"
NAMES = {"en": "English", "ru": "Русский"}

Words = Mapping[str, Any]


HTTP = Path(__file__).parents[1]


def _words(folder: str, language: str) -> Words:
    found: Words = msgspec.json.decode((HTTP / folder / "words" / f"{language}.json").read_bytes())
    return found


WORDS: Mapping[str, Words] = {
    language: {**_words("pages", language), "console": _words("console", language)} for language in NAMES
}
"""The console's words are kept in files of their own, because they are more than those of all other pages."""


def chosen(request: Asked) -> str | None:
    """The language that the address asks for, if we have it."""
    asked = request.query_params.get("lang")
    return asked if asked in WORDS else None


def language_of(request: Asked) -> str:
    """The language in the address, else the one chosen before, else what the browser prefers."""
    before = request.cookies.get(COOKIE)
    known = (language for language in (chosen(request), before) if language in WORDS)
    return next(known, None) or _preferred(request.headers.get("accept-language", ""))


def _preferred(header: str) -> str:
    ranked = sorted(_ranges(header), key=lambda pair: -pair[0])
    return next((language for weight, language in ranked if weight > 0), DEFAULT)


def _ranges(header: str) -> Iterator[tuple[float, str]]:
    for part in header[:500].split(","):
        tag, _, weight = part.partition(";q=")
        language = tag.strip().lower().partition("-")[0]
        if language in WORDS:
            yield _weight(weight), language


def _weight(text: str) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 0
