"""How a site's fragment is written unless the request says otherwise. It is told with the feed, so that it needs no other store."""

from typing import NamedTuple


class Manner(NamedTuple):
    language: str
    zone: str

    @property
    def written(self) -> str:
        """As Redis holds it. Neither part contains a space."""
        return f"{self.language} {self.zone}"


def read(written: str) -> Manner | None:
    """None: the feed was built by an earlier release, which did not tell it."""
    language, _, zone = written.partition(" ")
    return Manner(language, zone) if zone else None
