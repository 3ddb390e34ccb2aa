"""Which trained verifier weighs the sentences, if any: the one that ships, one's own, or none."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from corpus.errors import AdapterUnusable, ModelMissing
from rag.adapters.which import AUTO, adapter_name, chosen
from rag.checking.weighing import Weighs

PART = "verifier"

log = logging.getLogger(__name__)


def verifier_for(named: str, weights: str) -> Weighs | None:
    """The trained verifier of that name; None where there is none.

    Args:
        named: 'auto', the one that ships, beside the embedder that its weights come from; 'off';
            or the folder of an adapter.
        weights: SHA-256 of the embedder's weights.

    Raises:
        AdapterUnusable: an adapter that was named cannot be used. The one that ships is told of
            in a warning, and sentences are checked without it.
    """
    try:
        adapter = chosen(PART, named, weights)
        return _loaded(adapter.folder, adapter.digest) if adapter else None
    except (AdapterUnusable, ModelMissing) as error:
        if named != AUTO:
            raise
        log.warning("sentences are checked without the trained verifier: %s", error)
        return None


def verifier_at_need(named: str, weights: str) -> Callable[[], Weighs | None]:
    """`verifier_for` when it is first called, and what that gave from then on.

    Args:
        named, weights: as in `verifier_for`.
    """
    found: list[Weighs | None] = []
    loading = threading.Lock()

    def get() -> Weighs | None:
        with loading:
            if not found:
                found.append(verifier_for(named, weights))
            return found[0]

    return get


def verifier_name(named: str, weights: str) -> str:
    """The first 16 digits of its SHA-256, without loading it; 'none' without one.

    Args:
        named, weights: as in `verifier_for`.
    """
    return adapter_name(PART, named, weights)


# Newsrooms share it: evals open one for each world of a suite.
@lru_cache(maxsize=2)
def _loaded(folder: Path, _digest: str) -> Weighs:
    # Here, so that a command that checks nothing does not wait for torch.
    from rag.checking.trained import load_verifier

    return load_verifier(folder)
