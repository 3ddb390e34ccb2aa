"""Folders on the disk for the faults of libraries: what must outlive a fault is flushed to one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A folder where the machine has its other passing files; it goes with the test."""
    with tempfile.TemporaryDirectory(prefix="dateline-torture-") as folder:
        yield Path(folder)
