"""Names of epochs, made like those of real feeds."""


def made_at(millis: int) -> str:
    """`millis`: milliseconds since 1970."""
    return f"{millis:012x}70008000000000000000"


EARLIER, EPOCH, LATER = (made_at(millis) for millis in (1000, 2000, 3000))
NEVER = made_at(2**48 - 1)
"""An epoch thousands of years from now."""
