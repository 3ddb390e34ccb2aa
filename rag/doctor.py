"""`dateline doctor`: is everything here that an answer needs, and is the library whole?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from corpus.errors import DatelineError
from corpus.masking import without_secrets
from embeddings import load_embedder, resolve
from embeddings.libraries import open_library
from rag.adapters.which import OFF, folder_of
from rag.settings import Settings, load_settings
from rag.writing.answerers import usable_answerer

_PACKAGES = ("torch", "transformers", "sentence-transformers", "faiss-cpu", "bm25s", "gradio")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    healthy: bool
    what: str


def examine(library: str | Path | None = None) -> Iterator[Finding]:
    """Look at packages, models and, if one is named, a library; worst news included."""
    for package in _PACKAGES:
        try:
            yield Finding(True, f"{package} {version(package)}")
        except PackageNotFoundError:
            yield Finding(False, f"{package} is not installed.\n  Next: make setup")
    try:
        settings = load_settings()
    except DatelineError as error:
        yield Finding(False, str(error))
        return
    for role, uri in (("embedder", settings.embedder), ("model", settings.model)):
        try:
            resolve(uri)
            yield Finding(True, f"{role} {without_secrets(uri)}")
        except DatelineError as error:
            yield Finding(False, str(error))
    yield _examine_adapter("reader", settings.reader)
    yield _examine_adapter("verifier", settings.verifier)
    yield _examine_answerer(settings)
    if library is not None:
        yield _examine_library(library, settings)


def _examine_adapter(part: str, named: str) -> Finding:
    if named == OFF:
        return Finding(True, f"{part}: off")
    try:
        # Here, so that the rest is told before torch is loaded.
        from rag.adapters.merging import usable

        adapter, _ = usable(folder_of(part, named))
    except DatelineError as error:
        return Finding(False, str(error))
    return Finding(True, f"{part} {adapter.digest[:16]} ({adapter.folder})")


def _examine_answerer(settings: Settings) -> Finding:
    try:
        adapter = usable_answerer(settings.answerer, settings.model)
    except DatelineError as error:
        return Finding(False, str(error))
    if adapter is None:
        model = without_secrets(settings.model)
        why = "off" if settings.answerer == OFF else f"none goes with {model}"
        return Finding(True, f"answerer: {why}")
    return Finding(True, f"answerer {adapter.digest[:16]} ({adapter.folder})")


def _examine_library(library: str | Path, settings: Settings) -> Finding:
    try:
        embedder = load_embedder(settings.embedder, engine=settings.engine)
        with open_library(library, embedder) as opened:
            opened.check()
            stats = opened.stats()
    except DatelineError as error:
        return Finding(False, str(error))
    address = without_secrets(str(library))
    read_anew = f" ({stats.unread} to be read by the next index)" if stats.unread else ""
    return Finding(
        True,
        f"library {address}: {stats.articles} articles, {stats.passages} passages, "
        f"{stats.figures} figures{read_anew}, all whole; "
        f"embedded by {embedder.engine}",
    )
