"""The engine that runs every model: sentence-transformers on torch, in float32."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.errors import BadModelURI
from embeddings.embedders.batches import BatchOptions, batches_of
from embeddings.embedders.embedder import EmbedderFingerprint, Vectors
from embeddings.embedders.model_folder import model_folder, weights_digest
from embeddings.embedders.models import DEFAULT_EMBEDDER
from embeddings.embedders.quiet import no_bars

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_UNIT_TOLERANCE = 1e-3
"""How far from 1 a vector's length may lie. float32 sums of 384 squares stay within 1e-6; what is
further off was not normalised."""

_ANY_LENGTH = 10**9
"""From here on a model says that it has no bound: transformers writes 10³⁰, word vectors ∞."""

_UNBOUNDED = 512
"""Tokens of a passage for a model without a bound: what BERT's kind reads, a page of news."""


class SentenceTransformerEmbedder:
    """Vectors from a sentence-transformers model, in float32, without a network.

    Texts are sorted by length and batched by a budget of tokens, so that little of the work is
    spent on padding. One call runs at a time: two at once are slower on the same cores, and the
    tokenizer must not be shared.

    Args:
        uri: a package:, path: or hf: model; hf: from the local cache only.
        batches: how texts are put together.
        device: 'cpu', 'cuda', …; None for the best there is.

    Raises:
        BadModelURI: it is no name of an embedder.
        ModelMissing: it is not on this machine, or not as safetensors.
    """

    def __init__(
        self,
        uri: str = DEFAULT_EMBEDDER,
        *,
        batches: BatchOptions | None = None,
        device: str | None = None,
    ) -> None:
        folder = model_folder(uri)
        weights = weights_digest(folder, uri)
        self._batches = batches or BatchOptions()
        self._lock = threading.Lock()
        self._model = load_model(folder, device)
        self._fingerprint = EmbedderFingerprint(
            name=uri,
            weights=weights,
            pooling=pooling_of(self._model),
            prefix=prefix_of(self._model),
            normalised=True,
            dimensions=dimensions_of(self._model, uri),
        )

    @property
    def engine(self) -> str:
        """'torch float32 cpu', with the device that the model is on."""
        return f"torch float32 {self._model.device.type}"

    @property
    def fingerprint(self) -> EmbedderFingerprint:
        """What its vectors can be compared with."""
        return self._fingerprint

    @property
    def max_tokens(self) -> int:
        """The most tokens of one text that the model reads, special tokens included."""
        return max_tokens_of(self._model)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens and the model's own prefix included, uncut."""
        if not texts:
            return []
        with self._lock:
            return self._lengths(texts)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of shape (len(texts), dimensions), float32, in input order.

        A text longer than `max_tokens` is cut there.
        """
        vectors = np.zeros((len(texts), self._fingerprint.dimensions), dtype=np.float32)
        if not texts:
            return vectors
        with self._lock:
            lengths = np.minimum(self._lengths(texts), self.max_tokens)
            for batch in batches_of(lengths.tolist(), self._batches.max_tokens):
                vectors[batch] = self._model.encode(
                    [texts[place] for place in batch],
                    batch_size=len(batch),
                    normalize_embeddings=True,
                    show_progress_bar=False,
                )
        lengths_of_vectors = np.linalg.norm(vectors, axis=1)
        if not np.allclose(lengths_of_vectors, 1.0, atol=_UNIT_TOLERANCE):
            raise ArithmeticError(f"{self._fingerprint.name} gave vectors that are not of length 1")
        return vectors

    def _lengths(self, texts: Sequence[str]) -> list[int]:
        prefixed = [self._fingerprint.prefix + text for text in texts]
        tokenizer = self._model.tokenizer
        if hasattr(tokenizer, "encode_batch_fast"):
            # A model of word vectors holds a bare tokenizer, and reads no special tokens.
            encodings = tokenizer.encode_batch_fast(prefixed, add_special_tokens=False)
            return [len(encoding) for encoding in encodings]
        encoded = tokenizer(
            prefixed,
            add_special_tokens=True,
            truncation=False,
            padding=False,
            return_attention_mask=False,
            return_token_type_ids=False,
            verbose=False,
        )
        return [len(tokens) for tokens in encoded["input_ids"]]


def load_model(folder: Path, device: str | None) -> SentenceTransformer:
    """The model of a folder in float32, from its safetensors, without a network."""
    # torch and transformers take seconds to import; who only looks a model up need not wait.
    import torch
    from sentence_transformers import SentenceTransformer

    with no_bars():
        return SentenceTransformer(
            str(folder),
            device=device,
            local_files_only=True,
            trust_remote_code=False,
            model_kwargs={"dtype": torch.float32, "use_safetensors": True},
        )


def dimensions_of(model: SentenceTransformer, uri: str) -> int:
    """Length of one vector.

    Raises:
        BadModelURI: the model does not say.
    """
    dimensions = model.get_embedding_dimension()
    if dimensions is None:
        raise BadModelURI("the model does not say how long its vectors are", where=uri)
    return dimensions


def max_tokens_of(model: SentenceTransformer) -> int:
    """The most tokens of one text that the model reads, special tokens included."""
    most = model.max_seq_length or model.tokenizer.model_max_length
    return int(most) if most < _ANY_LENGTH else _UNBOUNDED


def pooling_of(model: SentenceTransformer) -> str:
    """How token vectors become one: 'mean', 'cls', …; 'none' where the model does not pool."""
    modes = [mode for module in model if (mode := getattr(module, "pooling_mode", None))]
    return "+".join(mode if isinstance(mode, str) else "+".join(mode) for mode in modes) or "none"


def prefix_of(model: SentenceTransformer) -> str:
    """What the model puts before every text; '' for nothing."""
    return model.prompts.get(model.default_prompt_name or "") or ""
