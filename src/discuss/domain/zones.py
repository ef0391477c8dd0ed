"""Time zones by their IANA names."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from discuss.errors import InvalidInput


def require_zone(name: str) -> str:
    """The name of an existing zone. Raises `InvalidInput`."""
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InvalidInput(
            f"There is no time zone called {name!r}. Use a name such as Europe/Moscow."
        ) from error
