"""Errors as a client sees them: RFC 9457 problem documents, with Dateline's own words."""

from __future__ import annotations

from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from corpus.errors import DatelineError, LibraryError, ModelError, NotInLibrary
from corpus.masking import without_secrets
from page.api.models import Problem
from page.desk.gate import Refused

MEDIA_TYPE = "application/problem+json"
GONE = 499
"""Nobody reads this answer: the client closed the connection (nginx's number for it)."""


def status_of(error: DatelineError) -> int:
    """The HTTP status that says whose fault an error is."""
    if isinstance(error, NotInLibrary):
        return 404
    if error.bad_usage:
        return 422
    return 503 if isinstance(error, Refused | ModelError | LibraryError) else 500


def problem_of(error: DatelineError) -> Problem:
    """An error in words, without secrets; where on this machine it happened is not told."""
    return Problem(
        type=type(error).__name__,
        title=without_secrets(error.what),
        status=status_of(error),
        next_step=without_secrets(error.next_step),
    )


def respond(problem: Problem, retry_after: int | None = None) -> Response:
    """A problem as a response."""
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return JSONResponse(
        problem.model_dump(), problem.status, headers=headers, media_type=MEDIA_TYPE
    )


async def on_dateline_error(request: Request, error: Exception) -> Response:
    """FastAPI's handler for `DatelineError`."""
    del request
    assert isinstance(error, DatelineError)
    retry_after = error.retry_after if isinstance(error, Refused) else None
    return respond(problem_of(error), retry_after)


async def on_bad_request(request: Request, error: Exception) -> Response:
    """FastAPI's handler for a body that does not fit its model; what was sent is not sent back."""
    del request
    assert isinstance(error, RequestValidationError)
    faults = [
        f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
        for fault in jsonable_encoder(error.errors(), exclude={"input", "ctx"})
    ]
    title = "; ".join(faults[:5])
    return respond(
        Problem(
            type="BadRequest", title=title, status=422, next_step="see openapi.json for the form"
        )
    )


async def on_http_error(request: Request, error: Exception) -> Response:
    """FastAPI's handler for what its routing refuses: an unknown path, a wrong method."""
    del request
    assert isinstance(error, HTTPException)
    problem = Problem(
        type="HTTPException",
        title=str(error.detail),
        status=error.status_code,
        next_step="see openapi.json for the paths",
    )
    response = respond(problem)
    response.headers.update(error.headers or {})
    return response


async def on_gone(request: Request, error: Exception) -> Response:
    """FastAPI's handler for a client that left."""
    del request, error
    return Response(status_code=GONE)


async def on_crash(request: Request, error: Exception) -> Response:
    """FastAPI's handler for anything else: what happened stays in the server's log."""
    del request, error
    return respond(
        Problem(
            type="Unexpected",
            title="Something went wrong on the server",
            status=500,
            next_step="see the terminal that runs Dateline",
        )
    )
