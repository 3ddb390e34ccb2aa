"""The quick engine on a processor: OpenVINO, in bfloat16 where the processor has it.

It needs neither torch nor transformers once a model is converted, so it also starts sooner.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from corpus.errors import EngineUnusable
from embeddings.embedders.batches import BatchOptions
from embeddings.embedders.embedder import EmbedderFingerprint, Vectors
from embeddings.embedders.engines.agreement import LEAST_COSINE, TEXTS, agreement
from embeddings.embedders.engines.converted import MODEL, TOKENIZER, About, Converted, converted
from embeddings.embedders.engines.runtime import Compiled, import_openvino
from embeddings.embedders.engines.tokens import TokenReader
from embeddings.embedders.model_folder import model_folder, weights_digest
from embeddings.embedders.models import DEFAULT_EMBEDDER


class OpenVinoEmbedder:
    """Vectors from a sentence-transformers model, computed by OpenVINO.

    The first start on a machine converts the model, which takes some seconds and as much disk as
    its weights; the converted model is kept in the user's cache folder. Every start asks it for a
    few vectors and compares them with the model's own.

    Args:
        uri: a package:, path: or hf: model; hf: from the local cache only.
        batches: how texts are put together.
        exact: compute in float32 even where the processor has bfloat16.

    Raises:
        BadModelURI: it is no name of an embedder.
        ModelMissing: it is not on this machine, or not as safetensors.
        EngineUnusable: OpenVINO is not installed or cannot run the model, or its vectors are not
            the model's.
    """

    def __init__(
        self,
        uri: str = DEFAULT_EMBEDDER,
        *,
        batches: BatchOptions | None = None,
        exact: bool = False,
    ) -> None:
        folder = model_folder(uri)
        weights = weights_digest(folder, uri)
        import_openvino()
        whole = converted(folder, _convert)
        self._about = whole.about
        self._batches = batches or BatchOptions()
        self._lock = threading.Lock()
        self._reader = TokenReader(whole.folder / TOKENIZER, whole.about)
        self._fingerprint = EmbedderFingerprint(
            name=uri,
            weights=weights,
            pooling=whole.about.pooling,
            prefix=whole.about.prefix,
            normalised=True,
            dimensions=whole.about.dimensions,
        )
        self._model = self._agreeing(whole, exact)

    @property
    def engine(self) -> str:
        """'openvino bf16', with the precision that it computes in."""
        return f"openvino {self._model.precision}"

    @property
    def fingerprint(self) -> EmbedderFingerprint:
        """What its vectors can be compared with."""
        return self._fingerprint

    @property
    def max_tokens(self) -> int:
        """The most tokens of one text that the model reads, special tokens included."""
        return self._about.max_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens and the model's own prefix included, uncut."""
        with self._lock:
            return self._reader.count(texts)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of shape (len(texts), dimensions), float32, in input order.

        A text longer than `max_tokens` is cut there.
        """
        with self._lock:
            return self._reader.embed(texts, self._model.vectors, self._batches.max_tokens)

    def _agreeing(self, whole: Converted, exact: bool) -> Compiled:
        """The model in the quickest precision whose vectors are the model's own."""
        path = whole.folder / MODEL
        for in_full in (True,) if exact else (False, True):
            model = Compiled(path, whole.about.inputs, exact=in_full)
            if agreement(self._tried(model), whole.expected) >= LEAST_COSINE:
                return model
        raise EngineUnusable(
            "the vectors that OpenVINO computes are not the model's own", where=path
        )

    def _tried(self, model: Compiled) -> Vectors:
        try:
            return self._reader.embed(TEXTS, model.vectors, self._batches.max_tokens)
        except (ArithmeticError, RuntimeError, ValueError) as error:
            raise EngineUnusable(
                f"OpenVINO cannot run the model: {error!s:.300}", where=self._fingerprint.name
            ) from error


def _convert(source: Path, target: Path) -> tuple[About, Vectors]:
    # The import is here because converting needs torch, and a converted model does not.
    from embeddings.embedders.engines.conversion import convert

    return convert(source, target)
