"""Host names in the one form in which they are compared: as people read them, however they were written."""

import re
import unicodedata
from collections.abc import Set as AbstractSet
from urllib.parse import urlsplit

_PUNYCODE = "xn--"
_LONGEST_LABEL = 63
_NAME = re.compile(r"\w[\w.-]*|:[\w.:]+")
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def host_form(name: str) -> str:
    """In lower case, without `www.`, and with Punycode (`xn--e1afmkfd.xn--p1ai`) turned into what people read (`пример.рф`)."""
    plain = unicodedata.normalize("NFKC", name.translate(_UNSEEN).replace("。", ".")).lower()
    labels = plain.rstrip(".").removeprefix("www.").split(".")
    return ".".join(map(_legible, labels)) if _PUNYCODE in plain else ".".join(labels)


def host_of(link: str) -> str:
    """The host as browsers read it: a backslash is a slash, and punctuation after the name does not belong to it. Empty if the link leads nowhere."""
    address = _address(link)
    try:
        return _named(urlsplit(address).hostname or "")
    except ValueError:
        return _named(address.partition("//")[2])


def hosts_of(link: str) -> AbstractSet[str]:
    """Where a link may lead that was cut out of a text: what follows an @ may belong to it, or come after it."""
    return {host_of(link), _named(_address(link).partition("//")[2])} - {""}


def _address(link: str) -> str:
    plain = unicodedata.normalize("NFKC", link.translate(_UNSEEN).replace("\\", "/")).replace("。", ".")
    return plain if "://" in plain else f"//{plain}"


def _named(authority: str) -> str:
    name = _NAME.match(authority)
    return host_form(name[0]) if name else ""


def is_plain(name: str) -> bool:
    """Whether `host_of` sees all of it: browsers also open `x!.evil.example`, and Punycode that nobody can read."""
    host = host_form(name)
    return _PUNYCODE not in host and not host.startswith(":") and _NAME.fullmatch(host) is not None


def with_parents(host: str) -> AbstractSet[str]:
    """`a.b.c`, `b.c` and `c`."""
    labels = host.split(".")
    return {".".join(labels[place:]) for place in range(len(labels))}


def _legible(label: str) -> str:
    """Decodes Punycode. A label that does not hide a real name stays as it is: its decoded form might not even be storable."""
    if not label.startswith(_PUNYCODE) or len(label) > _LONGEST_LABEL:
        return label
    try:
        read = label.removeprefix(_PUNYCODE).encode("ascii").decode("punycode")
    except (UnicodeError, OverflowError):
        return label
    return (
        unicodedata.normalize("NFKC", read).lower()
        if read and read.isprintable() and "." not in read
        else label
    )
