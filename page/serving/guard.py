"""Who is let in: requests of this page and of programs, of bounded size, with the password.

Gradio guards its own routes with a login. What stands beside them, the API, the MCP tools and the
metrics, takes that login or HTTP Basic with the same name and password.
"""

from __future__ import annotations

import base64
import binascii
import secrets
import time
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOCKED = ("/api", "/mcp", "/metrics")
"""Paths whose password is asked for here. Gradio asks for its own."""

ASK_BYTES = 64 * 1024
"""Bytes of a body for the API and the tools. A question has at most 2,000 characters."""

PAGE_BYTES = 4 * 1024 * 1024
"""Bytes of a body that the page sends: a question, a draft, the values of a form."""

UPLOADS = "/gradio_api/upload"
"""Where files come in; their size is bounded by Gradio's `max_file_size`."""

_READS = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class AttemptOptions:
    """How often a password may be got wrong.

    Attributes:
        wrong: times within `seconds`, from one address; then it is turned away. Ten a minute is
            more than a person needs, and makes guessing hopeless.
        seconds: how long a wrong password counts.
        addresses: how many addresses are remembered; the oldest are forgotten first.
    """

    wrong: int = 10
    seconds: float = 60.0
    addresses: int = 1000


@dataclass(slots=True)
class Attempts:
    """Wrong passwords of late, by the address that they came from."""

    options: AttemptOptions = field(default_factory=AttemptOptions)
    _wrong: OrderedDict[str, deque[float]] = field(default_factory=OrderedDict)

    def wait(self, address: str) -> int:
        """Seconds that the address must wait before it may try again; 0 if it need not."""
        times = self._wrong.get(address, deque())
        while times and time.monotonic() - times[0] > self.options.seconds:
            times.popleft()
        if len(times) < self.options.wrong:
            return 0
        return max(1, round(self.options.seconds - (time.monotonic() - times[0])))

    def note(self, address: str) -> None:
        """Remember a wrong password."""
        self._wrong.setdefault(address, deque(maxlen=self.options.wrong)).append(time.monotonic())
        self._wrong.move_to_end(address)
        while len(self._wrong) > self.options.addresses:
            self._wrong.popitem(last=False)


class Guard:
    """ASGI middleware: turns away other origins, bodies that are too large, wrong passwords.

    Args:
        app: what is guarded.
        auth: name and password; None where only this machine can come in.
    """

    def __init__(self, app: ASGIApp, auth: tuple[str, str] | None = None) -> None:
        self.app = app
        self.auth = auth
        self.attempts = Attempts()
        self._small = RequestBodyLimitMiddleware(app, ASK_BYTES)
        self._large = RequestBodyLimitMiddleware(app, PAGE_BYTES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, or answer why not."""
        if scope["type"] != "http":
            # Nothing here speaks over WebSockets.
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        path = str(scope["path"])
        locked = _is_under(path, LOCKED)
        refusal = self._refusal(scope, path, locked)
        if refusal is not None:
            await refusal(scope, receive, send)
        elif _is_under(path, (UPLOADS,)):
            await self.app(scope, receive, send)
        elif path.rstrip("/") == "/login" and self.auth is not None:
            await self._small(scope, receive, self._noting(scope, send))
        else:
            await (self._small if locked else self._large)(scope, receive, send)

    def _refusal(self, scope: Scope, path: str, locked: bool) -> Response | None:
        headers = Headers(scope=scope)
        if (locked or scope["method"] not in _READS) and not is_own(headers):
            return _refuse(403, "Another page's requests are not taken.")
        if self.auth is None or not (locked or path.rstrip("/") == "/login"):
            return None
        if wait := self.attempts.wait(_address(scope)):
            answer = _refuse(429, "Too many wrong passwords.")
            answer.headers["Retry-After"] = str(wait)
            return answer
        if not locked or self._is_known(scope, headers):
            return None
        if "authorization" in headers:
            self.attempts.note(_address(scope))
        answer = _refuse(401, "A name and a password are needed.")
        answer.headers["WWW-Authenticate"] = 'Basic realm="Dateline", charset="UTF-8"'
        return answer

    def _is_known(self, scope: Scope, headers: Headers) -> bool:
        """Whether the request carries the password, or the cookie of a login to the page."""
        assert self.auth is not None
        given = _basic(headers.get("authorization", ""))
        if given is not None:
            right = [
                secrets.compare_digest(one.encode(), other.encode())
                for one, other in zip(given, self.auth, strict=True)
            ]
            return all(right)
        page = scope.get("app")
        cookies = Request(scope).cookies
        name = f"access-token-unsecure-{getattr(page, 'cookie_id', '')}"
        return cookies.get(name, "") in getattr(page, "tokens", {})

    def _noting(self, scope: Scope, send: Send) -> Send:
        """`send`, that remembers a login which failed."""

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 400:
                self.attempts.note(_address(scope))
            await send(message)

        return noting


def is_own(headers: Headers) -> bool:
    """Whether a request comes from this page, or from no page at all.

    A browser names the page that a request comes from, in Origin; a page elsewhere cannot leave it
    out or change it. Without this, any page that is open in the reader's browser could have this
    one ask questions and store files, though not read what comes of it.
    """
    origin = headers.get("origin")
    if origin is None:
        return headers.get("sec-fetch-site", "none") in ("none", "same-origin")
    return urlsplit(origin).netloc.lower() == headers.get("host", "").lower() != ""


def _is_under(path: str, places: tuple[str, ...]) -> bool:
    return any(path == place or path.startswith(f"{place}/") for place in places)


def _address(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""


def _basic(value: str) -> tuple[str, str] | None:
    """Name and password of an Authorization header; None where it holds none."""
    scheme, _, code = value.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, colon, password = base64.b64decode(code, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (name, password) if colon else None


def _refuse(status: int, words: str) -> Response:
    return JSONResponse(
        {"type": "Refused", "title": words, "status": status, "next_step": ""},
        status,
        media_type="application/problem+json",
    )
