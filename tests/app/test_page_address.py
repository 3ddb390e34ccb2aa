"""Which library the command of the page opens: a folder, or an address, as it was written."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

import app
from corpus.errors import LibraryMissing


@pytest.mark.parametrize("library", ["milvus:http://localhost:19530#news", "folder/library"])
def test_the_library_reaches_the_newsroom_as_it_was_written(
    monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    opened: list[str] = []

    def refuse(path: str, **_: object) -> None:
        opened.append(path)
        raise LibraryMissing("there is no library", where=path)

    monkeypatch.setattr("rag.open", refuse)
    outcome = CliRunner().invoke(app.main, ["--library", library])

    assert opened == [library]
    assert outcome.exit_code == 1
    assert library in outcome.output
