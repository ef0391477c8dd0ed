"""Metrics for the operator's monitoring, in the Prometheus format. Closed unless a token is set."""

import os
from collections.abc import Iterable, Sequence

from litestar import Response, get
from litestar.exceptions import NotFoundException
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from discuss.errors import Forbidden
from discuss.http.caching import NO_STORE
from discuss.http.dependencies import Asked, ServicesGiven
from discuss.usecases.brake import count_brakes
from discuss.usecases.measure_feeds import Measured, measure_feeds
from discuss.usecases.services import Services
from discuss.usecases.tokens import same

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Figures:
    """A collector for `prometheus_client`."""

    def __init__(self, services: Services, feeds: Sequence[Measured], brakes: int | None) -> None:
        self._services, self._feeds, self._brakes = services, feeds, brakes

    def collect(self) -> Iterable[Metric]:
        drift = CounterMetricFamily(
            "discuss_feed_drift", "Articles found wrong in the feed.", labels=["site"]
        )
        compared = GaugeMetricFamily(
            "discuss_feed_compared_timestamp_seconds",
            "When the feed was last compared with PostgreSQL.",
            labels=["site"],
        )
        for feed in self._feeds:
            drift.add_metric([feed.site], feed.drift)
            compared.add_metric([feed.site], feed.compared_at)
        process = [str(os.getpid())]
        listeners = GaugeMetricFamily("discuss_feed_listeners", "Open event streams.", labels=["process"])
        listeners.add_metric(process, self._services.streams.listeners)
        connected = GaugeMetricFamily(
            "discuss_redis_connected", "Whether Redis answered last.", labels=["process"]
        )
        connected.add_metric(process, int(self._services.listener.connected))
        return [drift, compared, listeners, connected, *self._counted()]

    def _counted(self) -> Iterable[Metric]:
        """What only PostgreSQL knows; left out during its outages."""
        if self._brakes is not None:
            yield GaugeMetricFamily("discuss_brakes", "Brakes on rules and labels.", value=self._brakes)


@get("/metrics", include_in_schema=False, cache_control=NO_STORE)
async def metrics(services: ServicesGiven, request: Asked) -> Response[bytes]:
    """Needs `Authorization: Bearer` with DISCUSS_METRICS_TOKEN; answers 404 if that is not set."""
    token: str = request.app.state.metrics_token
    if not token:
        raise NotFoundException
    if not same(request.headers.get("authorization", ""), f"Bearer {token}"):
        raise Forbidden("The metrics require the token set in DISCUSS_METRICS_TOKEN.")
    registry = CollectorRegistry()
    registry.register(Figures(services, await measure_feeds(services), await count_brakes(services)))
    return Response(generate_latest(registry), headers={"content-type": CONTENT_TYPE})
