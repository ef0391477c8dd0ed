"""Whether the process is alive, and whether it can answer."""

from typing import Any

from litestar import Response, get
from litestar.openapi.datastructures import ResponseSpec
from msgspec import Struct

from discuss.http.dependencies import Asked, ServicesGiven
from discuss.usecases.check_health import check_health


class Health(Struct):
    """`degraded` names the stores that are not available."""

    status: str
    degraded: list[str] = []


@get("/health/live", operation_id="Live", summary="Is the process alive?", tags=["Health"])
async def live() -> Health:
    return Health("ok")


@get(
    "/health/ready",
    operation_id="Ready",
    summary="Can it answer readers?",
    tags=["Health"],
    responses={
        200: ResponseSpec(Health, generate_examples=False, description="Yes, perhaps from memory alone."),
        503: ResponseSpec(Health, generate_examples=False, description="Not yet."),
    },
)
async def ready(services: ServicesGiven, request: Asked) -> Response[Any]:
    """Answers 503 only until the schema is in place and the first feed has been read, or an earlier one was found on disk.

    During an outage of PostgreSQL or Redis this server still answers readers.
    """
    degraded = await check_health(services)
    if not request.app.state.warm.is_set():
        return Response(Health("starting", degraded), status_code=503)
    return Response(Health("degraded" if degraded else "ok", degraded))
