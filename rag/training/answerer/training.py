"""Trains the answerer: SmolLM2 learns to reply 'words [n]' or to decline, one pack after another.

Only the upper layers get an adapter, so that nothing has to go back through the lower ones, and
only the places of the replies are put before the vocabulary: both save time and change nothing of
what is learned.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from peft import LoraConfig, get_peft_model, get_peft_model_state_dict, set_peft_model_state_dict
from safetensors.torch import load_file, save_file
from torch import nn
from transformers import AutoModelForCausalLM, AutoTokenizer

from corpus.errors import TrainingError
from embeddings.embedders.quiet import no_bars
from rag.training.answerer.encoding import Encoded, Encoder
from rag.training.answerer.packs import Pack
from rag.training.answerer.scores import Scores, scores
from rag.training.checkpoint import Checkpoint


@dataclass(frozen=True, slots=True)
class AnswererOptions:
    """How the answerer is trained. All of it is judgement, after timing a few steps.

    Attributes:
        steps: of `packs` packs each.
        packs: learned from before the weights move.
        layers: upper layers of the base that get an adapter; SmolLM2-135M has 30.
        rank: of the adapter's matrices.
        rate: highest learning rate.
        warmup: steps until that rate; from there it falls in a straight line.
        seed: of all that is drawn.
        threads: of the processor.
        kept_every: steps between two checkpoints.
        scored_every: steps between two looks at the dev packs; a multiple of `kept_every`.
        last: the step at which a run ends that has no time for all `steps`.
        cooled: steps before `last` in which the rate falls to nothing in its stead.
    """

    steps: int = 650
    packs: int = 4
    layers: int = 16
    rank: int = 16
    rate: float = 6e-4
    warmup: int = 30
    seed: int = 7
    threads: int = 2
    kept_every: int = 25
    scored_every: int = 75
    last: int = 650
    cooled: int = 75

    def rate_at(self, step: int) -> float:
        """The learning rate of a step, counted from 1."""
        share = min(1.0, step / self.warmup) * max(0.02, 1 - (step - 1) / self.steps)
        if self.last < self.steps:
            share *= min(1.0, max(0.02, (self.last + 1 - step) / self.cooled))
        return self.rate * share


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run stands.

    Attributes:
        step, steps: done, and of how many.
        loss: of the last steps, in nats a token of the reply.
        seconds_left: at the pace so far.
        scores: on the dev packs, where they were just taken.
    """

    step: int
    steps: int
    loss: float
    seconds_left: float
    scores: Scores | None = None


@dataclass(frozen=True, slots=True)
class Trained:
    """What a run made.

    Attributes:
        adapter: the best tensors by the dev packs, by PEFT's names.
        before, after: scores on the dev packs; `after` those of the best.
        curve: a row for each checkpoint: step, loss, scores.
    """

    adapter: dict[str, torch.Tensor]
    before: Scores
    after: Scores
    curve: list[dict[str, float]]


