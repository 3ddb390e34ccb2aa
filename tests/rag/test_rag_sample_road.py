"""The whole road with both real models, over the sample briefs and the seed articles."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import rag
from embeddings.embedders.embedder import Embedder
from rag.events import AnswerFinished, HitsFound, Token
from rag.newsroom import Newsroom
from rag.settings import Settings
from rag.writing.generator import Generator
from tests.rag.desks import assert_promise

pytestmark = pytest.mark.model

QUESTION = "Which broadcaster did Majed Al-Ansari tell that lines of communication remain open?"
FIGURE_QUESTION = "How many Palestinians in Gaza did OCHA estimate had been displaced?"
SEED_QUESTION = "What did Majed al-Ansari tell reporters about the Gaza talks?"
NOWHERE = "Who won the 2022 World Cup?"
SEEDS = Path(os.environ.get("DATELINE_SHARED", Path(__file__).parents[3] / "shared")) / "seeds"


@pytest.fixture(scope="module")
def seed_newsroom(
    tmp_path_factory: pytest.TempPathFactory, real_embedder: Embedder, real_generator: Generator
) -> Iterator[Newsroom]:
    if not SEEDS.is_dir():
        pytest.skip(f"the seed articles are not at {SEEDS}; name their parent in DATELINE_SHARED")
    with rag.open(
        tmp_path_factory.mktemp("seeds") / "library",
        add=[SEEDS],
        settings=Settings(),
        embedder=real_embedder,
        generator=real_generator,
        progress=False,
    ) as newsroom:
        yield newsroom


def test_a_known_question_is_answered_from_the_brief_that_knows(sample_newsroom: Newsroom) -> None:
    answer = sample_newsroom.ask(QUESTION)
    assert_promise(answer, sample_newsroom)
    assert answer.status in ("answered", "quoted")
    assert any("Al Jazeera" in citation.quote for citation in answer.citations)


def test_a_figure_is_answered_with_the_quote_that_proves_it(sample_newsroom: Newsroom) -> None:
    answer = sample_newsroom.ask(FIGURE_QUESTION)
    assert_promise(answer, sample_newsroom)
    assert any("1.8 million" in citation.quote for citation in answer.citations)
    assert answer.short is not None
    assert "1.8 million" in answer.short


def test_what_the_model_read_and_wrote_is_counted(sample_newsroom: Newsroom) -> None:
    answer = sample_newsroom.ask(QUESTION)
    assert answer.usage.prompt_tokens > 100
    assert answer.usage.completion_tokens > 1


def test_the_change_that_the_readme_shows_is_computed(sample_newsroom: Newsroom) -> None:
    answer = sample_newsroom.ask(
        "How did the death toll in Gaza change from March to September 2024?"
    )
    assert_promise(answer, sample_newsroom)
    assert answer.short == "+8,838"


def test_the_evidence_comes_before_the_first_word(sample_newsroom: Newsroom) -> None:
    events = list(sample_newsroom.stream(QUESTION))
    kinds = [type(event) for event in events]
    assert kinds[0] is HitsFound
    assert kinds.index(HitsFound) < kinds.index(Token)
    assert kinds[-1] is AnswerFinished


def test_the_same_question_has_the_same_answer(sample_newsroom: Newsroom) -> None:
    first, again = sample_newsroom.ask(QUESTION), sample_newsroom.ask(QUESTION)
    assert (first.text, first.citations) == (again.text, again.citations)


@pytest.mark.parametrize("as_of", ["2023-12-31", "2024-03-31"])
def test_as_of_hides_what_came_later(sample_newsroom: Newsroom, as_of: str) -> None:
    answer = sample_newsroom.ask(QUESTION, as_of=as_of)
    assert_promise(answer, sample_newsroom)
    assert answer.hits
    for hit in answer.hits:
        assert hit.article.published is not None
        assert hit.article.published.isoformat() <= as_of


def test_what_is_nowhere_is_refused(sample_newsroom: Newsroom) -> None:
    answer = sample_newsroom.ask(NOWHERE)
    assert_promise(answer, sample_newsroom)
    assert answer.status == "refused"
    assert answer.usage.completion_tokens == 0


def test_whole_sentences_by_the_real_model_keep_the_promise(
    sample_newsroom: Newsroom, real_embedder: Embedder, real_generator: Generator
) -> None:
    with rag.open(
        sample_newsroom.library.path,
        settings=Settings(style="cited"),
        embedder=real_embedder,
        generator=real_generator,
    ) as newsroom:
        answer = newsroom.ask(FIGURE_QUESTION)
        assert_promise(answer, newsroom)
        assert answer.citations or answer.refusal


def test_a_question_about_the_seeds_is_answered(seed_newsroom: Newsroom) -> None:
    answer = seed_newsroom.ask(SEED_QUESTION)
    assert_promise(answer, seed_newsroom)
    assert answer.status in ("answered", "quoted")
    for citation in answer.citations:
        assert Path(citation.article.source).parent == SEEDS.resolve()


def test_what_is_nowhere_in_the_seeds_is_refused(seed_newsroom: Newsroom) -> None:
    answer = seed_newsroom.ask(NOWHERE)
    assert_promise(answer, seed_newsroom)
    assert answer.status == "refused"
