"""Language models behind one protocol: `load_generator(uri)`."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from embeddings.embedders.models import DEFAULT_GENERATOR, resolve
from rag.adapters.which import OFF
from rag.writing.answerers import answerer_for
from rag.writing.generator import Generator

_HOMES = {
    "package": "rag.writing.generators.local:LocalGenerator",
    "path": "rag.writing.generators.local:LocalGenerator",
    "hf": "rag.writing.generators.local:LocalGenerator",
    "openai": "rag.writing.generators.server:ServerGenerator",
}

__all__ = ["load_generator"]


def load_generator(uri: str = DEFAULT_GENERATOR, answerer: str = OFF) -> Generator:
    """The generator of a model URI. A local model takes seconds to load, the first time longer.

    Args:
        answerer: what it was taught, as `rag.writing.answerers.answerer_for` takes it.

    Raises:
        BadModelURI: the URI cannot be read.
        ModelMissing: the model is not on this machine; the error names the command to get it.
        AdapterUnusable: the answerer was named and cannot be used with this model.
    """
    ref = resolve(uri)
    module, name = _HOMES[ref.scheme].split(":")
    adapter = answerer_for(answerer, uri)
    # The import is here because torch costs seconds that a server's user need not pay.
    made = getattr(import_module(module), name)
    return cast(Generator, made(ref, adapter) if adapter else made(ref))
