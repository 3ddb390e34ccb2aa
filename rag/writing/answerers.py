"""Which trained answerer replies, if any: the one that ships, one of one's own, or none."""

from __future__ import annotations

import logging

from corpus.errors import AdapterUnusable
from embeddings.embedders.model_folder import digest_of, weights_digest
from embeddings.embedders.models import DEFAULT_GENERATOR, ModelRef, resolve
from rag.adapters.adapter import Adapter
from rag.adapters.which import AUTO, NONE, OFF, adapter_name, chosen, shipped

PART = "answerer"

SHIPPED = shipped(PART)
"""The adapter that comes with Dateline."""

log = logging.getLogger(__name__)


def answerer_for(named: str, uri: str) -> Adapter | None:
    """The trained answerer of that name, checked; None where there is none.

    An answerer that ships and cannot be used is told of in a warning, and answers go on without.
    The arguments and the errors are those of `usable_answerer`.
    """
    try:
        return usable_answerer(named, uri)
    except AdapterUnusable as error:
        if named != AUTO:
            raise
        log.warning("answers are written without the trained answerer: %s", error)
        return None


def usable_answerer(named: str, uri: str) -> Adapter | None:
    """The trained answerer of that name, checked; None where there is to be none.

    Args:
        named: 'auto', the one that ships, beside the default generator; 'off'; or the folder of an
            adapter.
        uri: of the generator.

    Raises:
        AdapterUnusable: it is missing or damaged, or was trained on another model.
        ModelMissing: the generator has no weights on this machine.
    """
    # Another model's weights may be gigabytes, which nobody asked to have read.
    if named == OFF or (named == AUTO and uri != DEFAULT_GENERATOR):
        return None
    weights = weights_of(resolve(uri))
    adapter = chosen(PART, named, weights)
    if adapter is not None:
        # Here, so that a command that asks no model does not wait for torch.
        from rag.adapters.merging import check_weights

        adapter.check_base(weights)
        check_weights(adapter)
    return adapter


def answerer_name(named: str, uri: str) -> str:
    """The first 16 digits of its SHA-256, without loading it; 'none' without one.

    Args:
        named, uri: as in `usable_answerer`.
    """
    if named == OFF or (named == AUTO and uri != DEFAULT_GENERATOR):
        return NONE
    ref = resolve(uri)
    return adapter_name(PART, named, weights_of(ref)) if _is_local(ref) else NONE


def weights_of(ref: ModelRef) -> str:
    """SHA-256 of the weights of a generator on this machine, hexadecimal.

    Raises:
        AdapterUnusable: it is behind a server or in the hub's cache.
        ModelMissing: it has no weights.
    """
    if not _is_local(ref):
        raise AdapterUnusable(
            "an adapter can only be used with a model in a folder of this machine",
            where=ref.uri,
            next_step="name such a model, or turn the answerer off: DATELINE_ANSWERER=off",
        )
    return digest_of([ref.path]) if ref.path.is_file() else weights_digest(ref.path, ref.uri)


def _is_local(ref: ModelRef) -> bool:
    return ref.scheme in ("package", "path")
