"""Rows 11 to 14 of the table of faults, small; `make torture` runs them in full."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.torture import faults
from tests.torture.row import Row

pytestmark = pytest.mark.slow

READING = range(11, 15)


@pytest.mark.parametrize("number", READING)
def test_reading_stands_it(number: int, tmp_path: Path) -> None:
    module = faults.module(number)
    row: Row = module.run(module.FAULT.quick, 1, tmp_path)
    assert row.bad == 0, row.note
    assert row.tried == module.FAULT.quick
