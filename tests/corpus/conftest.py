"""Where the five seed articles are, for the tests that look at them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def seeds() -> Path:
    """`$DATELINE_SHARED/seeds`, or `../shared/seeds` beside the project; else the test skips."""
    folder = Path(os.environ.get("DATELINE_SHARED", _ROOT.parent / "shared")) / "seeds"
    if not folder.is_dir():
        pytest.skip(f"the seed articles are not at {folder}; set DATELINE_SHARED to find them")
    return folder
