"""The address the API will listen on: whether it is free, and whether anything answers there."""

import errno
import socket
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from discuss.errors import SetupFailed

REASONS = {
    errno.EADDRINUSE: "is taken by another program. Stop that, or choose another port with DISCUSS_PORT.",
    errno.EACCES: "may not be used without more rights. Choose a port above 1023 with DISCUSS_PORT.",
    errno.EADDRNOTAVAIL: "is not an address of this machine. Change DISCUSS_HOST.",
}


def check_free(host: str, port: int) -> None:
    """Raises `SetupFailed` if the API could not listen there."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does after a restart
            probe.bind(address)
    except socket.gaierror as error:
        raise SetupFailed(f"DISCUSS_HOST={host} is not an address of this machine.") from error
    except OSError as error:
        raise SetupFailed(
            f"Port {port} on {host} {REASONS.get(error.errno or 0, f'cannot be used: {error}.')}"
        ) from error


def answers(url: str) -> bool:
    """Whether a GET there is answered with 200."""
    place = urlsplit(url)
    line = HTTPConnection(place.netloc, timeout=2)
    with suppress(OSError, HTTPException):
        line.request("GET", place.path)
        return line.getresponse().status == 200  # noqa: PLR2004  - the status that means fine
    return False
