"""Trains the reader: which sentence answers a question, which of its words, or that none does.

One loss over each group: the sentences compete with 'none of them', whose logit is 0, so that the
logits rank sentences and tell at the same time whether any of them answers. The words are learned
beside it, from the sentence that answers.
"""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import torch
from peft import get_peft_model
from torch import nn
from transformers import AutoModel, AutoTokenizer

from embeddings.embedders.embedder import Embedder
from embeddings.embedders.quiet import no_bars
from rag.finding.pairs import Pairing, batched
from rag.finding.reader_model import ReaderModel
from rag.training.checkpoint import Checkpoint
from rag.training.lora import adapter_of, lora_config, set_trained, trained_of
from rag.training.questions import Reading
from rag.training.reader.batches import NO_SPAN, Ready, batches, ready
from rag.training.reader.groups import Grouping, GroupOptions
from rag.training.reader.scores import Scores, scores


@dataclass(frozen=True, slots=True)
class ReaderOptions:
    """How the reader is trained. All of it is judgement, after one trial of 250 steps; nothing was
    searched.

    Attributes:
        steps: batches to learn from; one pass over 7,085 questions is about 700.
        tokens: of one batch, padding included.
        rank: of the adapter's matrices.
        rate, head_rate: highest learning rate of the adapter and of the heads.
        warmup: steps until that rate; from there it falls in a straight line.
        span_weight: of the words' loss beside the sentences'.
        seed: of all that is drawn.
        threads: of the processor.
        kept_every: steps between two checkpoints.
        dev_groups: groups of the dev articles that are scored.
    """

    steps: int = 900
    tokens: int = 6000
    rank: int = 32
    rate: float = 1e-3
    head_rate: float = 2e-3
    warmup: int = 80
    span_weight: float = 0.5
    seed: int = 7
    threads: int = 2
    kept_every: int = 100
    dev_groups: int = 240
    groups: GroupOptions = field(default_factory=GroupOptions)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run stands.

    Attributes:
        step, steps: done, and of how many.
        sentence, words: the losses of the last step, in nats.
        seconds_left: at the pace so far.
        scores: on the dev groups, where they were just taken.
    """

    step: int
    steps: int
    sentence: float
    words: float
    seconds_left: float
    scores: Scores | None = None


@dataclass(frozen=True, slots=True)
class Trained:
    """What a run made.

    Attributes:
        model: as it is after the last step, in evaluation mode.
        adapter: the trained tensors of the base, by PEFT's names.
        before, after: scores on the dev groups.
        curve: a row for each checkpoint: step, losses, scores.
    """

    model: ReaderModel
    adapter: dict[str, torch.Tensor]
    before: Scores
    after: Scores
    curve: list[dict[str, float]]


def train_reader(
    train: Sequence[Reading],
    dev: Sequence[Reading],
    base: Path,
    embedder: Embedder,
    checkpoint: Path,
    recipe: str,
    options: ReaderOptions | None = None,
    say: Callable[[Progress], None] = lambda _: None,
) -> Trained:
    """Train, or go on with a run that was stopped.

    Args:
        train, dev: articles with questions; dev is scored and never learned from.
        base: folder of the transformer.
        embedder: finds the sentences that are hard to tell from the one that answers.
        checkpoint: file that the run is kept in while it goes on.
        recipe: digest of data and options; see `rag.training.reader.recipe`.
        say: is told where the run stands, every 25 steps.

    Raises:
        TrainingError: the checkpoint is of another recipe.
    """
    options = options or ReaderOptions()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    pairing = Pairing(AutoTokenizer.from_pretrained(base))
    model = _model(base, options)
    held_out = [
        ready(pairing, group)
        for group in Grouping(dev, embedder, options.groups).epoch(options.seed)
    ][: options.dev_groups]
    before = scores(model, held_out)
    optimizer = _optimizer(model, options)
    kept = Checkpoint.read(checkpoint, recipe)
    curve: list[dict[str, float]] = []
    done = 0
    if kept is not None:
        set_trained(model, kept.weights)
        optimizer.load_state_dict(kept.optimizer)
        done, curve = kept.step, kept.curve
    grouping = Grouping(train, embedder, options.groups)
    began = time.monotonic()
    model.train()
    for step, batch in _steps(grouping, pairing, options, done):
        torch.manual_seed(options.seed + step)  # so that a run that goes on draws as one that ran
        _set_rates(optimizer, step, options)
        sentence, words = _losses(model, batch)
        optimizer.zero_grad()
        (sentence + options.span_weight * words).backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        told = None
        if step % options.kept_every == 0 or step == options.steps:
            told = scores(model, held_out)
            row = {"step": float(step), "sentence": sentence.item(), "words": words.item()}
            curve.append(row | {name: float(one) for name, one in asdict(told).items()})
            Checkpoint(recipe, step, trained_of(model), optimizer.state_dict(), curve).write(
                checkpoint
            )
        if told is not None or step % 25 == 0:
            left = (time.monotonic() - began) / (step - done) * (options.steps - step)
            say(Progress(step, options.steps, sentence.item(), words.item(), left, told))
    model.eval()
    return Trained(model, adapter_of(model), before, scores(model, held_out), curve)


def _model(base: Path, options: ReaderOptions) -> ReaderModel:
    with no_bars():
        backbone = AutoModel.from_pretrained(base, attn_implementation="sdpa")
    backbone.pooler = None
    adapted = get_peft_model(backbone, lora_config(options.rank))
    model = ReaderModel(adapted, backbone.config.hidden_size)
    return model.to("cuda" if torch.cuda.is_available() else "cpu")


def _optimizer(model: ReaderModel, options: ReaderOptions) -> torch.optim.AdamW:
    adapter = [one for one in model.backbone.parameters() if one.requires_grad]
    heads = [*model.answers.parameters(), *model.words.parameters()]
    return torch.optim.AdamW(
        [{"params": adapter, "lr": options.rate}, {"params": heads, "lr": options.head_rate}],
        weight_decay=0.01,
    )


def _set_rates(optimizer: torch.optim.AdamW, step: int, options: ReaderOptions) -> None:
    share = min(1.0, step / options.warmup) * max(0.02, 1 - (step - 1) / options.steps)
    for group, rate in zip(optimizer.param_groups, (options.rate, options.head_rate), strict=True):
        group["lr"] = rate * share


def _steps(
    grouping: Grouping, pairing: Pairing, options: ReaderOptions, done: int
) -> Iterator[tuple[int, list[Ready]]]:
    """The batches of each step after `done`, counted from 1; the same in every run."""
    step = epoch = 0
    while step < options.steps:
        groups = [ready(pairing, group) for group in grouping.epoch(options.seed + epoch)]
        for batch in batches(groups, options.tokens, random.Random(options.seed + epoch)):
            step += 1
            if step > options.steps:
                return
            if step > done:
                yield step, batch
        epoch += 1


def _losses(model: ReaderModel, batch: Sequence[Ready]) -> tuple[torch.Tensor, torch.Tensor]:
    """Of the sentences and of the words, in nats, each the mean over what there is to learn."""
    device = model.device
    made = batched([pair for one in batch for pair in one.pairs]).to(device)
    with _bf16(device):
        answers, words = model(made)
    at, sentence, span = 0, [], []
    for one in batch:
        logits = torch.cat([answers[at : at + len(one.pairs)], answers.new_zeros(1)])
        sentence.append(nn.functional.cross_entropy(logits, torch.tensor(one.answer).to(device)))
        if one.first != NO_SPAN:
            # (tokens, 2) against the two places: first and last are learned alike.
            target = torch.tensor([one.first, one.last]).to(device)
            span.append(nn.functional.cross_entropy(words[at + one.answer].T, target))
        at += len(one.pairs)
    none = answers.new_zeros(())
    return torch.stack(sentence).mean(), torch.stack(span).mean() if span else none


def _bf16(device: torch.device) -> contextlib.AbstractContextManager[object]:
    return torch.autocast(device.type, torch.bfloat16)
