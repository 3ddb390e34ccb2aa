"""Newsrooms of a suite: the home library, and a library of its own for each world."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import EvalError
from evals.fakes import make_article
from evals.sample import Sample, Target
from evals.suite import HOME, Suite
from evals.worlds import Worlds
from rag.newsroom import Newsroom
from rag.settings import Settings
from tests.evals.small import FERRY, FORGED, QUAY, SUITE, newsroom


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Newsroom]:
    with newsroom(tmp_path, settings=Settings(least_answerable=0.0, hits=3)) as opened:
        yield opened


def titles(asked: Newsroom) -> set[str]:
    return {article.title for article in asked.library.articles()}


def test_each_world_holds_its_own_articles_and_nothing_else(home: Newsroom) -> None:
    with Worlds(SUITE, home) as worlds:
        assert worlds.newsroom(HOME) is home
        assert list(worlds.newsroom("true").library.articles()) == [FERRY]
        forged = worlds.newsroom("forged")
        assert {article.text for article in forged.library.articles()} == {FORGED.text, QUAY.text}
    assert titles(home) == {"Harbour plan", "Bridge closed"}


def test_a_world_is_asked_with_the_models_and_settings_of_home(home: Newsroom) -> None:
    with Worlds(SUITE, home) as worlds:
        world = worlds.newsroom("true")
        answer = world.ask("How many cars does the ferry carry?")

        assert world.embedder is home.embedder
        assert world.settings == home.settings
        assert world.generator.name == home.generator.name
        assert answer.citations[0].article == FERRY


def test_a_world_that_is_asked_again_is_not_built_again(home: Newsroom) -> None:
    with Worlds(SUITE, home) as worlds:
        first = worlds.newsroom("true")
        worlds.newsroom(HOME)

        assert worlds.newsroom("true") is first


def test_the_next_world_removes_the_one_before_and_the_end_the_last(home: Newsroom) -> None:
    with Worlds(SUITE, home) as worlds:
        first = Path(worlds.newsroom("true").library.path)
        second = Path(worlds.newsroom("forged").library.path)

        assert not first.exists()
        assert second.exists()
    assert not second.exists()
    assert home.library.stats().articles == 2


def test_no_generator_is_loaded_for_a_world_until_it_has_to_write(
    home: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(_: Newsroom) -> None:
        raise AssertionError("the generator was loaded")

    monkeypatch.setattr(Newsroom, "generator", property(load))
    with Worlds(SUITE, home) as worlds:
        assert worlds.newsroom("true").search("ferry")[0].article == FERRY


def test_a_world_without_articles_refuses(home: Newsroom) -> None:
    sample = Sample(
        "a", "When does the ferry sail?", "unanswerable", Target(refuse=True), world="0"
    )
    with Worlds(Suite("nothing", (sample,), {"0": ()}), home) as worlds:
        assert worlds.newsroom("0").ask(sample.question).status == "refused"


def test_a_world_that_the_suite_does_not_bring_is_told(home: Newsroom) -> None:
    with Worlds(SUITE, home) as worlds, pytest.raises(EvalError, match="world 'mars'"):
        worlds.newsroom("mars")


def test_a_world_that_cannot_be_built_leaves_nothing_behind(
    home: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    broken = make_article("Some text.", "Broken")
    object.__setattr__(broken, "text", None)
    with (
        pytest.raises((TypeError, AttributeError)),
        Worlds(Suite("s", (), {"x": (broken,)}), home) as worlds,
    ):
        worlds.newsroom("x")
    assert not list(tmp_path.glob("dateline-world-*"))
