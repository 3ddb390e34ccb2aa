"""The sample library is built once for the same briefs, and anew for others."""

from __future__ import annotations

from pathlib import Path

import pytest

from embeddings.embedders.hashing import HashEmbedder
from rag import sample_library
from rag.newsroom import Newsroom
from rag.writing.generators.scripted import ScriptedGenerator
from tests.rag.desks import FILES, write_articles


@pytest.fixture
def briefs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = write_articles(tmp_path / "briefs")
    monkeypatch.setattr(sample_library, "sample_paths", lambda: folder)
    return folder


def open_sample(cache: Path | None) -> Newsroom:
    return sample_library.open_sample(
        cache, embedder=HashEmbedder(), generator=ScriptedGenerator([""])
    )


def test_the_same_briefs_are_read_once(briefs: Path, tmp_path: Path) -> None:
    del briefs
    with open_sample(tmp_path / "cache") as first:
        path, generation = Path(first.library.path), first.library.generation
        assert first.library.stats().articles == len(FILES)
    with open_sample(tmp_path / "cache") as again:
        assert (Path(again.library.path), again.library.generation) == (path, generation)
    assert path.parent == tmp_path / "cache"


@pytest.mark.parametrize("change", ["text", "name", "new", "gone"])
def test_changed_briefs_have_a_library_of_their_own(
    briefs: Path, tmp_path: Path, change: str
) -> None:
    with open_sample(tmp_path / "cache") as first:
        before = Path(first.library.path)
    if change == "text":
        (briefs / "market.md").write_text("Everything was well.")
    elif change == "name":
        (briefs / "market.md").rename(briefs / "stalls.md")
    elif change == "new":
        (briefs / "new.txt").write_text("A new brief about the quay.")
    else:
        (briefs / "market.md").unlink()
    with open_sample(tmp_path / "cache") as other:
        assert other.library.path != before
        assert Path(other.library.path).parent == before.parent
        assert other.library.stats().articles == sum(1 for _ in briefs.iterdir())


def test_the_users_cache_folder_is_used_when_none_is_named(
    briefs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del briefs
    monkeypatch.setattr(sample_library, "user_cache_path", lambda name: tmp_path / "user" / name)
    with open_sample(None) as newsroom:
        assert Path(newsroom.library.path).parent == tmp_path / "user" / "dateline"
