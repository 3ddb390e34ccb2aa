"""Where the time of checking a draft goes: what is embedded, searched, verified, and the rest.

The parts of a newsroom are borrowed and timed from outside, so that the checker itself keeps no
clock. A part that runs inside another counts for itself alone: embedding a claim while it is
verified is 'embed'.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from embeddings.embedders.embedder import Embedder, EmbedderFingerprint, Vectors
from embeddings.embedders.remembering import RememberingEmbedder
from embeddings.protocol import LibraryLike
from embeddings.store.window import DateWindow
from evals.markdown import table
from rag.checking.verify import Checker, Verification, Verifier
from rag.drafts.checking import check_draft

if TYPE_CHECKING:
    from rag.newsroom import Newsroom

STAGES = ("embed", "search", "verify")


@dataclass(slots=True)
class Clock:
    """Seconds by stage; while one runs inside another, the outer one's clock stands still."""

    seconds: dict[str, float] = field(default_factory=lambda: dict.fromkeys(STAGES, 0.0))
    _running: list[str] = field(default_factory=list)
    _since: float = 0.0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Counts a `with` block for a stage."""
        self._turn()
        self._running.append(name)
        try:
            yield
        finally:
            self._turn()
            self._running.pop()

    def _turn(self) -> None:
        now = time.perf_counter()
        if self._running:
            self.seconds[self._running[-1]] += now - self._since
        self._since = now


@dataclass(frozen=True, slots=True)
class CheckSeconds:
    """What checking some drafts took.

    Attributes:
        drafts, sentences: how many were checked.
        by_stage: seconds of all of them together.
        total: the same of the whole.
    """

    drafts: int
    sentences: int
    by_stage: dict[str, float]
    total: float

    def table(self) -> list[str]:
        """A line for each stage, in Markdown: seconds of all, and milliseconds a sentence."""
        rest = self.total - sum(self.by_stage.values())
        rows = [*self.by_stage.items(), ("the rest", rest), ("whole check", self.total)]
        each = 1_000 / max(self.sentences, 1)
        return table(
            ["stage", "s", "ms a sentence"],
            [[name, f"{seconds:.2f}", f"{seconds * each:.0f}"] for name, seconds in rows],
        )


def time_checks(newsroom: Newsroom, drafts: Sequence[Path]) -> CheckSeconds:
    """Check drafts one after the other and say where the time went.

    Models are warm: a sentence that no draft holds is embedded and searched for first.

    Raises:
        MissingPath, UnreadableFile: a draft cannot be read.
        DatelineError: the library or the embedder cannot be used.
    """
    check_draft(newsroom, "The models are read from disk before the clock runs.")
    clock = Clock()
    desk = _Desk(
        cast(LibraryLike, _Library(newsroom.library, clock)), _Embedder(newsroom.embedder, clock)
    )
    sentences = 0
    began = time.perf_counter()
    for draft in drafts:
        checker = _Checker(Verifier(RememberingEmbedder(desk.embedder)), clock)
        sentences += len(check_draft(desk, draft, checker=checker).sentences)
    return CheckSeconds(len(drafts), sentences, clock.seconds, time.perf_counter() - began)


@dataclass(frozen=True, slots=True)
class _Desk:
    library: LibraryLike
    embedder: Embedder


@dataclass(frozen=True, slots=True)
class _Embedder:
    """An embedder whose vectors are timed."""

    inner: Embedder
    clock: Clock

    @property
    def engine(self) -> str:
        return self.inner.engine

    @property
    def fingerprint(self) -> EmbedderFingerprint:
        return self.inner.fingerprint

    @property
    def max_tokens(self) -> int:
        return self.inner.max_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self.inner.count_tokens(texts)

    def embed(self, texts: Sequence[str]) -> Vectors:
        with self.clock.stage("embed"):
            return self.inner.embed(texts)


class _Library:
    """A library whose two searches are timed; everything else is its own."""

    def __init__(self, inner: LibraryLike, clock: Clock) -> None:
        self._inner = inner
        self._clock = clock

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def dense(
        self, vector: Vectors, k: int, window: DateWindow, *, outlets: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        with self._clock.stage("search"):
            return self._inner.dense(vector, k, window, outlets=outlets)

    def lexical(
        self, text: str, k: int, window: DateWindow, *, outlets: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        with self._clock.stage("search"):
            return self._inner.lexical(text, k, window, outlets=outlets)


@dataclass(frozen=True, slots=True)
class _Checker:
    """A checker whose verdicts are timed."""

    inner: Checker
    clock: Clock

    def check(
        self, sentence: str, spans: Sequence[str], context: Sequence[str] = ()
    ) -> Verification:
        with self.clock.stage("verify"):
            return self.inner.check(sentence, spans, context)
