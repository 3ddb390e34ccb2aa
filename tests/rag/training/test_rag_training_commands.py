"""The commands that train the parts: each takes the same options, and says what bad data lacks."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

pytest.importorskip("peft", reason="the training extra is not installed")

from rag.training.__main__ import PARTS, main


@pytest.mark.parametrize("part", PARTS)
def test_each_part_is_trained_by_the_same_options(part: str) -> None:
    told = CliRunner().invoke(main, [part, "--help"])
    assert told.exit_code == 0, told.output
    for option in ("--data", "--held-out", "--steps", "--threads", "--out"):
        assert f"  {option} " in told.output
    assert f"rag/adapters/{part}" in told.output


@pytest.mark.parametrize("part", PARTS)
def test_data_that_is_not_there_is_told(part: str, tmp_path: Path) -> None:
    told = CliRunner().invoke(main, [part, "--data", str(tmp_path / "nowhere")])
    assert told.exit_code == 2
    assert "nowhere" in told.output
