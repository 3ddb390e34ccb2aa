"""The page and its doors over a small real library: only the models are stand-ins."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import rag
from corpus.samples import sample_paths
from embeddings.embedders.hashing import HashEmbedder
from page.desk.desk import Desk, DeskOptions
from page.evals.bench import Bench
from page.layout import build
from page.serving.serve import serve
from rag.newsroom import Newsroom
from rag.writing.generators.scripted import ScriptedGenerator
from tests.app.load.asked import FIGURE, REPLY

__all__ = ["FIGURE", "REPLY", "newsroom", "served_desk"]


@contextmanager
def newsroom(folder: Path, *, delay: float = 0.0, reply: str = REPLY) -> Iterator[Newsroom]:
    """The sample library, with a model that writes the reply, a word each `delay` seconds."""
    with rag.open(
        folder / "library",
        add=[sample_paths()],
        embedder=HashEmbedder(256),
        generator=ScriptedGenerator([reply], delay=delay),
        progress=False,
    ) as opened:
        yield opened


@contextmanager
def served_desk(
    folder: Path,
    *,
    delay: float = 0.0,
    reply: str = REPLY,
    auth: tuple[str, str] | None = None,
    metrics: bool = False,
) -> Iterator[tuple[str, Desk]]:
    """The address of a page over the sample library, and its desk."""
    with (
        newsroom(folder, delay=delay, reply=reply) as opened,
        Desk(opened, DeskOptions(home=folder / "libraries")) as desk,
        Bench(desk, folder / "runs.sqlite") as bench,
    ):
        page = build(desk, bench)
        try:
            yield serve(page, desk, port=0, auth=auth, metrics=metrics), desk
        finally:
            page.close(verbose=False)
