"""The engines that are measured: the plain path, ours, and those that were tried and not taken.

What is not taken stays here, so that the table which decided can be made again, on another
processor or with later versions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from corpus.errors import EngineUnusable
from embeddings.embedders.batches import BatchOptions
from embeddings.embedders.embedder import Vectors
from embeddings.embedders.engines.conversion import convert, traceable
from embeddings.embedders.engines.converted import MODEL, TOKENIZER, Converted, converted
from embeddings.embedders.engines.openvino import OpenVinoEmbedder
from embeddings.embedders.engines.runtime import import_openvino
from embeddings.embedders.engines.tokens import Rows, Run, TokenReader
from embeddings.embedders.model_folder import model_folder
from embeddings.embedders.quiet import quiet_tracing
from embeddings.embedders.sentence_transformer import SentenceTransformerEmbedder, load_model

PLAIN = "sentence-transformers"
"""What everything is compared with: `SentenceTransformer.encode` with its defaults."""


_GROUP = 32
"""Activations quantised by one scale. Of 0, 32, 128 and all it was as quick as any, and of those
that quantise activations at all the closest to float32."""


class Contender(Protocol):
    """Something that embeds."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of shape (len(texts), dimensions), float32, in input order."""
        ...


class _Plain:
    """sentence-transformers as its manual shows it."""

    def __init__(self, uri: str, *, half: bool = False) -> None:
        self._model = load_model(model_folder(uri), device="cpu")
        self._half = half

    def embed(self, texts: Sequence[str]) -> Vectors:
        import torch

        with torch.autocast("cpu", torch.bfloat16, enabled=self._half):
            # numpy has no bfloat16, so the vectors must be float32 before they are handed over.
            tensor = self._model.encode(list(texts), convert_to_tensor=True)
        return _unit(tensor.float().numpy())


class _Tokens:
    """A converted model run by something else than our engine."""

    def __init__(self, whole: Converted, run: Run) -> None:
        self._reader = TokenReader(whole.folder / TOKENIZER, whole.about)
        self._run = run

    def embed(self, texts: Sequence[str]) -> Vectors:
        return self._reader.embed(texts, self._run, BatchOptions().max_tokens)


def _int8_weights(uri: str, folder: Path) -> Contender:
    """OpenVINO with weights in int8, one scale a row, and activations quantised as they come."""
    ov = import_openvino()
    ops = import_module("openvino.opset13")
    whole = converted(model_folder(uri), convert)
    path = folder / "int8.xml"
    if not path.exists():
        model = ov.Core().read_model(str(whole.folder / MODEL))
        for node in model.get_ops():
            weights = node.input_value(1).get_node() if node.get_type_name() == "MatMul" else None
            if weights is None or weights.get_type_name() != "Constant":
                continue
            values = weights.data.astype(np.float32)
            rows = 1 if node.get_attributes()["transpose_b"] else 0
            scales = np.abs(values).max(axis=rows, keepdims=True) / 127
            small = np.rint(values / scales).astype(np.int8)
            large = ops.multiply(ops.convert(ops.constant(small), "f32"), ops.constant(scales))
            node.input(1).replace_source_output(large.output(0))
        ov.save_model(model, str(path), compress_to_fp16=False)
    options = {"PERFORMANCE_HINT": "LATENCY", "DYNAMIC_QUANTIZATION_GROUP_SIZE": _GROUP}
    request = ov.Core().compile_model(str(path), "CPU", options).create_infer_request()

    def run(rows: Rows) -> Vectors:
        given = [rows[name] for name in whole.about.inputs]
        return np.array(request.infer(given, share_inputs=True)[0], dtype=np.float32)

    return _Tokens(whole, run)


def _onnx(uri: str, folder: Path, *, int8: bool) -> Contender:
    """onnxruntime; in int8 with one scale a channel, activations quantised as they come."""
    onnxruntime = import_module("onnxruntime")
    source = model_folder(uri)
    whole = converted(source, convert)
    path, small = folder / "model.onnx", folder / "int8.onnx"
    if not path.exists():
        _export(source, path)
    if int8 and not small.exists():
        quantization = import_module("onnxruntime.quantization")
        quantization.quantize_dynamic(
            path,
            small,
            per_channel=True,
            weight_type=quantization.QuantType.QInt8,
            op_types_to_quantize=["MatMul"],
        )
    session = onnxruntime.InferenceSession(
        str(small if int8 else path), providers=["CPUExecutionProvider"]
    )

    def run(rows: Rows) -> Vectors:
        given: dict[str, Any] = {name: rows[name] for name in whole.about.inputs}
        return np.asarray(session.run(None, given)[0], dtype=np.float32)

    return _Tokens(whole, run)


def _export(source: Path, path: Path) -> None:
    import torch

    module, example = traceable(load_model(source, device="cpu"), source)
    with quiet_tracing():
        torch.onnx.export(
            module,
            tuple(example.values()),
            str(path),
            input_names=list(example),
            output_names=["vectors"],
            dynamic_axes={name: {0: "rows", 1: "tokens"} for name in example},
            dynamo=False,
        )


def _unit(vectors: Vectors) -> Vectors:
    scaled: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return scaled


CONTENDERS: dict[str, Callable[[str, Path], Contender]] = {
    PLAIN: lambda uri, _: _Plain(uri),
    "torch": lambda uri, _: SentenceTransformerEmbedder(uri, device="cpu"),
    "torch bf16": lambda uri, _: _Plain(uri, half=True),
    "onnxruntime": lambda uri, folder: _onnx(uri, folder, int8=False),
    "onnxruntime int8": lambda uri, folder: _onnx(uri, folder, int8=True),
    "openvino f32": lambda uri, _: OpenVinoEmbedder(uri, exact=True),
    "openvino int8": _int8_weights,
    "openvino": lambda uri, _: OpenVinoEmbedder(uri),
}
"""Name → what makes it, of a model URI and of a folder for what it keeps until the end. 'torch' and
'openvino' are Dateline's engines; the rest is there to compare."""


def make_contender(name: str, uri: str, folder: Path) -> Contender:
    """A contender, ready to embed.

    Raises:
        EngineUnusable: a package that it needs is not installed, or it cannot run the model.
    """
    try:
        return CONTENDERS[name](uri, folder)
    except ImportError as error:
        raise EngineUnusable(f"{error.name or error} is not installed", where=name) from error
