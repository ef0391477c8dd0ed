"""What may be stored as a comment, a name or a title."""

import unicodedata
from urllib.parse import urlsplit

from discuss.errors import InvalidInput, TextEmpty, TextNotAllowed, TextTooLong

LINE_BREAKS = "\n\t"
INVISIBLE = frozenset({"Cf", "Zs", "Zl", "Zp", "Cc"})
NEVER = frozenset({"Cc", "Cs"})
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
EMOJI_VARIATION = "\ufe0f"
MOST_MARKS = 20
MOST_URL_BYTES = 2048
"""PostgreSQL allows 2,704 bytes for an index entry."""
# Letters, marks and signs that show nothing: fillers, grapheme joiners, variation selectors, the Braille blank.
BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | frozenset(
    map(chr, range(0xFE00, 0xFE10))
)
JOINERS = frozenset("\u00ad\u200c\u200d")


def clean_comment(source: str, longest: int) -> str:
    """The text as it is stored: NFC, Unix line ends, trimmed.

    Raises `TextEmpty` when nothing visible is left, `TextTooLong`, or `TextNotAllowed` for control characters
    and broken surrogates. Direction marks and joiners stay: Hebrew, Arabic and emoji need them.
    """
    if len(source) > longest:
        raise TextTooLong(
            f"The comment has {len(source)} characters; at most {longest} are allowed.", longest=longest
        )
    require_few_marks(source)
    text = unicodedata.normalize("NFC", source.replace("\r\n", "\n").replace("\r", "\n")).strip()
    for place, c in enumerate(text, start=1):
        if unicodedata.category(c) in NEVER and c not in LINE_BREAKS:
            raise TextNotAllowed(
                f"Character {place} of the text (U+{ord(c):04X}) cannot be shown. Please leave it out."
            )
    if not any(_seen(c) for c in text):
        raise TextEmpty
    return text


def require_few_marks(text: str) -> None:
    """Raises `TextNotAllowed` for a letter with a heap of combining marks: no language has any, and normalising them is slow."""
    marks = 0
    for c in text:
        marks = marks + 1 if unicodedata.combining(c) else 0
        if marks > MOST_MARKS:
            raise TextNotAllowed(f"One letter has more than {MOST_MARKS} marks on it.")


def clean_line(value: str, what: str, longest: int, *, joiners: bool = False) -> str:
    """A name or a title: one line, NFC, trimmed, without characters that cannot be seen.

    Titles may hold `joiners` and soft hyphens; in a name they would let one reader pose as another.
    Raises `InvalidInput`, naming `what`.
    """
    allowed = JOINERS if joiners else frozenset()
    spaced = "".join(
        " " if unicodedata.category(c) == "Zs" else c for c in unicodedata.normalize("NFC", value)
    )
    text = " ".join(part for part in spaced.split(" ") if part).strip()
    if not any(_seen(c) for c in text):
        raise InvalidInput(f"The {what} is empty.")
    if len(text) > longest:
        raise InvalidInput(f"The {what} has {len(text)} characters; at most {longest} are allowed.")
    return require_seen(text, what, allowed)


def clean_note(value: str, what: str) -> str:
    """Text of several lines, trimmed. Raises `InvalidInput` for what cannot be stored."""
    text = value.replace("\r\n", "\n").strip()
    if not storable(text):
        raise InvalidInput(f"The {what} contains characters that cannot be stored.")
    return text


def composed(text: str) -> str:
    """The text in NFC: the same letters compare equal, whatever keyboard or program wrote them."""
    return unicodedata.normalize("NFC", text)


def storable(text: str) -> bool:
    return not any(unicodedata.category(c) in NEVER and c not in LINE_BREAKS for c in text)


def clean_words(value: str | None, what: str = "text to the author") -> str | None:
    """`clean_note` for a text that may be left out: None if nothing remains of it."""
    return (clean_note(value, what) or None) if value else None


def require_seen(text: str, what: str, allowed: frozenset[str] = frozenset()) -> str:
    """Raises `InvalidInput` for control characters, and for invisible ones that make one text look like another."""
    if any(_hides(c) and c not in allowed for c in text):
        raise InvalidInput(f"The {what} contains invisible characters.")
    return text


def name_key(name: str) -> str:
    """The key that two names must not share: the same for capitals, wide and other forms of the same letters."""
    return "".join(
        c for c in unicodedata.normalize("NFKC", name).casefold() if not _hides(c) and c != EMOJI_VARIATION
    )


def require_url(value: str) -> str:
    """An address that a link may lead to: http or https, with a host, and without a user name or password.

    Raises `InvalidInput`.
    """
    if len(value.encode("utf-8", "surrogatepass")) > MOST_URL_BYTES:
        raise InvalidInput(f"This web address is longer than {MOST_URL_BYTES} bytes.")
    try:
        parts = urlsplit(require_seen(value, "web address"))
        fine = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        fine = False
    if not fine or "@" in parts.netloc or any(c.isspace() or c in '<>"' for c in value):
        raise InvalidInput("This is not a web address beginning with http:// or https://.")
    return value


def _seen(character: str) -> bool:
    return unicodedata.category(character) not in INVISIBLE and character not in BLANK


def _hides(character: str) -> bool:
    return unicodedata.category(character) in HIDDEN or (character in BLANK and character != EMOJI_VARIATION)
