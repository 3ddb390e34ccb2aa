"""What the tests of question time share: settings that are nobody's, and one pair of models."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from embeddings.embedder import Embedder
from rag.generator import Generator
from rag.newsroom import Newsroom
from rag.settings import Settings

KEPT = {"DATELINE_SHARED"}


@pytest.fixture(autouse=True)
def _nobodys_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable and no dateline.toml of the machine that the tests run on."""
    for name in os.environ:
        if name.startswith("DATELINE_") and name not in KEPT:
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def real_embedder() -> Embedder:
    """all-MiniLM-L6-v2."""
    from embeddings import load_embedder

    return load_embedder()


@pytest.fixture(scope="session")
def real_generator() -> Generator:
    """SmolLM2-135M-Instruct."""
    from rag.generators import load_generator

    return load_generator()


@pytest.fixture(scope="session")
def sample_newsroom(
    tmp_path_factory: pytest.TempPathFactory, real_embedder: Embedder, real_generator: Generator
) -> Iterator[Newsroom]:
    """The sample briefs, with both real models."""
    from rag.sample_library import open_sample

    cache = tmp_path_factory.mktemp("cache")
    with open_sample(
        cache, settings=Settings(), embedder=real_embedder, generator=real_generator
    ) as newsroom:
        yield newsroom
