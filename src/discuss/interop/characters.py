"""The characters that XML 1.0 can carry. What it forbids cannot be escaped either, so it is left out."""

import re

FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def allowed(text: str) -> str:
    """The text without control characters, lone surrogates and the two noncharacters that XML forbids."""
    return FORBIDDEN.sub("", text)
