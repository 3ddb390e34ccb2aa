"""What `dateline index` does to a library, each act by its name."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from corpus.errors import NotInLibrary
from embeddings import IngestReport, load_embedder
from embeddings.embedders.embedder import Embedder
from embeddings.libraries import open_library, rebuild_library
from embeddings.protocol import LibraryLike
from rag.intake.adding import Adding, open_and_add, rehearse
from rag.intake.watch import Round, Watcher, check_folders
from rag.settings import Settings


def index(library: str | Path, adding: Adding, settings: Settings) -> IngestReport:
    """Read articles into the library, which is made when it is not there.

    Raises:
        DatelineError: as `rag.intake.adding.open_and_add` says.
    """
    opened = open_and_add(library, adding, lambda: embedder_of(settings))
    opened.library.close()
    return opened.report


def dry_run(library: str | Path, adding: Adding, settings: Settings) -> IngestReport:
    """What `index` would do; nothing is embedded and nothing written.

    Raises:
        DatelineError: as `rag.intake.adding.rehearse` says.
    """
    return rehearse(library, adding, lambda: embedder_of(settings))


def watch(
    library: str | Path,
    adding: Adding,
    settings: Settings,
    tell: Callable[[Round], None],
    stop: threading.Event,
) -> IngestReport:
    """Read folders into the library, and go on with what appears in them until `stop` is set.

    Raises:
        MissingPath: a path is no folder; before a library is made.
        DatelineError: as `embeddings.libraries.open_library` and `Watcher.run` say.
    """
    check_folders(adding.paths)
    with open_library(library, embedder_of(settings), create=True) as opened:
        watcher = Watcher(
            opened, adding.paths, tell, stop, adding.options, progress=adding.progress
        )
        return watcher.run()


def rebuild(library: str | Path, settings: Settings) -> str:
    """Embed every article anew, with the embedder of the settings."""
    with rebuild_library(library, embedder_of(settings)) as opened:
        return f"Rebuilt: {opened.stats().articles:,} articles embedded anew."


def delete(library: str | Path, article_ids: Sequence[str], settings: Settings) -> Iterator[str]:
    """Remove articles with their versions; says each that is gone.

    Raises:
        NotInLibrary: at the end, when some are not there; the others are removed all the same.
    """
    with open_library(library, embedder_of(settings)) as opened:
        gone = opened.delete_many(article_ids)
        for article_id in gone:
            yield f"Deleted {article_id}."
        _refuse([one for one in article_ids if one not in gone], opened)


def withdraw(
    library: str | Path, article_ids: Sequence[str], on: date | None, settings: Settings
) -> Iterator[str]:
    """Mark articles as taken back by their outlets; says each that is marked.

    They stay, and nothing is answered from them.

    Args:
        on: the day on which the outlet took them back; today if None.

    Raises:
        NotInLibrary: at the end, when some are not there; the others are marked all the same.
    """
    unknown = []
    with open_library(library, embedder_of(settings)) as opened:
        for article_id in article_ids:
            fresh = opened.withdraw(article_id, on)
            try:
                article = opened.article(article_id)
            except NotInLibrary:
                unknown.append(article_id)
                continue
            word = "Marked as withdrawn" if fresh else "Was marked as withdrawn already"
            yield f"{word} on {article.withdrawn}: {article_id} “{article.title}”."
        _refuse(unknown, opened)


def embedder_of(settings: Settings) -> Embedder:
    """The embedder that the settings name, on the engine that they name."""
    return load_embedder(settings.embedder, engine=settings.engine)


def _refuse(unknown: Sequence[str], library: LibraryLike) -> None:
    if unknown:
        noun = "article" if len(unknown) == 1 else "articles"
        raise NotInLibrary(
            f"there is no {noun} {', '.join(unknown)} in the library",
            where=library.path,
            next_step="dateline list shows the ids of its articles",
        )
