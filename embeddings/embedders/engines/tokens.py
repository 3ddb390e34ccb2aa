"""From texts to rows of token ids, with the model's own tokenizer and without transformers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from embeddings.embedders.batches import batches_of
from embeddings.embedders.embedder import Vectors
from embeddings.embedders.engines.converted import About

if TYPE_CHECKING:
    from tokenizers import Encoding

_STEP = 8
"""Rows are filled up to a multiple of this. A model is prepared anew for every shape that it meets,
and keeps what it prepared: over 3,400 passages of news a step of 8 was as quick as none (44 and 45
seconds of one core), and memory stopped growing after 1,600."""

Rows = dict[str, NDArray[np.int64]]
"""`input_ids`, `token_type_ids` and `attention_mask`, each of shape (rows, tokens)."""

Run = Callable[[Rows], Vectors]
"""A model: vectors of shape (rows, dimensions), of any length."""


class TokenReader:
    """The tokenizer of a converted model. One call at a time.

    Args:
        path: its `tokenizer.json`.
        about: how it cuts, prefixes and fills up.
    """

    def __init__(self, path: Path, about: About) -> None:
        from tokenizers import Tokenizer

        self._about = about
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()

    def count(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens and the model's own prefix included, uncut."""
        self._tokenizer.no_truncation()
        return [len(encoding) for encoding in self._encodings(texts)]

    def embed(self, texts: Sequence[str], run: Run, budget: int) -> Vectors:
        """Unit vectors of shape (len(texts), dimensions), float32, in input order.

        Args:
            texts: each is cut at the most that the model reads.
            run: the model.
            budget: as `BatchOptions.max_tokens`.

        Raises:
            ArithmeticError: a vector has length 0, or is not finite.
        """
        vectors = np.zeros((len(texts), self._about.dimensions), dtype=np.float32)
        self._tokenizer.enable_truncation(self._about.max_tokens)
        encodings = self._encodings(texts)
        for batch in batches_of([len(encoding) for encoding in encodings], budget):
            vectors[batch] = run(self._rows([encodings[place] for place in batch]))
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not (np.isfinite(norms).all() and norms.all()):
            raise ArithmeticError("the model gave a vector that has no direction")
        vectors /= norms
        return vectors

    def _encodings(self, texts: Sequence[str]) -> list[Encoding]:
        # "fast" leaves out where each token stands in its text, which nobody asks here.
        return self._tokenizer.encode_batch_fast([self._about.prefix + text for text in texts])

    def _rows(self, encodings: Sequence[Encoding]) -> Rows:
        longest = max(len(encoding) for encoding in encodings)
        filled = min(-(-longest // _STEP) * _STEP, max(longest, self._about.max_tokens))
        shape = (len(encodings), filled)
        ids = np.full(shape, self._about.pad_id, dtype=np.int64)
        types = np.full(shape, self._about.pad_type, dtype=np.int64)
        mask = np.zeros(shape, dtype=np.int64)
        for row, encoding in enumerate(encodings):
            # On the right, also for a model that fills up on the left: to mask all that comes
            # before a token is 0/0 in OpenVINO, and no token looks at what comes after it.
            ids[row, : len(encoding)] = encoding.ids
            types[row, : len(encoding)] = encoding.type_ids
            mask[row, : len(encoding)] = 1
        return {"input_ids": ids, "token_type_ids": types, "attention_mask": mask}
