"""Published test sets, read from the files that their authors publish.

open_set("squad:/data/xquad.en.json")   # questions: a Suite
open_set("fib:/data/fib")               # labelled statements: a ClaimSet

What a form's file or folder holds, and what of it is used and how it was read, is told by the
module of the form. Nothing is downloaded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import cast

from corpus.errors import EvalError
from corpus.walk import expanded, is_there
from evals.suite import Suite
from evals.support.claim import ClaimSet

FORMS: dict[str, str] = {
    "alce": "evals.sets.alce:open_alce",
    "beir": "evals.sets.beir:open_beir",
    "clapnq": "evals.sets.clapnq:open_clapnq",
    "desk": "evals.sets.desk:open_desk",
    "multihop-rag": "evals.sets.multihop_rag:open_multihop_rag",
    "ramdocs": "evals.sets.ramdocs:open_ramdocs",
    "rgb": "evals.sets.rgb:open_rgb",
    "squad": "evals.sets.squad:open_squad",
    "torque": "evals.sets.torque:open_torque",
    "fever": "evals.sets.fever:open_fever",
    "fib": "evals.sets.fib:open_fib",
    "ragtruth": "evals.sets.ragtruth:open_ragtruth",
    "summedits": "evals.sets.summedits:open_summedits",
    "wice": "evals.sets.wice:open_wice",
}
"""Each form, and the function that reads it from a path: first the sets of questions, then the
sets of labelled statements."""


def is_set_uri(text: str) -> bool:
    """Whether `text` has the form 'form:PATH' with a form that is known."""
    form, colon, path = text.partition(":")
    return bool(colon and path) and form in FORMS


def open_set(uri: str) -> Suite | ClaimSet:
    """The set at 'form:PATH', such as 'beir:/data/scifact'. Files may be gzipped.

    Returns:
        A Suite for a form of questions, a ClaimSet for a form of labelled statements.

    Raises:
        EvalError: no such form; nothing at that path; a file that is not of the form, with the
            line or item; two items of one id; or nothing in it that can be used.
    """
    form, _, path = uri.partition(":")
    if not is_set_uri(uri):
        raise EvalError(
            f"'{uri}' does not name a set",
            next_step=f"write form:PATH with one of the forms {', '.join(FORMS)}",
        )
    place = expanded(path)
    if not is_there(place):
        raise EvalError("There is nothing at this path", where=place, next_step="correct the path")
    module, _, function = FORMS[form].partition(":")
    opener = cast("Callable[[Path], Suite | ClaimSet]", getattr(import_module(module), function))
    opened = opener(place)
    items = opened.samples if isinstance(opened, Suite) else opened.claims
    _check_ids((item.id for item in items), place)
    return opened


def _check_ids(ids: Iterable[str], place: Path) -> None:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise EvalError(
                f"The id '{one}' is there twice",
                where=place,
                next_step="give each item an id of its own, or name one file of the folder",
            )
        seen.add(one)
    if not seen:
        raise EvalError(
            "The set holds nothing that can be used",
            where=place,
            next_step="compare the file with the one that the set's authors publish",
        )


__all__ = ["FORMS", "is_set_uri", "open_set"]
