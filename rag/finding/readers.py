"""Which reader reads the evidence, if any: the one that ships, one of one's own, or none."""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path

from corpus.errors import AdapterUnusable, ModelMissing
from rag.adapters.which import AUTO, NONE, OFF, adapter_name, chosen, shipped
from rag.adapters.which import folder_of as adapter_folder
from rag.finding.rerank import Reads

__all__ = ["AUTO", "NONE", "OFF", "SHIPPED", "folder_of", "reader_for", "reader_name"]

PART = "reader"

SHIPPED = shipped(PART)
"""The adapter that comes with Dateline."""

log = logging.getLogger(__name__)


def folder_of(named: str) -> Path:
    """Where the adapter of that name lies; not for 'off'."""
    return adapter_folder(PART, named)


def reader_for(named: str, weights: str) -> Reads | None:
    """The reader of that name; None where there is none.

    Args:
        named: 'auto', the one that ships, beside the embedder that its weights come from and that
            everything was tuned with; 'off'; or the folder of an adapter.
        weights: SHA-256 of the embedder's weights.

    Raises:
        AdapterUnusable: an adapter that was named cannot be used. The one that ships is told of
            in a warning, and answers go on without it.
    """
    try:
        adapter = chosen(PART, named, weights)
        return _loaded(adapter.folder, adapter.digest) if adapter else None
    except (AdapterUnusable, ModelMissing) as error:
        if named != AUTO:
            raise
        log.warning("sentences are ranked without the trained reader: %s", error)
        return None


# Newsrooms share what they read with: evals open one for each world of a suite.
@lru_cache(maxsize=2)
def _loaded(folder: Path, _digest: str) -> Reads:
    # Here, so that a command that reads nothing does not wait for torch.
    from rag.finding.reader import load_reader

    return load_reader(folder)


def reader_name(named: str, weights: str) -> str:
    """The first 16 digits of the adapter's SHA-256, without loading it; 'none' without a reader.

    Args:
        named, weights: as in `reader_for`.
    """
    return adapter_name(PART, named, weights)
