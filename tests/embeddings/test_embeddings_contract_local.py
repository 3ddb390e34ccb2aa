"""The contract of every library, kept by the one in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from embeddings.embedders.embedder import Embedder
from embeddings.intake.ingest import IngestOptions
from embeddings.libraries import open_library
from embeddings.protocol import LibraryLike
from tests.embeddings.contract import LibraryContract, Opened


class TestLocalLibrary(LibraryContract):
    @pytest.fixture
    def opened(self, tmp_path: Path) -> Iterator[Opened]:
        libraries: list[LibraryLike] = []

        def opens(
            embedder: Embedder,
            name: str = "library",
            *,
            create: bool = True,
            batch_passages: int = 256,
        ) -> LibraryLike:
            options = IngestOptions(batch_passages=batch_passages)
            library = open_library(tmp_path / name, embedder, create=create, options=options)
            libraries.append(library)
            return library

        yield opens
        for library in libraries:
            library.close()
