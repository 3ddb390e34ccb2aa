"""Counts and times for Prometheus, at /metrics where the server's owner asked for them.

They hold no word of any question: only how many, how long, and how they ended.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from page.desk.gate import Gate

SECONDS = (0.01, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60)
"""Upper bounds of the times that are told apart. A look takes a tenth of a second, an answer of
the default model some seconds, one at the end of the queue a minute."""

_DOORS = {
    "/api/v1/ask": "ask",
    "/api/v1/ask/stream": "ask",
    "/api/v1/search": "search",
    "/mcp": "mcp",
    "/healthz": "probe",
    "/readyz": "probe",
    "/gradio_api/queue/join": "page",
    "/gradio_api/queue/data": "page",
}
"""Only known paths have a name of their own, so that nobody can fill the memory with names."""


class Meters:
    """What is counted. One for each server."""

    def __init__(self, gate: Gate) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        self.requests = Counter(
            "dateline_requests", "Requests, by door, method and status.",
            ("door", "method", "status"), registry=self.registry,
        )  # fmt: skip
        self.seconds = Histogram(
            "dateline_request_seconds", "Seconds from a request to the end of its response.",
            ("door",), registry=self.registry, buckets=SECONDS,
        )  # fmt: skip
        self.registry.register(_OfGate(gate))

    def route(self) -> BaseRoute:
        """`/metrics`."""

        async def metrics(request: Request) -> Response:
            del request
            return Response(generate_latest(self.registry), media_type=CONTENT_TYPE_LATEST)

        return Route("/metrics", metrics)


class _OfGate(Collector):
    """What the gate says of itself, read when Prometheus asks."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def collect(self) -> Iterator[Metric]:
        """One family of each kind."""
        gate = self._gate
        gauge, counter = GaugeMetricFamily, CounterMetricFamily
        yield gauge("dateline_questions_inside", "Questions being answered.", gate.inside)
        yield gauge("dateline_questions_waiting", "Questions that wait.", gate.waiting)
        yield gauge("dateline_draining", "1 once it is being stopped.", int(gate.is_draining))
        yield counter("dateline_questions_refused", "Questions turned away.", gate.refused)


class Metered:
    """ASGI middleware: counts each request, and times it."""

    def __init__(self, app: ASGIApp, meters: Meters) -> None:
        self.app = app
        self.meters = meters

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, and note how it ended."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        door = _door(str(scope["path"]))
        method = scope["method"] if scope["method"] in ("GET", "HEAD", "POST") else "other"
        try:
            await self.app(scope, receive, noting)
        finally:
            self.meters.requests.labels(door, method, status).inc()
            self.meters.seconds.labels(door).observe(time.perf_counter() - began)


def _door(path: str) -> str:
    if path.startswith("/api/v1/show/"):
        return "show"
    return _DOORS.get(path.rstrip("/"), "other")
