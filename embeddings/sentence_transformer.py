"""The real embedder: any sentence-transformers model on this machine's disk."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.errors import BadModelURI, ModelMissing
from embeddings.embedder import EmbedderFingerprint, Vectors
from embeddings.models import DEFAULT_EMBEDDER, ModelRef, resolve
from embeddings.quiet import no_bars

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_UNIT_TOLERANCE = 1e-3
"""How far from 1 a vector's length may lie. float32 sums of 384 squares stay within 1e-6; what is
further off was not normalised."""


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """How texts are put together for the model.

    Attributes:
        max_tokens: the most that one batch may have of rows × length of its longest text, padding
            included. A single text always goes, however long. 2,048 and 4,096 were equally the
            fastest of 512 … 16,384 for MiniLM on two cores (500 texts of 4 to 190 words); the
            smaller takes less memory.
    """

    max_tokens: int = 2048


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
        ref = resolve(uri)
        folder = _folder(ref)
        weights = _weight_files(folder, uri)
        self._batches = batches or BatchOptions()
        self._lock = threading.Lock()
        self._model = _load(folder, device)
        dimensions = self._model.get_embedding_dimension()
        if dimensions is None:
            raise BadModelURI("the model does not say how long its vectors are", where=uri)
        self._fingerprint = EmbedderFingerprint(
            name=uri,
            weights=_digest(tuple(_identity(file) for file in weights)),
            pooling=_pooling(self._model),
            prefix=_prefix(self._model),
            normalised=True,
            dimensions=dimensions,
        )

    @property
    def fingerprint(self) -> EmbedderFingerprint:
        """What its vectors can be compared with."""
        return self._fingerprint

    @property
    def max_tokens(self) -> int:
        """The most tokens of one text that the model reads, special tokens included."""
        return int(self._model.max_seq_length or self._model.tokenizer.model_max_length)

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
        prefix = self._fingerprint.prefix
        encoded = self._model.tokenizer(
            [prefix + text for text in texts],
            add_special_tokens=True,
            truncation=False,
            padding=False,
            return_attention_mask=False,
            return_token_type_ids=False,
            verbose=False,
        )
        return [len(tokens) for tokens in encoded["input_ids"]]


def batches_of(lengths: Sequence[int], budget: int) -> Iterator[list[int]]:
    """Places of texts, longest first, in batches whose rows × longest length fits the budget.

    Longest first, so that a batch too large for the memory fails at once and not at the end.
    """
    batch: list[int] = []
    longest = 0
    for place in sorted(range(len(lengths)), key=lambda place: -lengths[place]):
        if batch and longest * (len(batch) + 1) > budget:
            yield batch
            batch = []
        longest = longest if batch else lengths[place]
        batch.append(place)
    if batch:
        yield batch


def _folder(ref: ModelRef) -> Path:
    if ref.scheme == "openai":
        raise BadModelURI(
            "a server's model cannot embed", where=ref.uri, next_step="name a model on this disk"
        )
    if ref.scheme == "hf":
        return _cached(ref)
    if not (ref.path / "modules.json").is_file():
        raise ModelMissing(
            "there is no sentence-transformers model there (no modules.json)",
            where=ref.path,
            next_step="name the folder that holds modules.json",
        )
    return ref.path


def _cached(ref: ModelRef) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    try:
        return Path(snapshot_download(ref.location, revision=ref.revision, local_files_only=True))
    except LocalEntryNotFoundError as error:
        raise ModelMissing(
            "the hub model is not in this machine's cache",
            where=ref.uri,
            next_step=f"hf download {ref.location} --revision {ref.revision}",
        ) from error


def _weight_files(folder: Path, uri: str) -> list[Path]:
    files = sorted(folder.glob("*.safetensors"))
    if not files:
        raise ModelMissing(
            "the model has no safetensors file; other weight files can run code and are not read",
            where=uri,
            next_step="name a model that has model.safetensors",
        )
    return files


def _load(folder: Path, device: str | None) -> SentenceTransformer:
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


def _pooling(model: SentenceTransformer) -> str:
    modes = [mode for module in model if (mode := getattr(module, "pooling_mode", None))]
    return "+".join(mode if isinstance(mode, str) else "+".join(mode) for mode in modes) or "none"


def _prefix(model: SentenceTransformer) -> str:
    return model.prompts.get(model.default_prompt_name or "") or ""


def _identity(file: Path) -> tuple[Path, int, int]:
    status = file.stat()
    return file, status.st_size, status.st_mtime_ns


@lru_cache(maxsize=8)
def _digest(files: tuple[tuple[Path, int, int], ...]) -> str:
    # Size and time of change are part of the key: a file that was exchanged is read again.
    if len(files) == 1:
        with files[0][0].open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    digests = [_digest((file,)) for file in files]
    return hashlib.sha256("".join(digests).encode()).hexdigest()
