"""Engines side by side in one run: speed in interleaved rounds, recall, agreement and memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from corpus.errors import EngineUnusable, EvalError
from embeddings.embedders.embedder import Vectors
from evals.speed.apart import Apart, Make
from evals.speed.contenders import PLAIN, make_contender
from evals.speed.recall import NEAREST, recall
from evals.speed.texts import Texts


@dataclass(frozen=True, slots=True)
class ParityOptions:
    """How engines are measured.

    Attributes:
        rounds: the passages are dealt into so many parts; every engine embeds a part before any
            embeds the next, so that what else the machine does meets all of them.
        lone_questions: questions that are embedded one at a time in each round, for the time that
            a reader waits for one.
    """

    rounds: int = 5
    lone_questions: int = 10


@dataclass(frozen=True, slots=True)
class EngineFigures:
    """What came out for one engine. Ratios are to `PLAIN` in the same rounds.

    Attributes:
        passages_a_second, tokens_a_second: medians over the rounds; tokens as they are cut for
            the model, without padding.
        times_plain: median over the rounds of the ratio of passages a second.
        question_ms: median milliseconds for one question by itself.
        recall_both, recall_passages, recall_questions: recall@10 of `PLAIN`'s nearest with this
            engine's vectors on both sides, of the passages only, of the questions only.
        cosine_mean, cosine_least: to `PLAIN`'s vectors of the same passages.
        peak_mib: the most memory that its process held.
        seconds_to_start: until it could embed, in a new process, converted before.
    """

    engine: str
    passages_a_second: float
    tokens_a_second: float
    times_plain: float
    question_ms: float
    recall_both: float
    recall_passages: float
    recall_questions: float
    cosine_mean: float
    cosine_least: float
    peak_mib: float
    seconds_to_start: float


@dataclass(frozen=True, slots=True)
class Parity:
    """A table of engines over the same texts."""

    texts: str
    passages: int
    questions: int
    tokens: int
    engines: tuple[EngineFigures, ...]
    absent: dict[str, str]
    """Engines that could not run, and why."""


@dataclass(slots=True)
class _Kept:
    """What an engine gave, round by round."""

    passages: list[Vectors] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    lone: list[float] = field(default_factory=list)
    questions: Vectors = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float32))


_WARM_UP = 32

Told = Callable[[str], None]


def measure(
    names: Sequence[str],
    uri: str,
    texts: Texts,
    tokens: Sequence[int],
    folder: Path,
    options: ParityOptions,
    tell: Told,
    make: Make = make_contender,
) -> Parity:
    """Measures contenders; `PLAIN` is always among them.

    Args:
        names: of `CONTENDERS`.
        uri: the model.
        texts: what they embed.
        tokens: of each passage, as it is cut.
        folder: for what contenders want to keep.
        options: how.
        tell: is given a line about what comes next.
        make: makes them, in processes of their own.

    Raises:
        EngineUnusable: `PLAIN` cannot run.
        EvalError: fewer passages than rounds or than `NEAREST`.
    """
    if len(texts.passages) < max(options.rounds, NEAREST):
        raise EvalError(
            f"{len(texts.passages)} passages are too few to measure with", where=texts.name
        )
    absent: dict[str, str] = {}
    with ExitStack() as stack:
        running: list[Apart] = []
        for name in dict.fromkeys((PLAIN, *names)):
            tell(f"starting {name}")
            try:
                # The first start converts; the second is what a user has every day.
                with Apart(name, uri, folder, make):
                    pass
                running.append(stack.enter_context(Apart(name, uri, folder, make)))
            except EngineUnusable as error:
                if name == PLAIN:
                    raise
                absent[name] = error.what
        parts = np.array_split(np.arange(len(texts.passages)), options.rounds)
        kept = _rounds(running, texts, parts, options, tell)
        memory = {one.name: one.peak_mib() for one in running}
        starts = {one.name: one.seconds_to_start for one in running}
    counts = np.array([[len(part), sum(tokens[at] for at in part)] for part in parts])
    figures = _figures(kept, counts, memory, starts)
    total = int(counts[:, 1].sum())
    return Parity(texts.name, len(texts.passages), len(texts.questions), total, figures, absent)


def _rounds(
    running: Sequence[Apart],
    texts: Texts,
    parts: Sequence[np.ndarray[tuple[int], np.dtype[np.intp]]],
    options: ParityOptions,
    tell: Told,
) -> dict[str, _Kept]:
    kept = {one.name: _Kept() for one in running}
    for one in running:
        # Weights are read from disk in the first call, which happens once in a long run.
        one.embed(texts.passages[:_WARM_UP])
    for number, part in enumerate(parts):
        tell(f"round {number + 1} of {len(parts)}")
        # Another one goes first in each round.
        for one in np.roll(np.array(running, dtype=object), number):
            timed = one.embed([texts.passages[at] for at in part])
            mine = kept[one.name]
            mine.passages.append(timed.vectors)
            mine.seconds.append(timed.seconds)
            start = number * options.lone_questions
            for place in range(start, start + options.lone_questions):
                question = texts.questions[place % len(texts.questions)]
                mine.lone.append(one.embed([question]).seconds)
    for one in running:
        kept[one.name].questions = one.embed(texts.questions).vectors
    return kept


def _figures(
    kept: dict[str, _Kept],
    counts: np.ndarray[tuple[int, ...], np.dtype[np.int_]],
    memory: dict[str, float],
    starts: dict[str, float],
) -> tuple[EngineFigures, ...]:
    plain = kept[PLAIN]
    truth, asked = np.concatenate(plain.passages), plain.questions
    right = asked @ truth.T
    found = []
    for name, mine in kept.items():
        passages = np.concatenate(mine.passages)
        cosines = (passages * truth).sum(axis=1)
        seconds = np.array(mine.seconds)
        found.append(
            EngineFigures(
                engine=name,
                passages_a_second=float(np.median(counts[:, 0] / seconds)),
                tokens_a_second=float(np.median(counts[:, 1] / seconds)),
                times_plain=float(np.median(np.array(plain.seconds) / seconds)),
                question_ms=float(np.median(mine.lone)) * 1000,
                recall_both=recall(mine.questions @ passages.T, right),
                recall_passages=recall(asked @ passages.T, right),
                recall_questions=recall(mine.questions @ truth.T, right),
                cosine_mean=float(cosines.mean()),
                cosine_least=float(cosines.min()),
                peak_mib=memory[name],
                seconds_to_start=starts[name],
            )
        )
    return tuple(found)
