"""Run a named system over a suite and keep every answer at once, so that a kill costs one question.

Samples are asked world by world. What a run has kept is not asked again: the report of a run that
was killed and taken up equals that of an uninterrupted one in everything but what was measured by
the clock and in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from corpus.errors import EvalError
from evals.fingerprint import fingerprint
from evals.metrics import judged
from evals.metrics.base import Metric
from evals.record import Record
from evals.report import Report
from evals.runner import ask, by_world, check_samples, questions
from evals.store import RunInfo, RunStore
from evals.suite import Suite
from evals.systems import SYSTEMS, MakeSystem
from evals.systems.nearest_sentence import NearestSentence
from evals.systems.search_only import SearchOnly
from evals.worlds import Worlds
from rag.checking.verify import Verifier
from rag.newsroom import Newsroom

MetricsOf = Callable[[Newsroom], Sequence[Metric]]
"""The metrics for answers from one world: quotes are held against the library of that world."""

WITHOUT_GENERATOR = frozenset({NearestSentence.name, SearchOnly.name})
"""Systems that no language model has a part in: none is loaded for them."""


def with_verifier(newsroom: Newsroom) -> tuple[Metric, ...]:
    """Every metric, judged by Dateline's own verifier and held against the newsroom's library."""
    return judged(Verifier(newsroom.embedder), newsroom.library.article)


def begin_runs(
    suite: Suite,
    systems: Sequence[str],
    home: Newsroom,
    store: RunStore,
    *,
    limit: int | None = None,
    fresh: bool = False,
) -> bool:
    """Begin a run of each system before the first is asked, or take up those of an earlier call.

    So a call that was cut off can be told from one that came to its end: it has left a run
    unfinished, if only one in which nothing is asked yet.

    Args:
        suite, home, store, limit: as `run_suite` takes them.
        systems: all that will be run, in their order.
        fresh: begin every run anew.

    Returns:
        Whether an earlier call was cut off: what to give `run_suite` as `whole`, so that the
        systems that it had done with are not asked again.

    Raises:
        EvalError: the suite cannot be run, or the store fails.
    """
    cut = suite.first(limit)
    check_samples(cut)
    marks = {system: _fingerprint(cut, system, home, limit) for system in systems}
    unfinished = [(run.system, run.fingerprint) for run in store.runs() if run.finished is None]
    cut_off = not fresh and any(mark in unfinished for mark in marks.items())
    for system, mark in marks.items():
        _begin(cut, system, mark, store, fresh, cut_off)
    return cut_off


def run_suite(
    suite: Suite,
    system: str,
    home: Newsroom,
    store: RunStore,
    *,
    metrics_of: MetricsOf = with_verifier,
    systems: Mapping[str, MakeSystem] = SYSTEMS,
    limit: int | None = None,
    fresh: bool = False,
    whole: bool = False,
    progress: bool = True,
    begun: Callable[[RunInfo], None] | None = None,
    after: Callable[[Record], None] | None = None,
) -> Report:
    """Ask a system every question of a suite, or those that an earlier run did not come to.

    Args:
        suite: what to ask.
        system: a name of `systems`.
        home: the library for samples without a world of their own, and the models for all.
        store: keeps each record as soon as it is there.
        metrics_of: what to measure.
        systems: what can be asked, by name.
        limit: ask only the first so many samples.
        fresh: begin anew, though an unfinished run is there.
        whole: take a finished run for this one, where it has the same fingerprint.
        progress: show a bar with the time left on standard error.
        begun: is told which run it is, before the first question.
        after: is told each record once it is kept. What it raises ends the run, to be gone on
            with later.

    Returns:
        The report over all samples, those kept earlier included.

    Raises:
        EvalError: the suite cannot be run, no system has that name, or the store fails.
        DatelineError: a model is missing, or a world cannot be built.
    """
    make = _maker(system, systems)
    cut = suite.first(limit)
    check_samples(cut)
    info = _begin(cut, system, _fingerprint(cut, system, home, limit), store, fresh, whole)
    if begun is not None:
        begun(info)
    _ask_rest(cut, info, make, home, store, metrics_of, progress, after)
    store.finish(info.id)
    # Read back, so that what is told is what is kept, whether it was asked today or not.
    records = tuple(Record.from_bytes(payload) for payload in store.kept(info.id).values())
    return Report(system, cut.name, records, tuple(metrics_of(home)), info.fingerprint)


def _fingerprint(cut: Suite, system: str, home: Newsroom, limit: int | None) -> dict[str, str]:
    writes = system not in WITHOUT_GENERATOR
    return fingerprint(cut, system, home, limit=limit, writes=writes)


def _begin(
    cut: Suite, system: str, mark: Mapping[str, str], store: RunStore, fresh: bool, whole: bool
) -> RunInfo:
    return store.begin(
        kind="answers",
        suite=cut.name,
        system=system,
        items=len(cut.samples),
        fingerprint=mark,
        fresh=fresh,
        whole=whole,
    )


def _ask_rest(
    suite: Suite,
    info: RunInfo,
    make: MakeSystem,
    home: Newsroom,
    store: RunStore,
    metrics_of: MetricsOf,
    progress: bool,
    after: Callable[[Record], None] | None,
) -> None:
    """Ask and keep what the run does not have yet. A world that is done is not built."""
    kept = store.kept(info.id)
    with (
        Worlds(suite, home) as worlds,
        questions(info.system, info.items, done=len(kept), show=progress) as bar,
    ):
        for world, group in groupby(by_world(suite.samples), key=lambda sample: sample.world):
            samples = list(group)
            left = [sample for sample in samples if sample.id not in kept]
            if not left:
                continue
            newsroom = worlds.newsroom(world)
            system, metrics = make(newsroom, samples), metrics_of(newsroom)
            for sample in left:
                record = ask(system, sample, metrics)
                store.keep(info.id, sample.id, record.to_bytes())
                bar.update()
                if after is not None:
                    after(record)


def _maker(system: str, systems: Mapping[str, MakeSystem]) -> MakeSystem:
    if system not in systems:
        raise EvalError(
            f"there is no system '{system}'",
            next_step=f"name one of {', '.join(systems)}",
        )
    return systems[system]
