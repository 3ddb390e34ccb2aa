"""The trained verifier that ships: it is what its card says, and it tells true from false."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from sklearn.metrics import roc_auc_score

from embeddings import load_embedder
from embeddings.embedders.model_folder import model_folder, weights_digest
from embeddings.embedders.models import DEFAULT_EMBEDDER
from rag.adapters.adapter import Adapter
from rag.adapters.merging import check_weights
from rag.adapters.which import shipped
from rag.checking.trained import load_verifier
from rag.checking.verify import Verifier
from rag.checking.weighing import SIGNS
from rag.training.leaks import leaks
from rag.training.verifier.command import own_news
from rag.training.verifier.recipe import QUESTIONS, DataOptions, prepare

ROOT = Path(__file__).parents[3]
DATA = ROOT.parent / "shared" / "data"
SHIPPED = shipped("verifier")
PAIRS = ROOT / "tests" / "rag" / "claim_pairs.tsv"
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
    assert card["signs"] == list(SIGNS)
    assert f"{card['sentences']:,} sentences" in words
    for name, ways in card["dev"].items():
        figure, low, high = ways["trained, with checks"]["auroc"]
        told = f"| {name} | {ways['checks']['n']} | {figure:.2f} [{low:.2f}, {high:.2f}] |"
        assert told in words, told


def test_new_kinds_on_new_domains_reach_the_goal() -> None:
    card = json.loads((SHIPPED / "card.json").read_text(encoding="utf-8"))
    sets = [ways for name, ways in card["dev"].items() if name.startswith("held-out kinds and")]
    assert len(sets) == 3
    for ways in sets:
        # The lower end of its interval, which is above what has to be beaten.
        assert ways["trained, with checks"]["auroc"][1] >= 0.85
        assert ways["trained, with checks"]["auroc"][1] > ways["checks"]["auroc"][0]


@needs_data
@pytest.mark.model
def test_the_data_are_those_that_the_card_names_and_none_is_measured_on() -> None:
    card = json.loads((SHIPPED / "card.json").read_text(encoding="utf-8"))
    names = ("xquad", "clapnq", "ramdocs", "wice", "bipia", "torque")
    held_out = [DATA / name for name in names] + [ROOT / "evals" / "suites", ROOT / "corpus/sample"]
    recipe = prepare(DATA, held_out, own_news(), DataOptions())
    assert recipe.digest == card["recipe"]
    assert list(recipe.left_out) == card["left_out"]
    learned = [text for one in recipe.train for text in (one.text, *one.evidence)]
    assert leaks(learned, [PAIRS, *held_out]) == []


@pytest.mark.model
def test_on_hand_written_pairs_it_is_better_than_chance_and_far_from_the_checks() -> None:
    """Free rewordings, and edits of the span's own words: 0.72, where the checks reach 0.94."""
    verifier, trained = Verifier(load_embedder()), load_verifier(SHIPPED)
    labels, chances = [], []
    with PAIRS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            for said, label in ((row["true"], True), (row["edited"], False)):
                found = verifier.found(said, [row["span"]])
                labels.append(label)
                chances.append(trained.weigh(said, [row["span"]], found).chance)
    assert len(labels) > 200
    assert roc_auc_score(labels, chances) > 0.65
