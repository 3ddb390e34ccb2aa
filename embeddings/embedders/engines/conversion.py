"""From a sentence-transformers model to an OpenVINO model: traced once, kept in float32.

What is traced is the whole of it, from token ids to one vector a text, so that any pooling and
any layer after it comes along. Which precision it is computed in, OpenVINO decides when it
compiles the model for a processor.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from tqdm import tqdm

from corpus.errors import EngineUnusable
from embeddings.embedders.embedder import Vectors
from embeddings.embedders.engines.agreement import TEXTS
from embeddings.embedders.engines.converted import MODEL, TOKENIZER, About
from embeddings.embedders.engines.runtime import import_openvino
from embeddings.embedders.quiet import quiet_tracing
from embeddings.embedders.sentence_transformer import (
    dimensions_of,
    load_model,
    max_tokens_of,
    pooling_of,
    prefix_of,
)

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

_INPUTS = frozenset({"input_ids", "attention_mask", "token_type_ids"})
"""What a fast tokenizer gives for each token of a text."""

_UNCONVERTIBLE = (
    RuntimeError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    AssertionError,
)
"""What tracing raises for a model that does in Python what a graph cannot hold."""


def convert(source: Path, target: Path) -> tuple[About, Vectors]:
    """Writes the OpenVINO model and the tokenizer of a model's folder into another folder.

    Returns:
        What else an embedder has to know, and the model's own vectors of `agreement.TEXTS`.

    Raises:
        EngineUnusable: OpenVINO is missing, or the model is not of a kind that it can run.
    """
    ov = import_openvino()
    steps = tqdm(desc="Converting the embedder (once)", total=3, unit=" steps", leave=False)
    try:
        model = load_model(source, device="cpu")
        steps.update()
        expected = model.encode(list(TEXTS), normalize_embeddings=True, show_progress_bar=False)
        tokenizer = getattr(model.tokenizer, "backend_tokenizer", None)
        if tokenizer is None:
            raise EngineUnusable("the model's tokenizer is not of the fast kind", where=source)
        inputs = _write(ov, model, source, target / MODEL)
        steps.update()
        (target / TOKENIZER).write_text(tokenizer.to_str(), encoding="utf-8")
        steps.update()
    finally:
        steps.close()
    about = About(
        pooling=pooling_of(model),
        prefix=prefix_of(model),
        dimensions=dimensions_of(model, str(source)),
        max_tokens=max_tokens_of(model),
        inputs=inputs,
        pad_id=model.tokenizer.pad_token_id or 0,
        pad_type=model.tokenizer.pad_token_type_id,
    )
    return about, np.asarray(expected, dtype=np.float32)


def traceable(
    model: SentenceTransformer, source: Path
) -> tuple[torch.nn.Module, dict[str, torch.Tensor]]:
    """The whole model as a module of token arrays, and an example of these, in its order.

    Raises:
        EngineUnusable: the model reads something else than tokens.
    """
    import torch

    features = model.preprocess(list(TEXTS[:3]), prompt=prefix_of(model) or None)
    tensors = {name: it for name, it in features.items() if isinstance(it, torch.Tensor)}
    if "input_ids" not in tensors or not tensors.keys() <= _INPUTS:
        raise EngineUnusable(
            f"the model does not read tokens alone, but {', '.join(sorted(tensors))}", where=source
        )
    others = {name: it for name, it in features.items() if name not in tensors}

    class WholeModel(torch.nn.Module):
        """Token arrays to vectors; what is no tensor is the same for every text."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, *given: torch.Tensor) -> torch.Tensor:
            named = dict(zip(tensors, given, strict=True))
            vectors: torch.Tensor = self.model({**others, **named})["sentence_embedding"]
            return vectors

    return WholeModel().eval(), tensors


def _write(ov: Any, model: SentenceTransformer, source: Path, target: Path) -> tuple[str, ...]:
    """Writes the OpenVINO model, and gives the names of its inputs in order."""
    module, example = traceable(model, source)
    try:
        with quiet_tracing():
            graph = ov.convert_model(
                module,
                example_input=tuple(example.values()),
                input=[([-1, -1], ov.Type.i64)] * len(example),
            )
        ov.save_model(graph, str(target), compress_to_fp16=False)
    except (*_UNCONVERTIBLE, ov.frontend.OpConversionFailure) as error:
        raise EngineUnusable(
            f"the model cannot be converted: {error!s:.300}", where=source
        ) from error
    return tuple(example)
