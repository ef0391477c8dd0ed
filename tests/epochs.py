"""Names of epochs, as whoever builds a feed makes them."""


def made_at(millis: int) -> str:
    """Milliseconds since 1970."""
    return f"{millis:012x}70008000000000000000"


EARLIER, EPOCH, LATER = (made_at(millis) for millis in (1000, 2000, 3000))
NEVER = made_at(2**48 - 1)
"""Thousands of years from now."""
