"""From paths to a library that holds their articles, in the one order that loses nothing.

A path that is not there is told before a model is loaded, and a model that is not there before a
library is made. So: look at the paths, load the embedder, open the library, read.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import corpus
from corpus import Article, ReadOptions, Rejected
from corpus.walk import expanded
from embeddings import IngestReport
from embeddings.embedders.embedder import Embedder
from embeddings.embedders.hashing import HashEmbedder
from embeddings.libraries import open_library
from embeddings.library import Library
from embeddings.milvus.address import is_milvus
from embeddings.protocol import LibraryLike
from rag.intake.progress import shown_progress

LoadEmbedder = Callable[[], Embedder]


@dataclass(frozen=True, slots=True)
class Adding:
    """What is to be read into a library, and how.

    Attributes:
        paths: files, folders and globs; URLs where the options allow the network.
        options: how the articles are read.
        progress: show on standard error how far it is, where that is a terminal.
    """

    paths: Sequence[str | Path] = ()
    options: ReadOptions = field(default_factory=ReadOptions)
    progress: bool = True

    def found(self) -> Iterable[Article | Rejected]:
        """The articles, not read yet.

        Raises:
            MissingPath, NothingToRead: before anything is read.
        """
        return corpus.read(self.paths, options=self.options) if self.paths else ()


@dataclass(frozen=True, slots=True)
class Opened:
    """An open library, its embedder, and what became of the articles that were read into it."""

    library: LibraryLike
    embedder: Embedder
    report: IngestReport


def open_and_add(path: str | Path, adding: Adding, load: LoadEmbedder) -> Opened:
    """Open a library and read articles into it; it is made where there are paths and it is not.

    Args:
        path: a folder or a `milvus:` URI.
        load: gives the embedder, once the paths have been looked at.

    Returns:
        The open library, which the caller closes.

    Raises:
        MissingPath, NothingToRead: before a library is made.
        ModelError: the embedder cannot be loaded; before a library is made.
        LibraryError: as `Library.open` and `Library.add` say.
    """
    articles = adding.found()
    embedder = load()
    library = open_library(path, embedder, create=bool(adding.paths))
    try:
        report = add_to(library, articles, adding) if adding.paths else IngestReport()
    except BaseException:
        library.close()
        raise
    return Opened(library, embedder, report)


def add_to(
    library: LibraryLike,
    articles: Iterable[Article | Rejected],
    adding: Adding,
    *,
    dry_run: bool = False,
) -> IngestReport:
    """Take articles into an open library, showing how far it is."""
    with shown_progress(adding.paths, progress=adding.progress) as passed:
        return library.add(passed(articles), dry_run=dry_run)


def rehearse(path: str | Path, adding: Adding, load: LoadEmbedder) -> IngestReport:
    """What `open_and_add` would do; nothing is embedded, and nothing written to the library.

    A library that is not there is not made: its articles are held against an empty one.

    Raises:
        As `open_and_add`.
    """
    articles = adding.found()
    if not _is_free(path):
        with open_library(path, load()) as library:
            return add_to(library, articles, adding, dry_run=True)
    # Nothing is embedded, so that any embedder will do.
    with (
        tempfile.TemporaryDirectory(prefix="dateline-dry-run-") as folder,
        Library.open(Path(folder) / "library", HashEmbedder(), create=True) as empty,
    ):
        return add_to(empty, articles, adding, dry_run=True)


def _is_free(path: str | Path) -> bool:
    """Whether a library would be made there: nothing is, or an empty folder."""
    if is_milvus(str(path)):
        return False
    folder = expanded(path)
    if not folder.exists():
        return not folder.is_symlink()
    return folder.is_dir() and next(folder.iterdir(), None) is None
