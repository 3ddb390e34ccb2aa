"""The contract of every library, kept by the one in Milvus: here Milvus Lite, the real engine."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from embeddings.embedders.embedder import Embedder
from embeddings.intake.ingest import IngestOptions
from embeddings.libraries import open_library
from embeddings.milvus.address import parse
from embeddings.milvus.client import Client
from embeddings.protocol import LibraryLike
from tests.embeddings.contract import LibraryContract, Opened

pytest.importorskip("pymilvus", reason="pymilvus is not installed: pip install 'dateline[milvus]'")
pytest.importorskip("milvus_lite", reason="milvus-lite is not installed")

pytestmark = pytest.mark.slow

_numbers = itertools.count()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One Milvus Lite file for all the tests, which stays open; each test has names of its own."""
    address = f"milvus:{tmp_path_factory.mktemp('milvus')}/tests.db"
    client = Client(parse(address))
    yield address
    client.close()


class TestMilvusLibrary(LibraryContract):
    @pytest.fixture
    def opened(self, file: str) -> Iterator[Opened]:
        libraries: list[LibraryLike] = []
        test = next(_numbers)

        def opens(
            embedder: Embedder,
            name: str = "library",
            *,
            create: bool = True,
            batch_passages: int = 256,
        ) -> LibraryLike:
            options = IngestOptions(batch_passages=batch_passages)
            where = f"{file}#test_{test}_{name}"
            library = open_library(where, embedder, create=create, options=options)
            libraries.append(library)
            return library

        yield opens
        for library in libraries:
            library.close()
