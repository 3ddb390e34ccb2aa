"""The adapter that ships: it is what its card says, made from the data that its card names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from embeddings.embedders.model_folder import model_folder, weights_digest
from embeddings.embedders.models import DEFAULT_EMBEDDER
from rag.adapters.adapter import Adapter
from rag.adapters.merging import check_weights
from rag.finding.read import Candidate
from rag.finding.reader import load_reader
from rag.finding.readers import SHIPPED, reader_for
from rag.finding.rerank import chance
from rag.training.leaks import leaks
from rag.training.reader.recipe import QUESTIONS, prepare
from rag.training.reader.train import ReaderOptions

ROOT = Path(__file__).parents[3]
DATA = ROOT.parent / "shared" / "data"
needs_data = pytest.mark.skipif(
    not (DATA / QUESTIONS).exists(), reason="the published sets are not beside the project"
)


def test_it_belongs_to_the_default_embedder_and_is_whole() -> None:
    adapter = Adapter.read(SHIPPED)
    adapter.check_base(weights_digest(model_folder(DEFAULT_EMBEDDER), DEFAULT_EMBEDDER))
    check_weights(adapter)


def test_its_card_in_words_has_the_scores_of_the_one_in_figures() -> None:
    card = json.loads((SHIPPED / "card.json").read_text(encoding="utf-8"))
    words = " ".join((SHIPPED / "README.md").read_text(encoding="utf-8").split())
    after, before = card["dev_after"], card["dev_before"]
    assert f"first {after['first']:.2f} of 189 ({before['first']:.2f} before" in words
    assert f"AUROC {after['auroc']:.2f} ({before['auroc']:.2f})" in words
    assert f"{card['questions']:,} questions on {card['articles']} Wikipedia articles" in words


@pytest.mark.slow
@needs_data
def test_the_data_are_those_that_the_card_names() -> None:
    card = json.loads((SHIPPED / "card.json").read_text(encoding="utf-8"))
    recipe = prepare(DATA, [DATA / "clapnq"], ReaderOptions())
    assert recipe.digest == card["recipe"]
    assert list(recipe.left_out) == card["left_out"]


@pytest.mark.slow
@needs_data
def test_nothing_that_is_learned_stands_in_the_project_s_own_suites() -> None:
    recipe = prepare(DATA, [DATA / "clapnq"], ReaderOptions())
    learned = [one.text for article in recipe.train for one in article.sentences]
    learned += [one.text for article in recipe.train for one in article.asked]
    held_out = [ROOT / "evals" / "suites", ROOT / "corpus" / "sample", DATA / "clapnq"]
    assert leaks(learned, held_out) == []


@pytest.mark.model
def test_it_tells_the_sentence_that_answers_from_one_that_is_like_it() -> None:
    reader = load_reader(SHIPPED)
    assert reader_for("auto", Adapter.read(SHIPPED).base) is not None
    before = "The inquiry sat for nine days in Belmont."
    candidates = [
        Candidate("Ferry inquiry", before, "Its chairman thanked the witnesses of the ferry."),
        Candidate("Ferry inquiry", before, "The inquiry was chaired by Judge Marion Tate."),
        Candidate("Ferry inquiry", before, "Who will chair the next inquiry is open."),
    ]
    reads = reader.read("Who was the chair of the ferry inquiry?", candidates)
    assert max(range(3), key=lambda place: reads[place].answers) == 1
    assert "Marion Tate" in candidates[1].text[reads[1].start : reads[1].end]
    nothing = reader.read("How deep is the harbour of Carrick?", candidates)
    assert max(map(chance, nothing)) < chance(reads[1])
