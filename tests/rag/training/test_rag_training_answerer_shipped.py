"""The answerer that ships: it is what its card says, made from the data that its card names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from embeddings.embedders.models import DEFAULT_GENERATOR, resolve
from rag.adapters.adapter import Adapter
from rag.adapters.merging import check_weights
from rag.training.answerer.recipe import QUESTIONS, DataOptions, prepare
from rag.training.answerer.training import AnswererOptions
from rag.writing.answerers import SHIPPED, answerer_for, weights_of
from rag.writing.generator import Citing, Generator
from rag.writing.generators import load_generator
from rag.writing.trained import NO_ANSWER, Said, Shown, read_reply, trained_prompt

DATA = Path(__file__).parents[4] / "shared" / "data"
needs_data = pytest.mark.skipif(
    not (DATA / QUESTIONS).exists(), reason="the published sets are not beside the project"
)
SHOWN = (
    Shown("2024-03-04", "The ferry to Carrick ran aground on Sunday with 41 people aboard."),
    Shown("2024-03-05", "Nine of the passengers were treated in the hospital of Belmont."),
    Shown("2024-03-05", "The harbour master, Odile Brandt, blamed a broken rudder."),
    Shown("2024-03-06", "The next ferry leaves on Friday."),
)


def test_it_belongs_to_the_default_generator_and_is_whole() -> None:
    adapter = Adapter.read(SHIPPED)
    adapter.check_base(weights_of(resolve(DEFAULT_GENERATOR)))
    check_weights(adapter)
    assert answerer_for("auto", DEFAULT_GENERATOR) == adapter


def test_its_card_in_words_has_the_scores_of_the_one_in_figures() -> None:
    card = json.loads((SHIPPED / "card.json").read_text(encoding="utf-8"))
    words = " ".join((SHIPPED / "README.md").read_text(encoding="utf-8").split())
    after, before = card["dev_after"], card["dev_before"]
    assert f"right for {after['words']:.2f} of those with an answer ({before['words']:.2f}" in words
    assert f"declined {after['refused']:.2f} of those without ({before['refused']:.2f})" in words
    assert f"{sum(card['questions'].values()):,} questions over numbered sentences" in words
    assert f"{card['articles']} Wikipedia articles" in words


@pytest.mark.slow
@needs_data
def test_the_data_are_those_that_the_card_names() -> None:
    card = json.loads((SHIPPED / "card.json").read_text(encoding="utf-8"))
    recipe = prepare(DATA, [DATA / "clapnq"], AnswererOptions(), DataOptions())
    assert recipe.digest == card["recipe"]
    assert list(recipe.left_out) == card["left_out"]


@pytest.fixture(scope="module")
def taught() -> Generator:
    return load_generator(answerer="auto")


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How many people were aboard the ferry to Carrick?", (Said("41", 1),)),
        ("Who is the harbour master?", (Said("Odile Brandt", 3),)),
        ("What is the price of bread in Sarrin?", ()),
    ],
)
def test_it_answers_from_the_sentence_that_tells_it_or_declines(
    taught: Generator, question: str, said: tuple[Said, ...]
) -> None:
    steer = Citing([one.text for one in SHOWN], NO_ANSWER)
    pieces = taught.stream(trained_prompt(question, SHOWN), max_tokens=24, steer=steer)
    assert read_reply("".join(piece.text for piece in pieces)) == said
