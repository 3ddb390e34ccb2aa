"""The command line with stand-ins for both models."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from click.testing import CliRunner, Result

import rag.doctor
import rag.intake.indexing
import rag.newsroom
from embeddings.embedders.embedder import Embedder
from embeddings.embedders.hashing import HashEmbedder
from rag.cli import main
from rag.writing.generator import Generator
from rag.writing.generators.scripted import ScriptedGenerator

LOADERS = ((rag.newsroom, "load_embedder"), (rag.intake.indexing, "load_embedder"))


@dataclass
class Stand:
    """Runs commands, and remembers which models were loaded for them."""

    replies: Sequence[str] = ("12.5 million pounds",)
    embedder: Embedder = field(default_factory=HashEmbedder)
    loaded: list[str] = field(default_factory=list)
    engines: set[str] = field(default_factory=set)

    def patch(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Put the stand-ins where the commands load their models."""
        for module, name in (*LOADERS, (rag.doctor, "load_embedder")):
            monkeypatch.setattr(module, name, self._load_embedder)
        monkeypatch.setattr(rag.newsroom, "load_generator", self._load_generator)

    def __call__(self, *arguments: object, status: int = 0) -> Result:
        """Run `dateline` with these arguments; it must end with that status and no traceback."""
        done = CliRunner().invoke(main, [str(argument) for argument in arguments])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        assert "Traceback" not in done.output
        assert done.exit_code == status, done.output
        return done

    def _load_embedder(self, uri: str, *, engine: str = "auto") -> Embedder:
        self.loaded.append(uri)
        self.engines.add(engine)
        return self.embedder

    def _load_generator(self, uri: str, _answerer: str = "off") -> Generator:
        self.loaded.append(uri)
        return ScriptedGenerator(self.replies)
