"""Embedders, indexes, and the library that keeps articles on disk.

    from embeddings import Library, load_embedder
    with Library.open("my-library", load_embedder(), create=True) as library:
        library.add(corpus.read(["articles/"]))
        library.lexical("truce talks", k=5)

Names are imported when they are first used: FAISS and torch cost seconds that a program which
only reads a model's name should not pay.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from embeddings.embedders.batches import BatchOptions
    from embeddings.embedders.embedder import Embedder, EmbedderFingerprint, Vectors
    from embeddings.embedders.engines import EngineName
    from embeddings.embedders.hashing import HashEmbedder
    from embeddings.embedders.models import DEFAULT_EMBEDDER, DEFAULT_GENERATOR, ModelRef, resolve
    from embeddings.embedders.sentence_transformer import SentenceTransformerEmbedder
    from embeddings.intake.ingest import IngestOptions, IngestReport, Progress
    from embeddings.library import Library
    from embeddings.store.stats import LibraryStats
    from embeddings.store.window import DateWindow

_HOMES = {
    "BatchOptions": "embeddings.embedders.batches",
    "DEFAULT_EMBEDDER": "embeddings.embedders.models",
    "DEFAULT_GENERATOR": "embeddings.embedders.models",
    "DateWindow": "embeddings.store.window",
    "Embedder": "embeddings.embedders.embedder",
    "EmbedderFingerprint": "embeddings.embedders.embedder",
    "EngineName": "embeddings.embedders.engines",
    "HashEmbedder": "embeddings.embedders.hashing",
    "IngestOptions": "embeddings.intake.ingest",
    "IngestReport": "embeddings.intake.ingest",
    "Library": "embeddings.library",
    "LibraryStats": "embeddings.store.stats",
    "ModelRef": "embeddings.embedders.models",
    "Progress": "embeddings.intake.ingest",
    "SentenceTransformerEmbedder": "embeddings.embedders.sentence_transformer",
    "Vectors": "embeddings.embedders.embedder",
    "resolve": "embeddings.embedders.models",
}

__all__ = [
    "DEFAULT_EMBEDDER",
    "DEFAULT_GENERATOR",
    "BatchOptions",
    "DateWindow",
    "Embedder",
    "EmbedderFingerprint",
    "EngineName",
    "HashEmbedder",
    "IngestOptions",
    "IngestReport",
    "Library",
    "LibraryStats",
    "ModelRef",
    "Progress",
    "SentenceTransformerEmbedder",
    "Vectors",
    "load_embedder",
    "resolve",
]


def load_embedder(uri: str | None = None, *, engine: EngineName = "auto") -> Embedder:
    """The embedder of a model URI; all-MiniLM-L6-v2 if none is named.

    Args:
        uri: a package:, path: or hf: model.
        engine: what computes the vectors: a name of `embeddings.embedders.engines.ENGINES`, or
            'auto' for the quickest that can run the model here. The vectors of all of them agree,
            so a library does not mind which one made it. `Embedder.engine` tells which it became.

    Raises:
        SettingsError: there is no engine of that name.
        BadModelURI: the URI cannot be read, or names no embedder.
        ModelMissing: the model is not on this machine; the error names the command to get it.
        EngineUnusable: an engine that was asked for by name is not installed or cannot run the
            model. 'auto' takes torch instead, and says so in a warning.
    """
    from embeddings.embedders.engines import load
    from embeddings.embedders.models import DEFAULT_EMBEDDER

    return load(uri or DEFAULT_EMBEDDER, engine)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
