"""The full evaluation: every step of `evals.plan`, one after the other, each kept as it goes.

After a kill the same call goes on with the question or claim that came next. What is whole is
read back and not asked again, as long as code, models, settings and data are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from embeddings.embedders.remembering import RememberingEmbedder
from evals.opening import open_claims, open_suite
from evals.plan import SET_STEPS, STEPS, SetStep, Step
from evals.report import Report
from evals.robustness import find_stress
from evals.store import RunStore
from evals.suite import Suite
from evals.suite_run import run_suite
from evals.support.judging import JUDGES
from evals.support.measure import measure
from evals.support.report import SupportReport
from rag.newsroom import Newsroom

Say = Callable[[str], None]


@dataclass(slots=True)
class FullReport:
    """What came out.

    Attributes:
        suites: for each suite, plain or under one stress, a report for each system.
        sets: for each set of claims and each judge.
        absent: steps whose data are not there.
    """

    suites: list[tuple[Report, ...]] = field(default_factory=list)
    sets: list[SupportReport] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)


def run_full(
    home: Newsroom,
    store: RunStore,
    data: Path,
    *,
    steps: Sequence[Step] = STEPS,
    set_steps: Sequence[SetStep] = SET_STEPS,
    say: Say = print,
    fresh: bool = False,
    progress: bool = True,
) -> FullReport:
    """Run every step whose data are there.

    Args:
        home: the sample library, with the models that are measured.
        store: keeps each answer and judgement at once.
        data: the folder of the published sets.
        steps, set_steps: what to run.
        say: is told which step begins.
        fresh: ask everything anew.

    Raises:
        DatelineError: a set that is there cannot be read, or a model or the store fails.
    """
    full = FullReport()
    # The claims come first: they need no language model, and what they tell is the ground for
    # believing the rest.
    embedder = RememberingEmbedder(home.embedder)
    for set_step in set_steps:
        if (uri := _there(set_step.uri, data, full)) is None:
            continue
        claims = open_claims(uri)
        for name, make in JUDGES.items():
            say(f"{claims.name}: {name}")
            full.sets.append(
                measure(
                    claims,
                    make(embedder),
                    limit=set_step.draw,
                    store=store,
                    fresh=fresh,
                    whole=True,
                )
            )
    for step in steps:
        if (spec := _there(step.suite, data, full)) is None:
            continue
        for suite in _suites(step, open_suite(spec), home, data, full):
            reports = []
            for system in step.systems:
                say(f"{suite.name}: {system}")
                reports.append(
                    run_suite(
                        suite, system, home, store, fresh=fresh, whole=True, progress=progress
                    )
                )
            full.suites.append(tuple(reports))
    return full


def _suites(
    step: Step, suite: Suite, home: Newsroom, data: Path, full: FullReport
) -> Iterator[Suite]:
    """The suite of a step, drawn, under each of its stresses."""
    drawn = suite.drawn(step.draw)
    articles = tuple(home.library.articles())
    for stress in step.stresses:
        if not stress:
            yield drawn
        elif (name := _there(stress, data, full)) is not None:
            yield find_stress(name)(drawn, articles)


def _there(spec: str, data: Path, full: FullReport) -> str | None:
    """A spec with its path filled in; None, and noted, where nothing lies at that path."""
    if "{data}" not in spec:
        return spec
    filled = spec.format(data=data)
    if Path(filled.partition(":")[2]).exists():
        return filled
    full.absent.append(filled)
    return None
