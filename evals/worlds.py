"""The newsrooms that a suite is asked through: the given library, and a small one for each world.

A world is built when its first sample comes up and thrown away when the next one is opened, so
that a suite of a thousand worlds needs the room of one.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.closing import Closing
from corpus.errors import EvalError
from embeddings.library import Library
from evals.suite import HOME, Suite
from rag.newsroom import Newsroom
from rag.writing.generator import Message, Pieces, Steering


class _Lent:
    """The home newsroom's generator, loaded when a world first needs it and not before."""

    def __init__(self, home: Newsroom) -> None:
        self._home = home

    @property
    def name(self) -> str:
        """The model URI."""
        return self._home.generator.name

    @property
    def taught(self) -> str:
        """See `rag.writing.generator.Teachable`."""
        return self._home.taught

    def stream(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        steer: Steering | None = None,
    ) -> Pieces:
        """See `rag.writing.generator.Generator`."""
        return self._home.generator.stream(messages, max_tokens=max_tokens, steer=steer)


class Worlds(Closing):
    """The newsrooms of a suite. Use it in a `with` block; `home` stays open after it.

    Args:
        suite: whose worlds to build.
        home: answers for the world `HOME`, and lends the others its embedder, its generator and
            its settings.
    """

    def __init__(self, suite: Suite, home: Newsroom) -> None:
        self._suite = suite
        self._home = home
        self._world = HOME
        self._open: Newsroom | None = None
        self._stack = ExitStack()

    def newsroom(self, world: str) -> Newsroom:
        """The newsroom of a world. The one that was given before is closed, unless it is `home`.

        Raises:
            EvalError: the suite has no articles for that world.
        """
        if world == HOME:
            return self._home
        if self._open is not None and self._world == world:
            return self._open
        if world not in self._suite.worlds:
            raise EvalError(
                f"the suite brings no articles for the world '{world}'",
                where=self._suite.name,
                next_step="give it in Suite.worlds, or leave the sample's world empty",
            )
        self.close()
        self._open = self._build(world)
        self._world = world
        return self._open

    def _build(self, world: str) -> Newsroom:
        folder = self._stack.enter_context(TemporaryDirectory(prefix="dateline-world-"))
        home = self._home
        library = self._stack.enter_context(
            Library.open(Path(folder) / "library", home.embedder, create=True)
        )
        library.add(self._suite.worlds[world])
        return Newsroom(library, home.embedder, _Lent(home), home.settings)

    def close(self) -> None:
        """Close and remove the world that is open."""
        self._open = None
        self._stack.close()
