"""The characters that XML 1.0 can carry. What it forbids cannot be escaped either, so it is left out."""

import re

FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def allowed(text: str) -> str:
    """Without control characters, half surrogate pairs and the two that are no characters."""
    return FORBIDDEN.sub("", text)
