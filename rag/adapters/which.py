"""Which adapter a part is used with, if any: the one that ships, one of one's own, or none."""

from __future__ import annotations

import logging
from pathlib import Path

from corpus.errors import AdapterUnusable
from rag.adapters.adapter import Adapter

AUTO, OFF = "auto", "off"

NONE = "none"
"""What a fingerprint says where a part is not used."""

log = logging.getLogger(__name__)


def shipped(part: str) -> Path:
    """Where the adapter of a part lies that comes with Dateline: 'reader', 'verifier'."""
    return Path(__file__).parent / part


def folder_of(part: str, named: str) -> Path:
    """Where the adapter of that name lies; not for 'off'."""
    return shipped(part) if named == AUTO else Path(named)


def chosen(part: str, named: str, weights: str) -> Adapter | None:
    """The adapter of that name; None where there is none to be used.

    Args:
        part: as in `shipped`.
        named: 'auto', the one that ships, beside the weights that it was trained on and no
            others; 'off'; or the folder of an adapter.
        weights: SHA-256 of the base's weights.

    Raises:
        AdapterUnusable: it is missing, or is no adapter.
    """
    if named == OFF:
        return None
    adapter = Adapter.read(folder_of(part, named))
    if named == AUTO and adapter.base != weights:
        log.info("another model than the default: answers are made without the %s", part)
        return None
    return adapter


def adapter_name(part: str, named: str, weights: str) -> str:
    """The first 16 digits of the adapter's SHA-256, without loading it; 'none' without one.

    The arguments are those of `chosen`.
    """
    try:
        adapter = chosen(part, named, weights)
    except AdapterUnusable:
        return NONE
    return adapter.digest[:16] if adapter else NONE
