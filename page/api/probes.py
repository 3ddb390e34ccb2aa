"""Health and readiness, for whatever watches over the server.

Both are open without a password: probes carry none, and these say nothing but a word.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from corpus.errors import DatelineError
from page.api.asking import Opened
from page.desk.gate import Gate

_FRESH = {"Cache-Control": "no-store"}


def probe_routes(opened: Opened, gate: Gate) -> Sequence[BaseRoute]:
    """`/healthz`: the server answers. `/readyz`: it also takes questions, and its library reads.

    Args:
        opened: says which newsroom is open.
        gate: once it drains, the server is not ready.
    """

    async def health(request: Request) -> Response:
        del request
        return JSONResponse({"status": "ok"}, headers=_FRESH)

    async def ready(request: Request) -> Response:
        del request
        if gate.is_draining:
            return _not_ready("draining")
        if not await to_thread.run_sync(_reads, opened):
            return _not_ready("library")
        return JSONResponse({"status": "ready"}, headers=_FRESH)

    return [Route("/healthz", health), Route("/readyz", ready)]


def _not_ready(why: str) -> Response:
    headers = {**_FRESH, "Retry-After": "5"}
    return JSONResponse({"status": why}, status_code=503, headers=headers)


def _reads(opened: Opened) -> bool:
    try:
        opened.newsroom.library.stats()
    except (DatelineError, sqlite3.Error, OSError):
        return False
    return True
