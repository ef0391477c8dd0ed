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
_IGNORABLE = (
    (0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2065, 0x2065), (0x3164, 0x3164),
    (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0xE0000, 0xE0FFF),
)  # fmt: skip
"""What shows nothing according to Unicode (`Default_Ignorable_Code_Point`) and is not in the category Cf, first and last of each range."""
BLANK = frozenset("\u2800") | {chr(code) for first, last in _IGNORABLE for code in range(first, last + 1)}
"""Letters, marks and signs that show nothing: fillers, grapheme joiners, variation selectors, the Braille blank, and places kept for more of them."""
JOINERS = frozenset("\u00ad\u200c\u200d\u180b\u180c\u180d\u180f") | {
    chr(code) for code in range(0xE0100, 0xE01F0)
}
"""With the selectors of the forms that Mongolian letters and Chinese characters take."""
MEANINGLESS = frozenset({"Cn", "Co"})


def clean_comment(source: str, longest: int) -> str:
    """The text as it is stored: NFC, Unix line ends, trimmed.

    Raises `TextEmpty` when nothing visible is left, `TextTooLong`, or `TextNotAllowed` for control characters
    and broken surrogates. Direction marks and joiners stay: Hebrew, Arabic and emoji need them.
    """
    _require_short(source, longest)
    require_few_marks(source)
    text = unicodedata.normalize("NFC", source.replace("\r\n", "\n").replace("\r", "\n")).strip()
    _require_short(text, longest)  # Some characters become three in NFC.
    for place, c in enumerate(text, start=1):
        if unicodedata.category(c) in NEVER and c not in LINE_BREAKS:
            raise TextNotAllowed(
                f"Character {place} of the text (U+{ord(c):04X}) cannot be shown. Please leave it out."
            )
    if not any(_seen(c) for c in text):
        raise TextEmpty
    return text


def _require_short(text: str, longest: int) -> None:
    if len(text) > longest:
        raise TextTooLong(
            f"The comment has {len(text)} characters; at most {longest} are allowed.", longest=longest
        )


def require_few_marks(text: str) -> None:
    """Raises `TextNotAllowed` for a letter with a heap of combining marks: no language has any, and normalising them is slow."""
    if _heaped(text):
        raise TextNotAllowed(f"One letter has more than {MOST_MARKS} marks on it.")


def _heaped(text: str) -> bool:
    marks = 0
    for c in text:
        marks = marks + 1 if unicodedata.combining(c) else 0
        if marks > MOST_MARKS:
            return True
    return False


def clean_line(value: str, what: str, longest: int, *, joiners: bool = False) -> str:
    """A name or a title: one line, NFC, trimmed, without characters that cannot be seen.

    Titles may hold `joiners` and soft hyphens; in a name they would let one reader pose as another, and so would characters
    that are shown alike because fonts do not have them. Raises `InvalidInput`, naming `what`.
    """
    if _heaped(value):
        raise InvalidInput(f"The {what} has more than {MOST_MARKS} marks on one letter.")
    text = _single_spaced(unicodedata.normalize("NFC", value))
    if not any(_seen(c) for c in text):
        raise InvalidInput(f"The {what} is empty.")
    if len(text) > longest:
        raise InvalidInput(f"The {what} has {len(text)} characters; at most {longest} are allowed.")
    require_seen(text, what, JOINERS if joiners else frozenset())
    if not joiners and any(unicodedata.category(c) in MEANINGLESS for c in text):
        raise InvalidInput(f"The {what} contains characters to which Unicode gives no meaning.")
    return text


def _single_spaced(text: str) -> str:
    spaced = "".join(" " if unicodedata.category(c) == "Zs" else c for c in text)
    return " ".join(part for part in spaced.split(" ") if part).strip()


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


LOOK_FROM = "авекмнорстухѕіјһԁԛԝӏзбёїαβεζηικμνορτυχ01|iı"
LOOK_TO = "abekmhopctyxsljhdqwl36ëïabezhlkmvoptyxollll"
"""Letters as they stand in a `name_key`, and what they look like. The store has the same pairs in an index: changing them takes a migration."""

_LOOKS = str.maketrans(LOOK_FROM, LOOK_TO)


def name_key(name: str) -> str:
    """The key that two names must not share: the same for capitals, wide and other forms of the same letters."""
    return "".join(
        c for c in unicodedata.normalize("NFKC", name).casefold() if not _hides(c) and c != EMOJI_VARIATION
    )


def name_look(name: str) -> str:
    """The key that two names must not share, because people would take one for the other.

    Letters of other alphabets, and digits, stand for the Latin letters that they look like, as capitals or small.
    """
    return name_key(name).translate(_LOOKS)


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
