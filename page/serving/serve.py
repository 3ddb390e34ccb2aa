"""Serving the page and the doors beside it: to this machine only, unless a password guards them."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import gradio as gr
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import BaseRoute, Mount, Route

from corpus.errors import DatelineError
from page.api.http import build_api
from page.api.looking import Looking
from page.api.probes import probe_routes
from page.desk.desk import Desk
from page.drawing.theme import STYLES, theme
from page.serving.guard import Guard
from page.serving.headers import SecurityHeaders

MAX_UPLOAD = "10mb"
QUEUED = 16
"""Events of the page that may wait, of all readers together."""
API = "/api/v1"
SCRIPT = Path(__file__).parents[1] / "static" / "page.js"
SCRIPT_TAG = '<script src="./dateline.js" defer></script>'
LOOPBACK_NAMES = ["127.0.0.1", "localhost", "[::1]"]


Running = Callable[[], AbstractAsyncContextManager[None]]
"""What must run while the server does."""


class CannotServe(DatelineError):
    """The page cannot be served at that address."""


@dataclass(frozen=True, slots=True)
class Doors:
    """What is served beside the page, and what must run while it is."""

    routes: Sequence[BaseRoute] = ()
    middleware: Sequence[Middleware] = ()
    running: Sequence[Running] = ()


def _script(request: Request) -> FileResponse:
    """The page's own script: a file, because the policy lets no other script in."""
    del request
    return FileResponse(SCRIPT, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


def is_loopback(host: str) -> bool:
    """True when only this machine can reach `host`."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def require_auth(host: str, auth: tuple[str, str] | None) -> None:
    """Refuse an address that other machines can reach, unless a password guards it.

    Raises:
        CannotServe: no password.
    """
    if not is_loopback(host) and auth is None:
        raise CannotServe(
            "Others could read your library at this address without a password",
            where=host,
            next_step="leave --host out, or set DATELINE_CHAT_AUTH=name:password first",
        )


def free_port(host: str) -> int:
    """A port that nothing listens on now."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.bind((host.strip("[]"), 0))
        return int(probe.getsockname()[1])


def doors(desk: Desk, *, metrics: bool = False) -> Doors:
    """The HTTP API, the MCP tools, the probes and the metrics of the open library.

    The tools are there where the package `mcp` is installed.

    Raises:
        CannotServe: metrics are asked for, and the package for them is not installed.
    """
    gate, looking = desk.gate, Looking(desk)
    routes: list[BaseRoute] = [*probe_routes(desk, gate)]
    middleware: list[Middleware] = []
    running: list[Running] = []
    if find_spec("mcp") is not None:
        from page.api.tools import build_tools

        tools = build_tools(desk, gate, looking)
        routes += tools.routes
        running.append(tools.running)
    if metrics:
        if find_spec("prometheus_client") is None:
            raise CannotServe(
                "The metrics need the package prometheus-client",
                next_step="pip install 'dateline[metrics]'",
            )
        from page.api.metrics import Metered, Meters

        meters = Meters(gate)
        routes.append(meters.route())
        middleware.append(Middleware(Metered, meters=meters))
    routes.append(Mount(API, app=build_api(desk, gate, looking)))
    return Doors(routes, middleware, running)


def serve(
    page: gr.Blocks,
    desk: Desk,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    auth: tuple[str, str] | None = None,
    metrics: bool = False,
) -> str:
    """Start serving the page, and the doors beside it, in the background.

    Args:
        desk: says which newsroom is open, and which files the file route must never open. Its
            gate is what questions wait at, the page's with the API's.
        host: an address of this machine.
        port: 0 picks a free one.
        auth: name and password, without which no other machine may reach the page.
        metrics: whether Prometheus may read `/metrics`.

    Returns:
        The page's address, without a slash at its end. `page.close()` ends the serving.

    Raises:
        CannotServe: a host that others can reach without `auth`, or a port that is taken.
    """
    require_auth(host, auth)
    port = port or free_port(host)
    page.queue(max_size=QUEUED, default_concurrency_limit=1)
    try:
        page.launch(
            server_name=host,
            server_port=port,
            auth=auth,
            theme=theme(),
            css_paths=list(STYLES),
            head=SCRIPT_TAG,
            app_kwargs=_app(doors(desk, metrics=metrics), host, auth),
            allowed_paths=[],
            blocked_paths=desk.blocked,
            max_file_size=MAX_UPLOAD,
            footer_links=[],
            strict_cors=True,
            share=False,
            show_error=False,
            ssr_mode=False,
            pwa=False,
            mcp_server=False,
            enable_monitoring=False,
            run_history=False,
            quiet=True,
            inline=False,
            prevent_thread_lock=True,
            # Else Gradio asks its own page whether it is there, and takes three seconds of a busy
            # machine for a fault.
            _frontend=False,
        )
    except OSError as error:
        raise CannotServe(
            "The page cannot be served at this address",
            where=f"{host}:{port}",
            next_step="choose another port, for example --port 7861",
        ) from error
    return str(page.local_url).rstrip("/")


def _app(beside: Doors, host: str, auth: tuple[str, str] | None) -> dict[str, Any]:
    """What Gradio's app is made with, the outermost middleware first."""
    # A page elsewhere that makes its own name point at 127.0.0.1 is turned away by its Host.
    hosts = LOOPBACK_NAMES if is_loopback(host) else ["*"]

    @asynccontextmanager
    async def lifespan(app: object) -> AsyncGenerator[None, None]:
        del app
        async with AsyncExitStack() as stack:
            for running in beside.running:
                await stack.enter_async_context(running())
            yield

    return {
        "routes": [Route("/dateline.js", _script), *beside.routes],
        "lifespan": lifespan,
        "middleware": [
            *beside.middleware,
            Middleware(TrustedHostMiddleware, allowed_hosts=hosts),
            Middleware(SecurityHeaders),
            Middleware(Guard, auth=auth),
        ],
    }
