"""Standard output carries what was asked for, and nothing else."""

from __future__ import annotations

import json

import pytest

from rag.showing.console import Console

VALUE = {"text": "“Núñez” – 谁", "count": 2, "none": None}


def test_words_for_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    Console(as_json=False).show("two words", VALUE)
    assert capsys.readouterr() == ("two words\n", "")


def test_json_for_a_program(capsys: pytest.CaptureFixture[str]) -> None:
    Console(as_json=True).show("two words", VALUE)
    out, err = capsys.readouterr()
    assert json.loads(out) == VALUE
    assert "“Núñez” – 谁" in out
    assert err == ""


@pytest.mark.parametrize("as_json", [True, False])
def test_notes_go_to_standard_error(as_json: bool, capsys: pytest.CaptureFixture[str]) -> None:
    Console(as_json).note("by the way")
    assert capsys.readouterr() == ("", "by the way\n")
