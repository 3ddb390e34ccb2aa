"""Teaches the language model to say whether evidence carries a sentence."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn

from rag.training.checkpoint import Checkpoint
from rag.training.verifier.example import Example
from rag.training.verifier.spoken import Asked, Spoken, asked_together


@dataclass(frozen=True, slots=True)
class SpeakingOptions:
    """How it is taught. All of it is judgement; nothing was searched.

    Attributes:
        steps: of `readings` readings each.
        readings: of some evidence with its sentences, learned from before the weights move.
        rate: highest learning rate.
        warmup: steps until that rate; from there it falls in a straight line.
        pairs: weight of the loss between a true sentence and its false twin.
        seed: of all that is drawn.
        kept_every: steps between two checkpoints.
    """

    steps: int = 400
    readings: int = 8
    rate: float = 6e-4
    warmup: int = 30
    pairs: float = 0.5
    seed: int = 7
    kept_every: int = 25


def teach(
    spoken: Spoken,
    examples: Sequence[Example],
    checkpoint: Path,
    recipe: str,
    options: SpeakingOptions,
    say: Callable[[str], None] = lambda _: None,
) -> None:
    """Teach it in place, or go on from the checkpoint.

    Args:
        recipe: digest of the data and the options.
        say: is told where the run stands.

    Raises:
        TrainingError: the checkpoint is of another recipe.
    """
    trained = [one for one in spoken.model.parameters() if one.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=options.rate, weight_decay=0.01)
    kept = Checkpoint.read(checkpoint, recipe)
    curve: list[dict[str, float]] = []
    if kept is not None:
        spoken.take(kept.weights)
        optimizer.load_state_dict(kept.optimizer)
        curve = kept.curve
    done, losses, began = kept.step if kept else 0, [], time.monotonic()
    for step, readings in _steps(asked_together(examples), options, done):
        torch.manual_seed(options.seed + step)
        spoken.model.train()
        for group in optimizer.param_groups:
            fall = max(0.02, 1 - (step - 1) / options.steps)
            group["lr"] = options.rate * min(1.0, step / options.warmup) * fall
        losses.append(_learn(spoken, readings, options))
        nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        if step % options.kept_every == 0 or step == options.steps:
            loss = sum(losses[-options.kept_every :]) / len(losses[-options.kept_every :])
            curve.append({"step": float(step), "loss": loss})
            Checkpoint(recipe, step, spoken.weights(), optimizer.state_dict(), curve).write(
                checkpoint
            )
            left = (time.monotonic() - began) / (step - done) * (options.steps - step)
            say(f"step {step:,} of {options.steps:,}  loss {loss:.3f}  {left / 60:.0f} min left")
    spoken.model.eval()


def _steps(
    asked: Sequence[Asked], options: SpeakingOptions, done: int
) -> Iterator[tuple[int, list[Asked]]]:
    """The readings of each step after `done`, counted from 1; the same in every run."""
    step = epoch = 0
    while True:
        order = list(range(len(asked)))
        random.Random(options.seed + epoch).shuffle(order)
        for first in range(0, len(order), options.readings):
            step += 1
            if step > options.steps:
                return
            if step > done:
                yield step, [asked[place] for place in order[first : first + options.readings]]
        epoch += 1


def _learn(spoken: Spoken, readings: Sequence[Asked], options: SpeakingOptions) -> float:
    total, count = 0.0, sum(len(one.examples) for one in readings)
    for one in readings:
        with torch.autocast(spoken.model.device.type, torch.bfloat16):
            said = spoken.answers(one)
        labels = said.new_tensor([float(each.supported) for each in one.examples])
        loss = nn.functional.binary_cross_entropy_with_logits(said, labels, reduction="sum")
        better, worse = _twins(one)
        if better:
            loss = loss + options.pairs * nn.functional.softplus(said[worse] - said[better]).sum()
        (loss / count).backward()  # type: ignore[no-untyped-call]
        total += float(loss.detach()) / count
    return total


def _twins(asked: Asked) -> tuple[list[int], list[int]]:
    """Places of the true and of the false sentence of each pair."""
    found = [
        (good, bad)
        for good, one in enumerate(asked.examples)
        for bad, other in enumerate(asked.examples)
        if one.pair and one.pair == other.pair and one.supported and not other.supported
    ]
    return [good for good, _ in found], [bad for _, bad in found]
