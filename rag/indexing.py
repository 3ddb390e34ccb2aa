"""What `dateline index` does, and how it tells what became of the articles."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import corpus
from embeddings import IngestReport, load_embedder
from embeddings.library import Library
from rag.newsroom import ingest
from rag.settings import load_settings


def index(library: Path, paths: Sequence[Path]) -> IngestReport:
    """Read articles into the library, which is made when it is not there."""
    # A path that is not there must be told before a library is made for it.
    articles = corpus.read(paths)
    embedder = load_embedder(load_settings().embedder)
    with Library.open(library, embedder, create=True) as opened:
        return ingest(opened, articles, progress=True)


def rebuild(library: Path) -> str:
    """Embed every article anew, with the embedder of the settings."""
    with Library.rebuild(library, load_embedder(load_settings().embedder)) as opened:
        return f"Rebuilt: {opened.stats().articles} articles embedded anew."


def delete(library: Path, article_id: str) -> str:
    """Remove one article."""
    with Library.open(library, load_embedder(load_settings().embedder)) as opened:
        gone = opened.delete(article_id)
    return f"Deleted {article_id}." if gone else f"There is no article {article_id}."


def as_words(report: IngestReport) -> str:
    """The report for a person: one line, then one for each file or row that was rejected."""
    speed = f", {report.taken / report.seconds:.1f} articles a second" if report.seconds else ""
    lines = [
        f"{report.added} added, {report.updated} updated, {report.unchanged} unchanged, "
        f"{report.duplicates} duplicates, {len(report.rejected)} rejected; "
        f"{report.passages} passages embedded in {report.seconds:.1f} s{speed}."
    ]
    for rejected in report.rejected:
        where = f"{rejected.source}:{rejected.line}" if rejected.line else rejected.source
        lines.append(f"  rejected {where}: {rejected.reason}")
    return "\n".join(lines)
