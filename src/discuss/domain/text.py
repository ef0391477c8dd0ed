"""What may be stored as a comment, a name or a title."""

import unicodedata
from urllib.parse import urlsplit

from discuss.errors import InvalidInput, TextEmpty, TextNotAllowed, TextTooLong

LINE_BREAKS = "\n\t"
INVISIBLE = frozenset({"Cf", "Zs", "Zl", "Zp", "Cc"})
NEVER = frozenset({"Cc", "Cs"})
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
EMOJI_VARIATION = "\ufe0f"
JOINERS = frozenset("\u00ad\u200c\u200d")


def clean_comment(source: str, longest: int) -> str:
    """The text as it is stored: NFC, Unix line ends, trimmed.

    Raises `TextEmpty` when nothing visible is left, `TextTooLong`, or `TextNotAllowed` for control characters
    and broken surrogates. Marks of direction and joiners stay: Hebrew, Arabic and emoji need them.
    """
    text = unicodedata.normalize("NFC", source.replace("\r\n", "\n").replace("\r", "\n")).strip()
    for place, c in enumerate(text, start=1):
        if unicodedata.category(c) in NEVER and c not in LINE_BREAKS:
            raise TextNotAllowed(
                f"Character {place} of the text (U+{ord(c):04X}) cannot be shown. Please leave it out."
            )
    if not any(_seen(c) for c in text):
        raise TextEmpty
    if len(text) > longest:
        raise TextTooLong(
            f"The comment has {len(text)} characters; at most {longest} are allowed.", longest=longest
        )
    return text


def clean_line(value: str, what: str, longest: int, *, joiners: bool = False) -> str:
    """A name or a title: one line, NFC, trimmed, without characters that cannot be seen.

    Titles may hold `joiners` and soft hyphens; in a name they would let one reader pose as another.
    Raises `InvalidInput` that names `what`.
    """
    allowed = JOINERS if joiners else frozenset()
    text = unicodedata.normalize("NFC", value).strip()
    if not any(_seen(c) for c in text):
        raise InvalidInput(f"The {what} is empty.")
    if len(text) > longest:
        raise InvalidInput(f"The {what} has {len(text)} characters; at most {longest} are allowed.")
    return require_seen(text, what, allowed)


def clean_note(value: str, what: str) -> str:
    """Text of several lines that only staff reads, trimmed. Raises `InvalidInput` for what cannot be stored."""
    text = value.replace("\r\n", "\n").strip()
    if any(unicodedata.category(c) in NEVER and c not in LINE_BREAKS for c in text):
        raise InvalidInput(f"The {what} holds characters that cannot be stored.")
    return text


def require_seen(text: str, what: str, allowed: frozenset[str] = frozenset()) -> str:
    """Raises `InvalidInput` for control characters, and for marks that make text look like another."""
    if any(unicodedata.category(c) in HIDDEN and c not in allowed for c in text):
        raise InvalidInput(f"The {what} holds characters that cannot be seen.")
    return text


def require_url(value: str) -> str:
    """An address that a link may lead to: http or https, a host, nobody's name or password before it.

    Raises `InvalidInput`.
    """
    try:
        parts = urlsplit(require_seen(value, "web address"))
        fine = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        fine = False
    if not fine or "@" in parts.netloc or any(c.isspace() or c in '<>"' for c in value):
        raise InvalidInput("This is not a web address that begins with http:// or https://.")
    return value


def _seen(character: str) -> bool:
    return unicodedata.category(character) not in INVISIBLE and character != EMOJI_VARIATION
