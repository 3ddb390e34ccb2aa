"""Stresses: a suite made harder in one way, to see what gives.

    stressed = STRESSES["typos"](suite, list(newsroom.library.articles()))

A stress is a pure function of a suite and the articles of the library that it is asked of. It
changes questions, or makes worlds: libraries with forged, noisy or missing articles, built beside
the reader's own, which is never written to. Where nothing is to be forged or taken away, targets
stay as they are, and so does every id, so that a run under stress is compared with the plain one
sample by sample.

    typos, paraphrases        other words in the question
    order, noise              the same answer among other articles
    removed                   nothing left that answers: refuse
    counterfactual-1, -3, -5  forged articles with a wrong answer, in `target.planted`
    injection-start, …        an instruction in the gold article, its canary in `target.planted`
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from corpus.errors import EvalError
from corpus.walk import expanded
from evals.robustness.counterfactual import Counterfactual
from evals.robustness.injection import POSITIONS, Injection
from evals.robustness.noise import Noise
from evals.robustness.order import Order
from evals.robustness.paraphrases import Paraphrases
from evals.robustness.removed import Removed
from evals.robustness.stress import Stress
from evals.robustness.typos import Typos

_ALL: tuple[Stress, ...] = (
    Typos(),
    Paraphrases(),
    Order(),
    Noise(),
    Removed(),
    *(Counterfactual(count) for count in (1, 3, 5)),
    *(Injection(position) for position in POSITIONS),
)
STRESSES: dict[str, Stress] = {stress.name: stress for stress in _ALL}


_FROM_FILE: dict[str, Callable[[Path], Stress]] = {
    "paraphrases": Paraphrases,
    "injection-start": lambda path: Injection("start", path),
    "injection-middle": lambda path: Injection("middle", path),
    "injection-end": lambda path: Injection("end", path),
}


def find_stress(text: str) -> Stress:
    """The stress of a name, or of a name and a file: 'typos', 'injection-end:attacks.json'.

    Raises:
        EvalError: there is no such stress, or it takes no file.
    """
    name, colon, path = text.partition(":")
    if colon and path and name in _FROM_FILE:
        return _FROM_FILE[name](expanded(path))
    if text in STRESSES:
        return STRESSES[text]
    raise EvalError(
        "There is no such stress" if name not in STRESSES else "This stress takes no such file",
        where=text,
        next_step=f"name one of {', '.join(STRESSES)}; a file may follow a colon after "
        f"{', '.join(_FROM_FILE)}",
    )


__all__ = ["STRESSES", "Stress", "find_stress"]
