"""The styles, scripts and pictures of our own pages. They are public, because the log-in page needs them.

They are below the console's address, so that a site that forwards our addresses can use `/assets/` itself.
"""

from litestar import Response, get
from litestar.params import FromPath

from discuss.http.dependencies import Asked
from discuss.http.files import HTTP, read_files, serve

ASSETS = read_files(HTTP / "pages", HTTP / "console", HTTP / "console" / "scripts", HTTP / "demo")


@get("/console/assets/{name:str}", include_in_schema=False, sync_to_thread=False)
def assets(request: Asked, name: FromPath[str]) -> Response[bytes | None]:
    return serve(request, ASSETS, name)
