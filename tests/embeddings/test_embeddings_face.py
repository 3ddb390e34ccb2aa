from __future__ import annotations

import pytest

import embeddings


def test_the_public_names() -> None:
    assert embeddings.__all__ == [
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


@pytest.mark.parametrize("name", embeddings.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(embeddings, name) is not None
    assert name in dir(embeddings)


def test_other_names_are_not() -> None:
    with pytest.raises(AttributeError, match="no attribute 'pickle'"):
        embeddings.pickle  # noqa: B018
