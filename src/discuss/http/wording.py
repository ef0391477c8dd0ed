"""Turns the decoder's messages into sentences for people, and its paths into JSON Pointers."""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from discuss.errors import InvalidInput
from discuss.http.patterns import SENTENCES

KINDS: Mapping[str, str] = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
    "datetime": "a time such as 2026-01-31T12:00:00Z",
    "uuid": "an id",
}
RULES: Sequence[tuple[re.Pattern[str], str]] = [
    (re.compile(pattern), sentence)
    for pattern, sentence in (
        (r"Expected `str` of length >= 1$", "This is empty."),
        (r"Expected `str` of length >= (\d+)", "This needs at least {0} characters."),
        (r"Expected `str` of length <= (\d+)", "This is too long; at most {0} characters are allowed."),
        (r"Expected `(?:array|object)` of length >= (\d+)", "At least {0} are needed here."),
        (r"Expected `(?:array|object)` of length <= (\d+)", "This is too many; at most {0} are allowed."),
        (r"Expected `\w+` >= (\S+)", "This is too small; the minimum is {0}."),
        (r"Expected `\w+` <= (\S+)", "This is too large; the maximum is {0}."),
        (r"Expected `datetime` with a timezone", "This time needs a time zone, such as Z or +03:00."),
        (r"Invalid RFC3339 encoded datetime", "This is not a time such as 2026-01-31T12:00:00Z."),
        (r"Invalid UUID", "This is not an id."),
        (r"Invalid enum value (.*)", "{0} is not one of the possible values."),
        (r"Object missing required field", "This is missing."),
        (r"Object contains unknown field", "There is no such field."),
    )
]
KIND = re.compile(r"Expected `(.+)`, got `(\w+)`")
FORM = re.compile(r"Expected `str` matching regex (.+)")
FIELD = re.compile(r"Object (?:missing required|contains unknown) field `(.+)`")
BY_REPR = {repr(pattern): sentence for pattern, sentence in SENTENCES.items()}


def sentence(message: str) -> str:
    """The decoder's message as a sentence; an unforeseen message stays as it is."""
    if kind := KIND.match(message):
        wanted = " or ".join(KINDS.get(word, word) for word in kind[1].split(" | "))
        return f"This must be {wanted}, not {KINDS.get(kind[2], kind[2])}."
    if form := FORM.match(message):
        return BY_REPR.get(form[1], "This does not have the required form.")
    for pattern, words in RULES:
        if found := pattern.match(message):
            return words.format(*found.groups())
    return message


def pointer(*places: str) -> str:
    """A JSON Pointer as a URI fragment (RFC 6901, 6)."""
    escaped = (place.replace("~", "~0").replace("/", "~1") for place in places)
    return "#" + "".join("/" + quote(place, safe="!$&'()*+,;=:@") for place in escaped)


def wrong_body(error: Exception) -> InvalidInput:
    """Translates a strict decoder's error, such as `Expected … - at `$.tags[0]``."""
    message, _, path = str(error).partition(" - at `")
    names = re.findall(r"[^.\[\]]+", path.rpartition("$")[2].partition("[...]")[0].rstrip("`"))
    if field := FIELD.match(message):
        names.append(field[1])
    return invalid([{"detail": sentence(message), "pointer": pointer("body", *names)}])


def invalid(wrong: Sequence[Mapping[str, str]]) -> InvalidInput:
    """One error for all that is wrong; its detail names each place."""
    told = (f"{entry['pointer'].split('/', 2)[-1]}: {entry['detail']}" for entry in wrong)
    return InvalidInput("; ".join(told) or None, errors=list(wrong))
