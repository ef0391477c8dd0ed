"""The scripts that a site puts into its pages: `<script type="module" src="…/embed/thread.js">`.

Plain modules without a build step: browsers get the files of this folder as they are, except for a mark in their imports.
"""

from pathlib import Path

from litestar import Response, get
from litestar.params import FromPath

from discuss.http.dependencies import Asked
from discuss.http.files import read_files, serve

SCRIPTS = read_files(Path(__file__).parent)


@get("/embed/{name:str}", include_in_schema=False, sync_to_thread=False)
def embed(request: Asked, name: FromPath[str]) -> Response[bytes | None]:
    return serve(request, SCRIPTS, name)
