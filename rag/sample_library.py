"""The library of the sample briefs, built once and kept in the user's cache folder."""

from __future__ import annotations

import hashlib
from pathlib import Path

from platformdirs import user_cache_path

from corpus.samples import sample_paths
from embeddings.embedders.embedder import Embedder
from rag.newsroom import Newsroom
from rag.newsroom import open as open_newsroom
from rag.settings import Settings
from rag.writing.generator import Generator


def open_sample(
    cache: Path | None = None,
    *,
    settings: Settings | None = None,
    embedder: Embedder | None = None,
    generator: Generator | None = None,
) -> Newsroom:
    """A newsroom over the sample briefs, built when it is not there yet.

    The folder is named after what the sample files hold and where they lie, so that a changed
    sample is never asked through the library of the old one.

    Args:
        cache: folder to keep libraries in; the user's cache folder for Dateline if None.
        settings, embedder, generator: as for `rag.open`.

    Raises:
        DatelineError: the library cannot be built or opened, or a model is missing.
    """
    folder = cache if cache is not None else user_cache_path("dateline")
    folder.mkdir(parents=True, exist_ok=True)
    return open_newsroom(
        folder / f"sample-{_digest(sample_paths())}",
        add=[sample_paths()],
        settings=settings,
        embedder=embedder,
        generator=generator,
    )


def _digest(folder: Path) -> str:
    """The first 12 hexadecimal digits of SHA-256 over paths and bytes of a folder's files."""
    digest = hashlib.sha256(str(folder.resolve()).encode("utf-8", "surrogatepass"))
    for path in sorted(folder.iterdir()):
        digest.update(path.name.encode("utf-8", "surrogatepass") + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
