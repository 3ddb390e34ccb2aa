"""Trains the verifier: which words of a sentence its evidence does not license, and whether any.

Three losses. The words: known exactly where a rule or a person marked them, and many for each
sentence. The sentence: carried or not. The pair: of a true and a false sentence on the same words
the true one must score higher, whatever the scale.

It begins with the reader's adapter, where that is given: the reader has learned already to hold two
sentences against each other. What is kept and published is the mean of the weights over the last
steps, so that a run may be stopped at any checkpoint.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import torch
from torch import nn
from transformers import AutoTokenizer

from rag.checking.statement_model import HEADS
from rag.checking.statement_pairs import StatementPairing
from rag.training.checkpoint import Checkpoint
from rag.training.lora import set_trained, trained_of
from rag.training.verifier.batches import Ready, ready
from rag.training.verifier.example import Example
from rag.training.verifier.learning import losses_of, model_of, steps_of
from rag.training.verifier.options import Progress, Trained, VerifierOptions
from rag.training.verifier.scores import Scores, logits, scored


def train_verifier(
    train: Sequence[Example],
    tune: Sequence[Example],
    base: Path,
    begin: Path | None,
    checkpoint: Path,
    recipe: str,
    options: VerifierOptions | None = None,
    say: Callable[[Progress], None] = lambda _: None,
    *,
    so_far: bool = False,
) -> Trained:
    """Train, or go on with a run that was stopped.

    Args:
        train: what is learned from.
        tune: other examples, which choose the checkpoint.
        base: folder of the transformer.
        begin: folder of an adapter of the same shape to begin with; None for an empty one.
        checkpoint: file that the run is kept in while it goes on; the best so far lies beside it.
        recipe: digest of data and options; see `rag.training.verifier.recipe`.
        say: is told where the run stands, every 25 steps.
        so_far: learn nothing more; give what the best checkpoint has.

    Raises:
        TrainingError: the checkpoint is of another recipe.
    """
    options = options or VerifierOptions()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    run = _Run(base, begin, checkpoint, recipe, options)
    held = random.Random(options.seed).sample(list(tune), min(options.tuned_on, len(tune)))
    tuned = [ready(run.pairing, one) for one in held]
    before = scored(tuned, logits(run.model, tuned)[:, 0])
    done = run.go_on()
    examples = [] if so_far else [ready(run.pairing, one) for one in train]
    began = time.monotonic()
    run.model.train()
    for step, batch in steps_of(examples, options, done) if examples else ():
        torch.manual_seed(options.seed + step)  # so that a run that goes on draws as one that ran
        losses = run.learn(step, batch)
        told = None
        if step % options.kept_every == 0 or step == options.steps:
            told = run.keep(step, losses, tuned)
        if told is not None or step % 25 == 0:
            left = (time.monotonic() - began) / (step - done) * (options.steps - step)
            say(Progress(step, options.steps, *losses, left, told))
    step = run.take_best()
    return Trained(
        run.model.eval(),
        run.pairing,
        before,
        scored(tuned, logits(run.model, tuned)[:, 0]),
        step,
        run.curve,
    )


class _Run:
    """A model that learns, the mean of its weights, and where both are kept."""

    def __init__(
        self,
        base: Path,
        begin: Path | None,
        checkpoint: Path,
        recipe: str,
        options: VerifierOptions,
    ) -> None:
        self.pairing = StatementPairing(AutoTokenizer.from_pretrained(base))
        self.model = model_of(base, begin, options)
        self.curve: list[dict[str, float]] = []
        self._options = options
        self._checkpoint, self._recipe = checkpoint, recipe
        self._best = checkpoint.with_name("best.pt")
        self._mean = trained_of(self.model)
        backbone = [one for one in self.model.backbone.parameters() if one.requires_grad]
        heads = [one for name in HEADS for one in getattr(self.model, name).parameters()]
        self._optimizer = torch.optim.AdamW(
            [
                {"params": backbone, "lr": options.rate},
                {"params": heads, "lr": options.head_rate},
            ],
            weight_decay=0.01,
        )

    def go_on(self) -> int:
        """Take up what was kept; the steps that are done."""
        kept = Checkpoint.read(self._checkpoint, self._recipe)
        if kept is None:
            return 0
        own = {
            name.removeprefix("now."): one
            for name, one in kept.weights.items()
            if name.startswith("now.")
        }
        self._mean = {
            name: one for name, one in kept.weights.items() if not name.startswith("now.")
        }
        set_trained(self.model, own)
        self._optimizer.load_state_dict(kept.optimizer)
        self.curve = kept.curve
        return kept.step

    def learn(self, step: int, batch: Sequence[Ready]) -> tuple[float, float, float]:
        """One step; the losses of sentences, words and pairs."""
        options = self._options
        share = min(1.0, step / options.warmup) * max(0.05, 1 - (step - 1) / options.steps)
        rates = (options.rate, options.head_rate)
        for group, rate in zip(self._optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * share
        sentence, words, pairs = losses_of(self.model, batch, options)
        self._optimizer.zero_grad()
        loss = sentence + options.words * words + options.pairs * pairs
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self._optimizer.step()
        # At the beginning the mean is of the few steps that there are.
        weight = 1 / min(step, options.mean)
        for name, one in trained_of(self.model).items():
            self._mean[name] = self._mean[name].lerp(one, weight)
        return sentence.item(), words.item(), pairs.item()

    def keep(self, step: int, losses: tuple[float, float, float], tuned: Sequence[Ready]) -> Scores:
        """Score the mean of the weights, and keep the run, and the mean if it is the best yet."""
        own = trained_of(self.model)
        own = {name: one.clone() for name, one in own.items()}
        set_trained(self.model, self._mean)
        told = scored(tuned, logits(self.model, tuned)[:, 0])
        set_trained(self.model, own)
        row = dict(zip(("sentence", "words", "pairs"), losses, strict=True))
        best = max((one["auroc"] for one in self.curve), default=0.0)
        named = {f"tune_{name}": float(one) for name, one in asdict(told).items()}
        self.curve.append({"step": float(step), "auroc": told.auroc} | row | named)
        if told.auroc >= best:
            Checkpoint(self._recipe, step, dict(self._mean), {}, self.curve).write(self._best)
        kept = dict(self._mean) | {f"now.{name}": one for name, one in own.items()}
        Checkpoint(self._recipe, step, kept, self._optimizer.state_dict(), self.curve).write(
            self._checkpoint
        )
        return told

    def take_best(self) -> int:
        """Put the best mean into the model; the step that it was taken at."""
        best = Checkpoint.read(self._best, self._recipe)
        if best is None:
            return 0
        set_trained(self.model, best.weights)
        return best.step
