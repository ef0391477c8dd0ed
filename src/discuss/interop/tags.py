"""XML, written tag by tag: everything that goes into a tag is escaped here and nowhere else."""

from xml.sax.saxutils import escape, quoteattr

from discuss.interop.characters import allowed

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
CARRIAGE_RETURN = {"\r": "&#13;"}
"""A parser would read a bare one as a line feed."""


def text(name: str, value: object, **attributes: object) -> str:
    """A tag around text. Attributes that are None are left out; `_` in a name stands for `:`."""
    return f"<{name}{_written(attributes)}>{escape(allowed(str(value)), CARRIAGE_RETURN)}</{name}>"


def empty(name: str, **attributes: object) -> str:
    return f"<{name}{_written(attributes)}/>"


def nest(name: str, *children: str, **attributes: object) -> str:
    """A tag around tags."""
    return f"<{name}{_written(attributes)}>{''.join(children)}</{name}>"


def document(root: str) -> bytes:
    return (DECLARATION + root + "\n").encode()


def _written(attributes: dict[str, object]) -> str:
    given = {name: value for name, value in attributes.items() if value is not None}
    return "".join(f" {name.replace('_', ':')}={quoteattr(allowed(str(v)))}" for name, v in given.items())
