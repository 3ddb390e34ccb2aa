"""One name, one suite or set: shipped, a file of one's own, or a published set by its URI."""

from __future__ import annotations

from collections.abc import Callable

from corpus.errors import EvalError
from evals.sets import is_set_uri, open_set
from evals.suite import Suite
from evals.suites import load_suite
from evals.support.claim import ClaimSet


def open_suite(spec: str) -> Suite:
    """The suite of a name, of a path (JSONL, CSV or YAML), or of a URI such as `squad:PATH`.

    Raises:
        EvalError: there is no such suite, it cannot be read, or the set holds judged claims and
            no questions.
    """
    if not is_set_uri(spec):
        return load_suite(spec)
    found = open_set(spec)
    if isinstance(found, Suite):
        return found
    raise EvalError(
        f"the set '{found.name}' holds judged claims, and no questions to ask",
        where=spec,
        next_step=f"dateline-eval verify {spec}",
    )


def open_claims(uri: str, open_: Callable[[str], Suite | ClaimSet] = open_set) -> ClaimSet:
    """The labelled claims at a URI such as `fib:FOLDER`.

    Args:
        open_: opens the set.

    Raises:
        EvalError: there is no such set, it cannot be read, or it holds questions.
    """
    found = open_(uri)
    if isinstance(found, ClaimSet):
        return found
    raise EvalError(
        "this set has questions and no labelled claims",
        where=uri,
        next_step=f"dateline-eval run {uri}",
    )
