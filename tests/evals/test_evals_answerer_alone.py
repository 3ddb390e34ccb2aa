"""The language model taken at its word: what it names is quoted, what it declines is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from evals.ablation.variants import VARIANTS
from evals.systems.answerer_alone import AnswererAlone
from rag.newsroom import Newsroom
from rag.settings import Settings
from rag.writing.generator import Generator, Teachable
from rag.writing.generators.scripted import ScriptedGenerator
from tests.evals.small import newsroom

QUESTION = "How many cracked beams were found?"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    with newsroom(tmp_path_factory.mktemp("home")) as opened:
        yield opened


def alone(home: Newsroom, reply: str) -> tuple[AnswererAlone, ScriptedGenerator]:
    generator = ScriptedGenerator([reply])
    return AnswererAlone(home, generator), generator


def test_the_sentence_that_it_names_is_quoted_with_the_words_that_it_copied(
    home: Newsroom,
) -> None:
    system, generator = alone(home, "14 cracked beams [1]")
    answer = system.ask(QUESTION)

    assert answer.status == "quoted"
    assert answer.short == "14 cracked beams"
    (cited,) = answer.citations
    assert cited.article.text[cited.start : cited.end] == cited.quote
    # Number 1 of the prompt is what is cited.
    assert f") {cited.quote}\n" in generator.prompts[0][1].content.partition("[2]")[0]
    other, _ = alone(home, "14 cracked beams [2]")
    assert other.ask(QUESTION).citations[0].quote != cited.quote


@pytest.mark.parametrize("reply", ["NO ANSWER", "14 [9]", "14", "", "14 [0]"])
def test_whatever_names_no_sentence_that_was_shown_is_a_refusal(home: Newsroom, reply: str) -> None:
    answer = alone(home, reply)[0].ask(QUESTION)

    assert answer.status == "refused"
    assert answer.hits


def test_before_the_first_article_nothing_is_asked(home: Newsroom) -> None:
    system, generator = alone(home, "14 [1]")

    assert system.ask(QUESTION, as_of=date(1990, 1, 1)).status == "refused"
    assert not generator.prompts


@pytest.mark.model
def test_the_variants_differ_in_what_the_model_was_taught(home: Newsroom) -> None:
    settings = Settings(library=home.library.path)
    with Newsroom(home.library, home.embedder, None, settings) as room:
        told: list[Generator] = []
        for name in ("answerer alone", "answerer alone, untrained"):
            system = VARIANTS[name](room, ())
            assert isinstance(system, AnswererAlone)
            told.append(system._generator or room.generator)
        assert [isinstance(one, Teachable) and len(one.taught) for one in told] == [16, 4]
