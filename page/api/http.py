"""The HTTP API: ask, search, show; typed, with its OpenAPI description at openapi.json."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from anyio import CancelScope, to_thread
from fastapi import FastAPI, Path
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Send

from corpus.errors import DatelineError
from page.api import models, problems
from page.api.asked import Scope, SearchFor
from page.api.asking import Asking, Gone, Opened, while_there
from page.api.looking import Looking
from page.api.reference import reference
from page.api.sent import answer_of, sent
from page.desk.gate import Gate

DESCRIPTION = """\
Questions about the articles of the open library. Every sentence of an answer carries a verbatim
quote from a named, dated article; what the articles do not say is refused, with the reason.

One question is answered at a time. Where too many wait, the answer is 503 with `Retry-After`.
Where the page asks for a password, so does this: HTTP Basic, the same name and password.
"""

STREAMED = """\
Server-sent events, in this order: `waiting` (its place in the queue), `hits` (the passages, before
the first word), `writing` (how many characters of the unchecked draft there are; its words are not
sent), `citation` and `sentence` as each is verified, `answer` last; or `error`. Lines that begin
with a colon say that the connection is alive."""

_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": models.Problem, "description": words}
    for status, words in {
        422: "The question cannot be asked.",
        503: "Too many questions wait, or the server is being stopped: see Retry-After.",
    }.items()
}


class EventStream(StreamingResponse):
    """Server-sent events of one question; the model stops when the client leaves."""

    media_type = "text/event-stream"

    def __init__(self, asking: Asking, status_code: int = 200) -> None:
        self._asking = asking
        self._events = sent(asking)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        super().__init__(self._events, status_code, headers)

    async def stream_response(self, send: Send) -> None:
        """Send the events; whatever ends them, the place at the gate is given up."""
        try:
            await super().stream_response(send)
        finally:
            with CancelScope(shield=True):
                await self._events.aclose()
            self._asking.leave()


def build_api(opened: Opened, gate: Gate, looking: Looking) -> FastAPI:
    """The API of the open library, to be mounted.

    Args:
        opened: says which newsroom is open.
        gate: what questions wait at.
        looking: what search and show go through.
    """
    api = FastAPI(
        title="Dateline",
        version=version("dateline"),
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    api.add_exception_handler(DatelineError, problems.on_dateline_error)
    api.add_exception_handler(RequestValidationError, problems.on_bad_request)
    api.add_exception_handler(HTTPException, problems.on_http_error)
    api.add_exception_handler(Gone, problems.on_gone)
    api.add_exception_handler(Exception, problems.on_crash)
    _add_ask(api, opened, gate)
    _add_looks(api, looking)

    @api.get("/", include_in_schema=False)
    async def page(request: Request) -> Response:
        base = str(request.scope["root_path"])
        return await to_thread.run_sync(reference, api.openapi(), base)

    return api


def _add_ask(api: FastAPI, opened: Opened, gate: Gate) -> None:
    @api.post("/ask", summary="Answer a question", responses=_PROBLEMS)
    async def ask(scope: Scope, request: Request) -> models.Answer:
        """A cited answer, or a refusal that says what is missing: both are 200."""
        asking = Asking(opened, gate, scope)
        return answer_of(await while_there(request.is_disconnected, asking.answer()))

    @api.post(
        "/ask/stream",
        summary="Answer a question, telling what happens",
        description=STREAMED,
        response_class=EventStream,
        responses={200: {"model": models.Answer, "description": STREAMED}, **_PROBLEMS},
    )
    async def stream(scope: Scope) -> Response:
        return EventStream(Asking(opened, gate, scope))


def _add_looks(api: FastAPI, looking: Looking) -> None:
    @api.post("/search", summary="Find passages", responses=_PROBLEMS)
    async def search(scope: SearchFor) -> models.Hits:
        """The passages that answer best, best first. No language model is involved."""
        return await looking.search(scope)

    @api.get(
        "/show/{article_id}",
        summary="An article",
        responses={404: {"model": models.Problem, "description": "There is no such article."}},
    )
    async def show(
        article_id: str = Path(max_length=200, description="As citations and hits name it."),
    ) -> models.Article:
        """An article with its text, its copies, and what it said before."""
        return await looking.show(article_id)
