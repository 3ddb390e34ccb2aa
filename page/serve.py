"""Serving the page: to this machine only, with headers that let nothing remote in."""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import re
import socket
from pathlib import Path

import gradio as gr
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus.errors import DatelineError
from embeddings.milvus.address import is_milvus, parse
from page.theme import STYLES, theme

MAX_UPLOAD = "10mb"
SCRIPT = Path(__file__).with_name("page.js")
SCRIPT_TAG = '<script src="./dateline.js" defer></script>'
LOOPBACK_NAMES = ["127.0.0.1", "localhost", "[::1]"]

_INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)


class CannotServe(DatelineError):
    """The page cannot be served at that address."""


def content_security_policy(page: bytes = b"") -> str:
    """A policy that lets Gradio run and nothing else: own origin only, no inline handlers.

    Args:
        page: the HTML whose own inline scripts may run, each named by its SHA-256. Script that
            an article or a model wrote is not among them, so it cannot run even if it got into
            the page. Gradio sets inline styles, so those are let through; they can load nothing.
    """
    digests = sorted(
        {
            f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"
            for script in _INLINE_SCRIPT.findall(page)
        }
    )
    return "; ".join(
        [
            "default-src 'self'",
            " ".join(["script-src 'self'", *digests]),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "media-src 'self' data: blob:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-src 'none'",
            "frame-ancestors 'none'",
        ]
    )


class SecurityHeaders:
    """ASGI middleware: the policy and its companions on every response.

    An HTML response is held back until it is whole, because its policy names its scripts.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, and its response back with the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start: Message | None = None
        body = b""

        async def guarded(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                _set_headers(headers)
                if headers.get("content-type", "").startswith("text/html"):
                    start = message
                    return
            elif start is not None:
                body += message.get("body", b"")
                if message.get("more_body"):
                    return
                MutableHeaders(scope=start)["Content-Security-Policy"] = content_security_policy(
                    body
                )
                await send(start)
                start = None
                message = {"type": "http.response.body", "body": body}
            await send(message)

        await self.app(scope, receive, guarded)


def _set_headers(headers: MutableHeaders) -> None:
    headers["Content-Security-Policy"] = content_security_policy()
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Referrer-Policy"] = "no-referrer"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"


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


def _files_of(library: Path | str) -> list[str]:
    """The folder or file that a library is kept in; none for one behind a server."""
    if not is_milvus(str(library)):
        return [str(Path(library).resolve())]
    address = parse(str(library))
    return [address.uri] if address.is_file else []


def serve(
    page: gr.Blocks,
    *,
    library: Path | str,
    host: str = "127.0.0.1",
    port: int = 7860,
    auth: tuple[str, str] | None = None,
) -> str:
    """Start serving the page in the background.

    Args:
        library: its folder, or its `milvus:` URI: the file route must never open its files.
        port: 0 picks a free one.
        auth: name and password, without which no other machine may reach the page.

    Returns:
        The page's address, without a slash at its end. `page.close()` ends the serving.

    Raises:
        CannotServe: a host that others can reach without `auth`, or a port that is taken.
    """
    require_auth(host, auth)
    port = port or free_port(host)
    # A page elsewhere that makes its own name point at 127.0.0.1 is turned away by its Host.
    hosts = LOOPBACK_NAMES if is_loopback(host) else ["*"]
    page.queue(max_size=16, default_concurrency_limit=1)
    try:
        page.launch(
            server_name=host,
            server_port=port,
            auth=auth,
            theme=theme(),
            css_paths=list(STYLES),
            head=SCRIPT_TAG,
            app_kwargs={
                "routes": [Route("/dateline.js", _script)],
                "middleware": [
                    Middleware(TrustedHostMiddleware, allowed_hosts=hosts),
                    Middleware(SecurityHeaders),
                ],
            },
            allowed_paths=[],
            blocked_paths=_files_of(library),
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
        )
    except OSError as error:
        raise CannotServe(
            "The page cannot be served at this address",
            where=f"{host}:{port}",
            next_step="choose another port, for example --port 7861",
        ) from error
    return str(page.local_url).rstrip("/")
