"""Rows 1 to 10 of the table of faults, small; `make torture` runs them in full."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.torture import faults
from tests.torture.row import Row

pytestmark = pytest.mark.slow

LIBRARY = range(1, 11)


@pytest.mark.parametrize("number", LIBRARY)
def test_the_library_stands_it(number: int, tmp_path: Path) -> None:
    module = faults.module(number)
    row: Row = module.run(module.FAULT.quick, 1, tmp_path)
    assert row.bad == 0, row.note
    assert row.tried >= min(module.FAULT.quick, module.FAULT.full)
