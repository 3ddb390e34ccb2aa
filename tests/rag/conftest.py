"""What the tests of question time share: settings that are nobody's, and stand-ins."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from rag.settings import Settings
from tests.rag.desks import Liar, make_newsroom


@pytest.fixture(scope="session", autouse=True)
def _nobodys_variables() -> Iterator[None]:
    """No setting from a variable of the machine that the tests run on."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("API_KEY", *map(str.upper, Settings.model_fields)):
            patch.delenv(f"DATELINE_{name}", raising=False)
        yield


@pytest.fixture(autouse=True)
def _nobodys_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No dateline.toml and no library from the folder that the tests run in."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def liar(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Liar]:
    """Stand-ins that say what a test tells them to, in both styles."""
    made = Liar()
    with ExitStack() as stack:
        for style in ("short", "cited"):
            folder = tmp_path_factory.mktemp(style)
            newsroom = make_newsroom(folder, lambda _messages: made.says, style=style)
            made.newsrooms[style] = stack.enter_context(newsroom)
        yield made


@pytest.fixture(scope="session")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    make_newsroom(folder).close()
    return folder / "library"


@pytest.fixture
def library(_built: Path, tmp_path: Path) -> Path:
    """A library of the three articles, on its own, made by the embedder of the stand-ins."""
    return Path(shutil.copytree(_built, tmp_path / "library"))
