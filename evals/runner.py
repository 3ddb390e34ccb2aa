"""Ask a system every question of a suite, one after the other, and score what comes back."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Never, Protocol, runtime_checkable

from tqdm import tqdm

from corpus.errors import DatelineError, EvalError
from evals.fingerprint import fingerprint
from evals.metrics import DEFAULT
from evals.metrics.base import Metric
from evals.record import Record
from evals.report import Report
from evals.sample import Sample, Score
from evals.suite import HOME, Suite
from evals.worlds import Worlds
from rag.answer import Answer
from rag.newsroom import Newsroom


class Conversation(Protocol):
    """Questions that follow each other, each understood from those before it."""

    def ask(self, question: str, *, as_of: date | None = None) -> Answer:
        """The answer to the next question."""
        ...


@runtime_checkable
class Conversing(Protocol):
    """A system that can be asked follow-ups: a `Newsroom` is one."""

    def chat(self) -> Conversation:
        """A conversation in which nothing was asked yet."""
        ...


class System(Protocol):
    """What can be measured: a `Newsroom`, a baseline, or anything else that answers."""

    def ask(self, question: str, *, as_of: date | None = None) -> Answer:
        """The answer from articles published on `as_of` or before; None asks of all."""
        ...


def evaluate(
    system: System,
    samples: Suite | Sequence[Sample],
    metrics: Sequence[Metric] = DEFAULT,
    *,
    name: str | None = None,
    suite: str | None = None,
    progress: bool = True,
) -> Report:
    """Run a system over samples. Nothing runs side by side, so that the seconds mean something.

    A sample that raises a DatelineError is unscored and counted in `Report.failed`; the run goes
    on. Any other error is a fault of the program and ends the run. Nothing is stored:
    `evals.suite_run.run_suite` does that, and goes on where a killed run stopped.

    Args:
        system: is asked each question, with the sample's `as_of`.
        samples: samples, or a whole suite. Only a `Newsroom` can be asked of a suite that brings
            articles of its own: each of its worlds is built with the newsroom's models.
        metrics: what to measure.
        name: of the system in the report; if None, 'dateline' for a Newsroom, another system's
            own `name` where it has one, else the name of its class.
        suite: name of the suite in the report; its own, or 'samples', if None.
        progress: show a bar with the time left on standard error.

    Returns:
        A report with a fingerprint where the system is a `Newsroom`.

    Raises:
        EvalError: there are no samples, two have one id, or their worlds cannot be asked.
    """
    whole = samples if isinstance(samples, Suite) else Suite("samples", tuple(samples))
    check_samples(whole)
    # The name that `evals.systems.SYSTEMS` has for it, so that stored runs compare with this one.
    usual = "dateline" if isinstance(system, Newsroom) else type(system).__name__
    label = name or str(getattr(system, "name", usual))
    records = []
    with _asked(system, whole) as of, questions(label, len(whole.samples), show=progress) as bar:
        for sample in by_world(whole.samples):
            records.append(ask(of(sample.world), sample, metrics))
            bar.update()
    taken = fingerprint(whole, label, system) if isinstance(system, Newsroom) else {}
    return Report(label, suite or whole.name, tuple(records), tuple(metrics), taken)


@contextmanager
def _asked(system: System, suite: Suite) -> Iterator[Callable[[str], System]]:
    """Whom to ask about a world."""
    if isinstance(system, Newsroom):
        with Worlds(suite, system) as worlds:
            yield worlds.newsroom
    elif any(sample.world != HOME for sample in suite.samples):
        raise EvalError(
            "only a Newsroom can be asked of a suite that brings its own articles",
            where=suite.name,
            next_step="use evals.suite_run.run_suite, which makes the system anew for each world",
        )
    else:
        yield lambda _: system


def check_samples(suite: Suite) -> None:
    """Refuse a suite that cannot be run.

    Raises:
        EvalError: it has no samples, two have one id, or the articles of a world are missing.
    """
    if not suite.samples:
        raise EvalError("There are no samples to run", next_step="name a suite, or raise --limit")
    (most, times), *_ = Counter(sample.id for sample in suite.samples).most_common(1)
    if times > 1:
        raise EvalError(
            f"{times} samples have the id '{most}'",
            where=suite.name,
            next_step="give each sample an id of its own",
        )
    for world in {sample.world for sample in suite.samples} - {HOME, *suite.worlds}:
        raise EvalError(
            f"the suite brings no articles for the world '{world}'",
            where=suite.name,
            next_step="give it in Suite.worlds, or leave the sample's world empty",
        )


def by_world(samples: Sequence[Sample]) -> list[Sample]:
    """The samples with those of one world together, else in their order."""
    worlds = {world: place for place, world in enumerate(dict.fromkeys(s.world for s in samples))}
    return sorted(samples, key=lambda sample: worlds[sample.world])


def ask(system: System, sample: Sample, metrics: Sequence[Metric]) -> Record:
    """Ask one question and score its answer.

    A sample with questions before it is asked as the next one of a conversation, where the system
    can hold one, else by itself. The seconds are those of the last question alone.

    A DatelineError of the system leaves the sample without scores; one of a metric leaves it
    unscored by that metric. The error's words are kept either way.
    """
    started = time.perf_counter()
    try:
        asked: Conversation = system
        if sample.before and isinstance(system, Conversing):
            asked = system.chat()
            for question in sample.before:
                asked.ask(question, as_of=sample.as_of)
            started = time.perf_counter()
        answer = asked.ask(sample.question, as_of=sample.as_of)
    except DatelineError as error:
        seconds = time.perf_counter() - started
        return Record(sample, None, {}, str(error), seconds, peak_memory_mb())
    seconds, memory = time.perf_counter() - started, peak_memory_mb()
    scores = {metric.name: _score(metric, sample, answer) for metric in metrics}
    return Record(sample, answer, scores, None, seconds, memory)


def _score(metric: Metric, sample: Sample, answer: Answer) -> Score:
    try:
        return metric(sample, answer)
    except DatelineError as error:
        return Score(None, answer.text, f"could not be scored: {error.what}")


def questions(label: str, total: int, *, done: int = 0, show: bool = True) -> tqdm[Never]:
    """A bar on standard error that counts questions and tells the time left."""
    return tqdm(total=total, initial=done, desc=label, unit=" questions", disable=not show)


def peak_memory_mb() -> float | None:
    """The most resident memory that this process has held so far, in MiB.

    It never falls: a record shows how much was needed up to it, not for it alone. None on Windows,
    which has no `getrusage`.
    """
    if sys.platform == "win32":
        return None
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # getrusage(2): kibibytes on Linux and the BSDs, bytes on macOS.
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10
