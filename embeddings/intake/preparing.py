"""Articles, split and ready to be embedded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus import Article, Passage, SplitOptions, embedded_text, split
from embeddings.embedders.embedder import Embedder, Vectors


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article that is split but not embedded yet."""

    article: Article
    passages: list[Passage]
    texts: list[str]
    replaces: bool = False


def prepare(article: Article, embedder: Embedder, *, replaces: bool = False) -> Prepared:
    """Splits an article into passages that the embedder can read whole, header included."""
    passages = split(article, embedder.count_tokens, SplitOptions(max_tokens=embedder.max_tokens))
    texts = [embedded_text(article, passage) for passage in passages]
    return Prepared(article, passages, texts, replaces)


def embed(batch: Sequence[Prepared], embedder: Embedder) -> list[Vectors]:
    """Vectors of shape (passages, dimensions) for each article, in one call of the embedder."""
    texts = [text for prepared in batch for text in prepared.texts]
    if not texts:
        return [np.zeros((0, embedder.fingerprint.dimensions), dtype=np.float32) for _ in batch]
    ends = np.cumsum([len(prepared.texts) for prepared in batch])
    return np.split(embedder.embed(texts), ends[:-1])
