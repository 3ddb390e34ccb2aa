"""Is everything here that an answer needs?"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from embeddings.embedders.hashing import HashEmbedder
from rag import doctor
from rag.doctor import examine
from tests.rag.desks import FILES, make_newsroom


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "load_embedder", lambda _uri, **_: HashEmbedder())


@pytest.fixture
def library(tmp_path: Path) -> Path:
    with make_newsroom(tmp_path) as newsroom:
        return Path(newsroom.library.path)


def test_packages_and_models_are_looked_at() -> None:
    findings = list(examine())
    assert all(finding.healthy for finding in findings), findings
    words = "\n".join(finding.what for finding in findings)
    for name in ("torch", "transformers", "faiss-cpu", "embedder package:", "model package:"):
        assert name in words


def test_a_missing_package_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        if name == "faiss-cpu":
            raise PackageNotFoundError(name)
        return "1.0"

    monkeypatch.setattr(doctor, "version", version)
    (bad,) = [finding for finding in examine() if not finding.healthy]
    assert bad.what.startswith("faiss-cpu is not installed")
    assert "make setup" in bad.what


def test_a_missing_model_is_told_with_the_next_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_MODEL", "package:no_such_package/x")
    (bad,) = [finding for finding in examine() if not finding.healthy]
    assert "no_such_package" in bad.what
    assert "Next: " in bad.what


def test_a_bad_setting_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_HITS", "0")
    (bad,) = [finding for finding in examine() if not finding.healthy]
    assert "the setting hits is wrong" in bad.what


def test_a_whole_library_is_told_with_its_figures(library: Path) -> None:
    finding = list(examine(library))[-1]
    assert finding.healthy
    assert f"{len(FILES)} articles" in finding.what


def test_a_damaged_or_missing_library_is_told(library: Path, tmp_path: Path) -> None:
    finding = list(examine(tmp_path / "nowhere"))[-1]
    assert not finding.healthy
    assert "there is no library yet" in finding.what
    (library / "library.sqlite3").write_bytes(b"SQLite format 3\0" + b"\xff" * 4000)
    finding = list(examine(library))[-1]
    assert not finding.healthy
