"""Opens a library, wherever it is kept: a folder, or Milvus."""

from __future__ import annotations

from pathlib import Path

from embeddings.embedders.embedder import Embedder
from embeddings.intake.ingest import IngestOptions
from embeddings.intake.report import Progress
from embeddings.library import Library
from embeddings.milvus.address import is_milvus
from embeddings.milvus.library import MilvusLibrary
from embeddings.milvus.schema import DenseOptions
from embeddings.protocol import LibraryLike


def open_library(
    where: str | Path,
    embedder: Embedder,
    *,
    create: bool = False,
    options: IngestOptions | None = None,
    expected_passages: int = 0,
) -> LibraryLike:
    """Opens a library.

    Args:
        where: a folder, 'milvus:http://host:19530#name' or 'milvus:/path/file.db#name'. A path
            that begins with 'milvus:' is taken for an address too, as command lines make paths.
        embedder: the one that made the library's vectors; it embeds what is added.
        create: make the library where there is none.
        options: how articles are taken in.
        expected_passages: how many it will hold, where it is made now and that is known: Milvus
            chooses its index by it.

    Raises:
        LibraryError: as `Library.open` and `MilvusLibrary.open` say.
    """
    if is_milvus(str(where)):
        return MilvusLibrary.open(
            _address(where),
            embedder,
            create=create,
            options=options,
            indexes=DenseOptions(expected_passages=expected_passages),
        )
    return Library.open(where, embedder, create=create, options=options)


def rebuild_library(
    where: str | Path, embedder: Embedder, *, progress: Progress | None = None
) -> LibraryLike:
    """Splits and embeds every article of a library anew, and opens it.

    Raises:
        LibraryError: as `open_library` says, less EmbedderMismatch; LibraryLocked while another
            process writes.
    """
    if is_milvus(str(where)):
        return MilvusLibrary.rebuild(_address(where), embedder, progress=progress)
    return Library.rebuild(where, embedder, progress=progress)


def _address(where: str | Path) -> str:
    """The address as it was written: a path has lost one slash of 'http://'."""
    text = str(where)
    for scheme in ("http", "https"):
        cut = f"milvus:{scheme}:/"
        if text.startswith(cut) and not text.startswith(f"{cut}/"):
            return text.replace(cut, f"{cut}/", 1)
    return text
