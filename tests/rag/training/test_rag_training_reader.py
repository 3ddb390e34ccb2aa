"""Training: it learns, it goes on where it was stopped, and what it writes can be merged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from corpus.errors import AdapterUnusable, TrainingError
from embeddings import HashEmbedder
from embeddings.embedders.model_folder import weights_digest
from rag.finding.pairs import batched
from rag.finding.read import Candidate
from rag.finding.reader import load_reader
from rag.training.card import Base
from rag.training.checkpoint import Checkpoint
from rag.training.questions import read_squad
from rag.training.reader.command import publish_reader
from rag.training.reader.recipe import Recipe
from rag.training.reader.train import Progress, ReaderOptions, Trained, train_reader

OPTIONS = replace(ReaderOptions(), steps=12, rank=4, warmup=2, kept_every=6, tokens=800, threads=1)


class Stopped(Exception):
    """Stands for a kill."""


def _train(squad: Path, tiny: Path, checkpoint: Path, stop_at: int | None = None) -> Trained:
    train, dev = read_squad(squad)

    def say(now: Progress) -> None:
        if now.step == stop_at:
            raise Stopped

    return train_reader(train, dev, tiny, HashEmbedder(), checkpoint, "a recipe", OPTIONS, say)


def test_a_run_that_was_killed_ends_as_one_that_was_not(
    squad: Path, tiny: Path, tmp_path: Path
) -> None:
    whole = _train(squad, tiny, tmp_path / "whole.pt")
    with pytest.raises(Stopped):
        _train(squad, tiny, tmp_path / "killed.pt", stop_at=6)
    resumed = _train(squad, tiny, tmp_path / "killed.pt")
    assert [row["step"] for row in resumed.curve] == [6.0, 12.0]
    for name, tensor in whole.adapter.items():
        torch.testing.assert_close(resumed.adapter[name], tensor, rtol=1e-3, atol=1e-4)
    assert any(bool(one.abs().sum() > 0) for name, one in whole.adapter.items() if "lora_B" in name)


def test_a_checkpoint_of_another_recipe_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "checkpoint.pt"
    Checkpoint("one", 3, {}, {}, []).write(path)
    kept = Checkpoint.read(path, "one")
    assert kept is not None
    assert kept.step == 3
    with pytest.raises(TrainingError, match="another recipe"):
        Checkpoint.read(path, "other")
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(TrainingError, match="cannot be read"):
        Checkpoint.read(path, "one")


def _published(squad: Path, tiny: Path, folder: Path) -> tuple[Trained, Path]:
    trained = _train(squad, tiny, folder / "checkpoint.pt")
    train, dev = read_squad(squad)
    recipe = Recipe(tuple(train), tuple(dev), (), (), "a recipe")
    base = Base(f"path:{tiny}", weights_digest(tiny, "tiny"))
    publish_reader(folder / "reader", trained, base, recipe, OPTIONS)
    return trained, folder / "reader"


@pytest.fixture
def as_embedder(tiny: Path) -> Path:
    """The tiny transformer with the file that makes it a sentence-transformers model."""
    (tiny / "modules.json").write_text("[]")
    return tiny


def test_what_is_written_reads_as_what_was_trained(
    squad: Path, as_embedder: Path, tmp_path: Path
) -> None:
    trained, folder = _published(squad, as_embedder, tmp_path)
    reader = load_reader(folder, f"path:{as_embedder}")
    question = "Who drove the last train?"
    candidates = [
        Candidate(
            "Belmont Railway", "The fare was two crowns.", "Jonas Reed drove the last train."
        ),
        Candidate("Belmont Railway", "", "Trains ran six times a day."),
    ]
    pairs = [reader._pairing.pair(question, one) for one in candidates]
    with torch.inference_mode():
        answers, _ = trained.model(batched(pairs))
    read = reader.read(question, candidates)
    # The file keeps float16: three decimals of a logit near 0.
    assert [one.answers for one in read] == pytest.approx(answers.tolist(), abs=5e-3)
    assert all(
        one.text[found.start : found.end].strip() == one.text[found.start : found.end] != ""
        for one, found in zip(candidates, read, strict=True)
    )


def test_another_base_is_refused(squad: Path, as_embedder: Path, tmp_path: Path) -> None:
    _, folder = _published(squad, as_embedder, tmp_path)
    card = folder / "card.json"
    card.write_text(card.read_text().replace(weights_digest(as_embedder, "tiny"), "0" * 64))
    with pytest.raises(AdapterUnusable, match="another model"):
        load_reader(folder, f"path:{as_embedder}")


@pytest.mark.parametrize("name", ["adapter_model.safetensors", "heads.safetensors", "card.json"])
def test_a_damaged_or_missing_file_is_told(
    squad: Path, as_embedder: Path, tmp_path: Path, name: str
) -> None:
    _, folder = _published(squad, as_embedder, tmp_path)
    file = folder / name
    file.write_bytes(file.read_bytes()[: len(file.read_bytes()) // 2])
    with pytest.raises(AdapterUnusable):
        load_reader(folder, f"path:{as_embedder}")
    file.unlink()
    with pytest.raises(AdapterUnusable):
        load_reader(folder, f"path:{as_embedder}")


def test_nothing_to_read_costs_nothing(squad: Path, as_embedder: Path, tmp_path: Path) -> None:
    _, folder = _published(squad, as_embedder, tmp_path)
    assert load_reader(folder, f"path:{as_embedder}").read("Who?", []) == ()
