"""The newsroom that a run is made in."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import rag
from rag.newsroom import Newsroom
from rag.sample_library import open_sample
from rag.settings import load_settings

OpenNewsroom = Callable[[Path | None, str | None], AbstractContextManager[Newsroom]]
"""From the library's folder and the generator's URI; None for what is usual."""


def open_newsroom(library: Path | None, model: str | None) -> Newsroom:
    """The newsroom over a library, or over the sample library, which is built when missing.

    Args:
        library: its folder; None for the sample library.
        model: URI of the generator; None for the one in the settings.

    Raises:
        DatelineError: the settings, the library or the embedder cannot be used.
    """
    settings = load_settings(model=model)
    if library is None:
        return open_sample(settings=settings)
    return rag.open(library, settings=settings)