class AnswererRun:
    """One training run; it goes on from its checkpoint where there is one.

    Args:
        train, dev: packs; dev is scored and never learned from.
        base: folder of the language model, in bfloat16.
        folder: where the checkpoint and the best weights are kept.
        recipe: digest of data and options.

    Raises:
        TrainingError: the checkpoint is of another recipe.
    """

    def __init__(
        self,
        train: Sequence[Pack],
        dev: Sequence[Pack],
        base: Path,
        folder: Path,
        recipe: str,
        options: AnswererOptions,
    ) -> None:
        torch.set_num_threads(options.threads)
        torch.manual_seed(options.seed)
        self._options, self._recipe, self._train = options, recipe, train
        self._last = min(options.last, options.steps)
        self._encoder = Encoder(AutoTokenizer.from_pretrained(base))
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        with no_bars():
            model: Any = AutoModelForCausalLM.from_pretrained(base, dtype=torch.bfloat16)
        self._model: Any = get_peft_model(model, lora_of(options, model.config.num_hidden_layers))
        self._model.to(self._device)
        self._dev = [self._encoder.encode(one) for one in dev]
        trained = [one for one in self._model.parameters() if one.requires_grad]
        self._optimizer = torch.optim.AdamW(trained, lr=options.rate, weight_decay=0.01)
        self._checkpoint, self._best = folder / "checkpoint.pt", folder / "best.safetensors"
        self._done: int = 0
        self._curve: list[dict[str, float]] = []
        kept = Checkpoint.read(self._checkpoint, recipe)
        if kept is None:
            self._curve = [_row(0, 0.0, scores(self.logits, self._dev))]
        else:
            set_peft_model_state_dict(self._model, kept.weights)
            self._optimizer.load_state_dict(kept.optimizer)
            self._done, self._curve = kept.step, kept.curve

    def logits(self, one: Encoded) -> torch.Tensor:
        """The logits at the places of the replies: shape (tokens of all replies, vocabulary)."""
        base = self._model.base_model.model
        ids = torch.tensor([one.ids], device=self._device)
        hidden = base.model(
            input_ids=ids,
            position_ids=torch.tensor([one.positions], device=self._device),
            attention_mask=one.mask().to(self._device),
            use_cache=False,
        ).last_hidden_state
        places = [place for target in one.targets for place in target.places]
        return torch.as_tensor(base.lm_head(hidden[0, places]).float())

    def run(self, say: Callable[[Progress], None] = lambda _: None) -> Trained:
        """Train to the end, telling every ten steps where the run stands."""
        options = self._options
        began, losses = time.monotonic(), []
        for step, packs in self._steps():
            torch.manual_seed(options.seed + step)  # so that a run that goes on draws as one
            self._model.train()
            losses.append(self._learn(step, packs))
            told = None
            if step % options.scored_every == 0 or step == self._last:
                told = self._score(step, losses[-options.scored_every :])
            if step % options.kept_every == 0 or step == self._last:
                self._keep(step)
            if told is not None or step % 10 == 0:
                pace = (time.monotonic() - began) / (step - self._done)
                loss = sum(losses[-10:]) / len(losses[-10:])
                say(Progress(step, self._last, loss, pace * (self._last - step), told))
        if self._curve[-1]["step"] < self._last:
            # It went on from a checkpoint that was already the last.
            self._score(self._last, [self._curve[-1]["loss"]])
            self._keep(self._last)
        return self.best()

    def best(self) -> Trained:
        """The best weights so far, as they lie on disk.

        Raises:
            TrainingError: the dev packs were not scored yet.
        """
        if len(self._curve) < 2:
            raise TrainingError(
                "nothing has been scored yet, so there is no best",
                where=self._checkpoint,
                next_step=f"train on to step {self._options.scored_every}",
            )
        best = min(self._curve[1:], key=lambda row: row["loss_dev"])
        return Trained(load_file(self._best), _scores(self._curve[0]), _scores(best), self._curve)

    def forget(self) -> None:
        """Remove the checkpoint and the best weights, once they are published."""
        for path in (self._checkpoint, self._best):
            path.unlink(missing_ok=True)

    def _learn(self, step: int, packs: Sequence[Encoded]) -> float:
        for group in self._optimizer.param_groups:
            group["lr"] = self._options.rate_at(step)
        tokens = sum(len(target.tokens) for one in packs for target in one.targets)
        total = 0.0
        for one in packs:
            with torch.autocast(self._device, torch.bfloat16):
                logits = self.logits(one)
            wanted = torch.tensor(
                [token for target in one.targets for token in target.tokens], device=self._device
            )
            loss = nn.functional.cross_entropy(logits, wanted, reduction="sum") / tokens
            loss.backward()  # type: ignore[no-untyped-call]
            total += float(loss.detach())
        nn.utils.clip_grad_norm_(self._model.parameters(), 1.0)
        self._optimizer.step()
        self._optimizer.zero_grad()
        return total

    def _score(self, step: int, losses: Sequence[float]) -> Scores:
        """Score, and keep the weights if they are the best so far."""
        told = scores(self.logits, self._dev)
        best = min((row["loss_dev"] for row in self._curve[1:]), default=math.inf)
        self._curve.append(_row(step, sum(losses) / len(losses), told))
        if told.loss_dev < best:
            partial = self._best.with_suffix(".part")
            save_file(self._weights(), partial)
            partial.replace(self._best)
        return told

    def _keep(self, step: int) -> None:
        Checkpoint(
            self._recipe, step, self._weights(), self._optimizer.state_dict(), self._curve
        ).write(self._checkpoint)

    def _weights(self) -> dict[str, torch.Tensor]:
        return {
            name: one.detach().cpu().contiguous()
            for name, one in get_peft_model_state_dict(self._model).items()
        }

    def _steps(self) -> Iterator[tuple[int, list[Encoded]]]:
        """The packs of each step that is not done yet, counted from 1; the same in every run."""
        options = self._options
        step = epoch = 0
        while step < self._last:
            order = list(range(len(self._train)))
            random.Random(options.seed + epoch).shuffle(order)
            for first in range(0, len(order) - options.packs + 1, options.packs):
                step += 1
                if step > self._last:
                    return
                if step > self._done:
                    chosen = order[first : first + options.packs]
                    yield step, [self._encoder.encode(self._train[place]) for place in chosen]
            epoch += 1


def lora_of(options: AnswererOptions, layers: int) -> LoraConfig:
    """The shape of the adapter, on the upper of so many layers."""
    return LoraConfig(
        r=options.rank,
        lora_alpha=2 * options.rank,
        target_modules=[
            "q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"
        ],
        layers_to_transform=list(range(layers - options.layers, layers)),
    )  # fmt: skip


def _row(step: int, loss: float, told: Scores) -> dict[str, float]:
    row = {"step": float(step), "loss": loss}
    return row | {name: float(one) for name, one in asdict(told).items()}


def _scores(row: dict[str, float]) -> Scores:
    return Scores(int(row["n"]), row["right"], row["words"], row["refused"], row["loss_dev"])
