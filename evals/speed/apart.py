"""A contender in a process of its own, so that its memory and its threads are its own too."""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from corpus.closing import Closing
from corpus.errors import DatelineError, EngineUnusable, EvalError
from embeddings.embedders.embedder import Vectors
from evals.speed.contenders import Contender

Make = Callable[[str, str, Path], Contender]
"""From a contender's name, a model URI and a folder."""

_KIB = 1024 if sys.platform == "darwin" else 1
"""getrusage counts memory in bytes on macOS and in KiB on Linux."""


@dataclass(frozen=True, slots=True)
class Timed:
    """Vectors of shape (texts, dimensions), and the seconds that they took."""

    vectors: Vectors
    seconds: float


class Apart(Closing):
    """A contender that is started on entering and ended on leaving.

    Args:
        name: of the contender.
        uri: the model.
        folder: for what contenders want to keep.
        make: makes a contender of these three in the other process, which imports it by name.

    Raises:
        EngineUnusable: it cannot run here. (On entering.)
        EvalError: its process ended before its work.
    """

    def __init__(self, name: str, uri: str, folder: Path, make: Make) -> None:
        self.name = name
        self.seconds_to_start = 0.0
        self._arguments = (make, name, uri, folder)

    def __enter__(self) -> Apart:
        # Not forked: a copy of this process would start with its memory and its threads.
        spawning = multiprocessing.get_context("spawn")
        self._pipe, theirs = spawning.Pipe()
        self._process = spawning.Process(target=_serve, args=(*self._arguments, theirs))
        started = time.perf_counter()
        self._process.start()
        theirs.close()
        if reason := self._answer():
            self._process.join()
            raise EngineUnusable(str(reason), where=self.name)
        self.seconds_to_start = time.perf_counter() - started
        return self

    def close(self) -> None:
        """Ends its process."""
        self._pipe.close()
        self._process.join()

    def embed(self, texts: Sequence[str]) -> Timed:
        """All texts in one call."""
        self._pipe.send(tuple(texts))
        found = self._answer()
        assert isinstance(found, Timed)
        return found

    def peak_mib(self) -> float:
        """The most memory that its process has held so far, in MiB."""
        self._pipe.send(None)
        return float(str(self._answer()))

    def _answer(self) -> object:
        try:
            return self._pipe.recv()
        except EOFError as error:
            raise EvalError("its process ended before its work", where=self.name) from error


def _serve(make: Make, name: str, uri: str, folder: Path, pipe: Connection) -> None:
    """Answers with '' once it is ready or with why not, then each request in turn."""
    try:
        contender = make(name, uri, folder)
    except DatelineError as error:
        pipe.send(error.what)
        return
    pipe.send("")
    while True:
        try:
            texts = pipe.recv()
        except EOFError:
            return
        if texts is None:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB / 1024
            pipe.send(peak)
            continue
        started = time.perf_counter()
        vectors = contender.embed(texts)
        pipe.send(Timed(vectors, time.perf_counter() - started))
