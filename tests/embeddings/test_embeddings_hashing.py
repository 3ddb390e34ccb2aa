from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.embedders.embedder import Embedder
from embeddings.embedders.hashing import HashEmbedder


@given(st.lists(st.text(), max_size=8), st.integers(1, 100))
def test_contract_of_an_embedder(texts: list[str], dimensions: int) -> None:
    embedder: Embedder = HashEmbedder(dimensions)
    vectors = embedder.embed(texts)
    assert vectors.shape == (len(texts), dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    for text, vector in zip(texts, vectors, strict=True):
        assert np.array_equal(embedder.embed([text])[0], vector)
    assert [embedder.count_tokens([text])[0] for text in texts] == embedder.count_tokens(texts)
    assert embedder.fingerprint.dimensions == dimensions
    assert embedder.fingerprint.normalised


def test_shared_words_are_nearer_and_synonyms_are_not() -> None:
    truce, talks, peace, bread = HashEmbedder(256).embed(
        [
            "the truce talks in Doha",
            "talks on a truce",
            "ceasefire negotiations",
            "how to bake bread",
        ]
    )
    assert truce @ talks > 0.7
    assert abs(truce @ peace) < 0.2
    assert abs(truce @ bread) < 0.2


def test_the_same_vectors_on_every_machine() -> None:
    assert HashEmbedder(8).embed(["Doha talks"])[0].tolist() == pytest.approx(
        HashEmbedder(8).embed(["DOHA, talk!"])[0].tolist()
    )
    assert np.flatnonzero(HashEmbedder(1000).embed(["Doha talks"])[0]).tolist() == [212, 345]


@pytest.mark.parametrize(("dimensions", "max_tokens"), [(0, 256), (-1, 256), (64, 0)])
def test_bad_sizes_are_refused(dimensions: int, max_tokens: int) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        HashEmbedder(dimensions, max_tokens)
