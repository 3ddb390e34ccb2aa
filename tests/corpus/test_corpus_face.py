"""The face of the package: what other packages may import from it."""

from __future__ import annotations

import importlib

import corpus
from corpus.readers import READERS


def test_the_face_is_pinned() -> None:
    assert corpus.__all__ == [
        "RULES",
        "UNKNOWN_OUTLET",
        "Article",
        "Passage",
        "ReadOptions",
        "Rejected",
        "SplitOptions",
        "as_date",
        "embedded_text",
        "header",
        "identify",
        "read",
        "sample_paths",
        "sentence_spans",
        "split",
    ]
    assert all(hasattr(corpus, name) for name in corpus.__all__)


def test_every_reader_in_the_registry_exists() -> None:
    for ending, name in READERS.items():
        module, function = name.split(":")
        assert ending == ending.lower()
        assert callable(getattr(importlib.import_module(module), function))
