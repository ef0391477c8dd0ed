"""The least that an ASGI application can do: one prepared answer. BENCH_ANSWER names the JSON file that holds it."""

import base64
import json
import os
from pathlib import Path
from typing import Any

_told = json.loads(Path(os.environ["BENCH_ANSWER"]).read_text(encoding="utf-8"))
_START = {
    "type": "http.response.start",
    "status": _told["status"],
    "headers": [(name.encode(), value.encode()) for name, value in _told["headers"]],
}
_BODY = {"type": "http.response.body", "body": base64.b64decode(_told["body"])}


async def app(scope: Any, receive: Any, send: Any) -> None:  # noqa: ARG001  - as ASGI has it
    if scope["type"] == "http":
        await send(_START)
        await send(_BODY)
