"""Search by words: BM25 from bm25s, in Lucene's variant."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence

import bm25s
import numpy as np
from numpy.typing import NDArray

from embeddings.terms import TermReader

_ARRAYS = ("data", "indices", "indptr")


class LexicalIndex:
    """Texts by position 0 … n-1, searched by the terms that they share with a question.

    k1 = 1.5 and b = 0.75 are bm25s' own defaults. How rare a term is gets counted over all texts,
    those outside the allowed set included.
    """

    def __init__(self, engine: bm25s.BM25 | None, size: int) -> None:
        # bm25s cannot hold an index without a single term; None stands for that one.
        self._engine = engine
        self._size = size

    @classmethod
    def from_texts(cls, texts: Sequence[str]) -> LexicalIndex:
        """An index of the texts in their order."""
        reader = TermReader()
        terms = [reader.terms(text) for text in texts]
        vocabulary = {
            term: number for number, term in enumerate(sorted({t for row in terms for t in row}))
        }
        if not vocabulary:
            return cls(None, len(texts))
        engine = bm25s.BM25(method="lucene", backend="numpy", csc_backend="numpy")
        engine.index(
            ([[vocabulary[term] for term in row] for row in terms], vocabulary),
            create_empty_token=False,
            show_progress=False,
        )
        return cls(engine, len(texts))

    @classmethod
    def from_bytes(cls, data: bytes) -> LexicalIndex:
        """The index that `to_bytes` wrote. Never unpickles.

        Raises:
            ValueError: the bytes are no such index.
        """
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as archive:
                size = int(archive["size"])
                vocabulary = json.loads(archive["vocabulary"].tobytes())
                scores = {name: archive[name] for name in _ARRAYS}
        except (KeyError, EOFError, OSError, zipfile.BadZipFile) as error:
            raise ValueError(f"not a lexical index: {error}") from error
        if not vocabulary:
            return cls(None, size)
        engine = bm25s.BM25(method="lucene", backend="numpy", csc_backend="numpy")
        engine.scores = {**scores, "num_docs": size}
        engine.vocab_dict = {term: number for number, term in enumerate(vocabulary)}
        engine.unique_token_ids_set = set(engine.vocab_dict.values())
        engine.nonoccurrence_array = None
        return cls(engine, size)

    def to_bytes(self) -> bytes:
        """The whole index as one .npz: the same texts always give the same bytes."""
        if self._engine is None:
            vocabulary: list[str] = []
            arrays = {name: np.zeros(0, dtype=np.int64) for name in _ARRAYS}
        else:
            vocabulary = list(self._engine.vocab_dict)
            arrays = {name: self._engine.scores[name] for name in _ARRAYS}
        words = json.dumps(vocabulary, ensure_ascii=False).encode()
        buffer = io.BytesIO()
        np.savez(
            buffer,
            allow_pickle=False,
            size=np.int64(self._size),
            vocabulary=np.frombuffer(words, dtype=np.uint8),
            **arrays,
        )
        return buffer.getvalue()

    def __len__(self) -> int:
        return self._size

    def search(
        self, text: str, k: int, allowed: NDArray[np.bool_] | None = None
    ) -> list[tuple[int, float]]:
        """The k best, as (position, BM25 score > 0), best first, and all that tie with the k-th.

        Args:
            text: the question, in plain words.
            k: how many, at least 1.
            allowed: shape (n,), True where a text may be found; None for all. The others score
                nothing, so k of the allowed ones are found if k of them share a term.

        Raises:
            ValueError: k is below 1.
        """
        if k < 1:
            raise ValueError(f"k must be at least 1, not {k}")
        if self._engine is None:
            return []
        known = self._engine.get_tokens_ids(TermReader().terms(text))
        if not known:
            return []
        scores = self._engine.get_scores_from_ids(known, weight_mask=allowed)
        positions = np.flatnonzero(scores > 0)
        if len(positions) > k:
            threshold = np.partition(scores[positions], -k)[-k]
            positions = positions[scores[positions] >= threshold]
        return sorted(
            ((int(position), float(scores[position])) for position in positions),
            key=lambda pair: (-pair[1], pair[0]),
        )
