"""The verifier's training: it learns, goes on after a kill, and what it writes can be merged."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from corpus.errors import AdapterUnusable, TrainingError
from embeddings.embedders.model_folder import weights_digest
from rag.checking.statement_pairs import statements_batched
from rag.checking.trained import load_verifier
from rag.checking.weighing import SIGNS, Found
from rag.training.card import Base
from rag.training.lora import trained_of
from rag.training.verifier.batches import UNKNOWN, batches, learnable, ready
from rag.training.verifier.command import publish_verifier
from rag.training.verifier.example import Example
from rag.training.verifier.measure import measured, overlap, table
from rag.training.verifier.options import Progress, Trained, VerifierOptions
from rag.training.verifier.recipe import Recipe
from rag.training.verifier.signs import chances, fit_scale
from rag.training.verifier.train import train_verifier

OPTIONS = replace(
    VerifierOptions(), steps=12, rank=4, warmup=2, kept_every=6, tokens=300, threads=1, mean=3
)
EVIDENCE = ("The ferry to Corvane sank on Monday.", "Nine people were saved by fishermen.")


def _examples() -> list[Example]:
    made = []
    for number, (day, count) in enumerate([("Monday", "Nine"), ("Friday", "Four")] * 4):
        said = f"{count} people were saved on {day} in harbour {number}."
        right = day == "Monday"
        wrong = () if right else ((0, 4), (said.index("Friday"), said.index("Friday") + 6))
        pair = f"pair/{number // 2}"
        made.append(Example(said, EVIDENCE, right, wrong, "day", "made", str(number), pair))
    made.append(Example("Nobody knows.", EVIDENCE, False, None, "unmarked", "made", "9", ""))
    return made


class Stopped(Exception):
    """Stands for a kill."""


def _train(tiny: Path, checkpoint: Path, stop_at: int | None = None) -> Trained:
    def say(now: Progress) -> None:
        if now.step == stop_at:
            raise Stopped

    return train_verifier(
        _examples(), _examples(), tiny, None, checkpoint, "a recipe", OPTIONS, say
    )


def test_a_run_that_was_killed_ends_as_one_that_was_not(tiny: Path, tmp_path: Path) -> None:
    for name in ("whole", "killed"):
        (tmp_path / name).mkdir()
    whole = _train(tiny, tmp_path / "whole" / "checkpoint.pt")
    with pytest.raises(Stopped):
        _train(tiny, tmp_path / "killed" / "checkpoint.pt", stop_at=6)
    resumed = _train(tiny, tmp_path / "killed" / "checkpoint.pt")
    assert [row["step"] for row in resumed.curve] == [6.0, 12.0]
    assert resumed.step == whole.step
    for name, tensor in trained_of(whole.model).items():
        torch.testing.assert_close(trained_of(resumed.model)[name], tensor, rtol=1e-2, atol=1e-3)


def test_what_there_is_can_be_had_without_training_on(tiny: Path, tmp_path: Path) -> None:
    with pytest.raises(Stopped):
        _train(tiny, tmp_path / "checkpoint.pt", stop_at=6)
    had = train_verifier(
        _examples(), _examples(), tiny, None, tmp_path / "checkpoint.pt", "a recipe", OPTIONS,
        so_far=True,
    )  # fmt: skip
    assert had.step == 6
    with pytest.raises(TrainingError, match="another recipe"):
        train_verifier(
            _examples(), _examples(), tiny, None, tmp_path / "checkpoint.pt", "other", OPTIONS
        )


def _published(tiny: Path, folder: Path) -> tuple[Trained, Path]:
    (tiny / "modules.json").write_text("[]")
    trained = _train(tiny, folder / "checkpoint.pt")
    recipe = Recipe(tuple(_examples()), tuple(_examples()), {}, (), "a recipe")
    base = Base(f"path:{tiny}", weights_digest(tiny, "tiny"))
    scale = torch.nn.Linear(len(SIGNS), 1)
    with torch.no_grad():
        scale.weight.zero_()
        scale.weight[0, 0] = 1.0
        scale.bias.zero_()
    publish_verifier(folder / "verifier", trained, scale, base, recipe, OPTIONS, {})
    return trained, folder / "verifier"


def test_what_is_written_weighs_as_what_was_trained(tiny: Path, tmp_path: Path) -> None:
    trained, folder = _published(tiny, tmp_path)
    verifier = load_verifier(folder, f"path:{tiny}")
    said = _examples()[0].text
    pair = trained.pairing.pair(said, EVIDENCE)
    with torch.inference_mode():
        whole, _ = trained.model(statements_batched([pair]))
    weighed = verifier.weigh(said, EVIDENCE, Found(1.0, 1.0, frozenset()))
    # The file keeps float16, and a processor may multiply in bfloat16.
    assert weighed.chance == pytest.approx(float(whole.sigmoid()), abs=0.02)
    assert verifier.weigh("", EVIDENCE, Found(1.0, 1.0, frozenset())).chance == 0.0


@pytest.mark.parametrize("name", ["adapter_model.safetensors", "heads.safetensors", "card.json"])
def test_a_damaged_file_is_told(tiny: Path, tmp_path: Path, name: str) -> None:
    _, folder = _published(tiny, tmp_path)
    file = folder / name
    file.write_bytes(file.read_bytes()[: len(file.read_bytes()) // 2])
    with pytest.raises(AdapterUnusable):
        load_verifier(folder, f"path:{tiny}")


def test_each_token_has_what_is_to_be_learned_of_it(tiny: Path, tmp_path: Path) -> None:
    trained = _train(tiny, tmp_path / "checkpoint.pt")
    true, false, *_, unmarked = [ready(trained.pairing, one) for one in _examples()]
    assert set(true.words) == {0.0}
    said = _examples()[1].text
    wrong = [
        said[start:end]
        for (start, end), word in zip(false.pair.offsets, false.words, strict=True)
        if word
    ]
    assert wrong == ["Four", "Friday"]
    assert set(unmarked.words) == {UNKNOWN}
    made = learnable([false, true, unmarked], torch.device("cpu"))
    assert (made.better.tolist(), made.worse.tolist()) == ([1], [0])


def test_a_pair_stays_in_one_batch(tiny: Path, tmp_path: Path) -> None:
    trained = _train(tiny, tmp_path / "checkpoint.pt")
    held = [ready(trained.pairing, one) for one in _examples()]
    made = batches(held, 100, random.Random(1))
    assert sum(map(len, made)) == len(held)
    for batch in made:
        for one in batch:
            if one.group:
                assert sum(other.group == one.group for other in batch) == 2


def test_the_scale_takes_half_for_the_point_between_true_and_false() -> None:
    rng = np.random.default_rng(1)
    supported = rng.random(400) < 0.2
    logits = np.stack([supported * 2 - 1 + rng.normal(0, 0.3, 400)] * 2, axis=1)
    checks = rng.random((400, len(SIGNS) - 2)).astype(np.float32)
    scale = fit_scale(logits.astype(np.float32), checks, list(supported))
    found = chances(scale, logits.astype(np.float32), checks)
    assert ((found >= 0.5) == supported).mean() > 0.97


def test_the_table_tells_how_far_a_score_agrees() -> None:
    held = _examples()
    row = measured(held, np.array([float(one.supported) for one in held]), is_chance=True)
    assert (row.auroc[0], row.pairs, row.balanced) == (1.0, 1.0, 1.0)
    assert row.kinds == {"day": (1.0, 4), "unmarked": (1.0, 1)}
    chance = measured(held, np.zeros(len(held)), is_chance=True)
    assert (chance.auroc[0], chance.pairs, chance.balanced) == (0.5, 0.5, 0.5)
    told = table({"made": {"perfect": row, "blind": chance}})
    assert "| made | 9 | 1.00 [1.00, 1.00] | 0.50 [0.50, 0.50] | 1.00 | 1.00 |" in told
    shared = overlap(held)
    assert shared[0] > shared[1]
