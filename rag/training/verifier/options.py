"""How the verifier is trained, where a run stands, and what it made."""

from __future__ import annotations

from dataclasses import dataclass

from rag.checking.statement_model import StatementModel
from rag.checking.statement_pairs import StatementPairing
from rag.training.verifier.scores import Scores


@dataclass(frozen=True, slots=True)
class VerifierOptions:
    """How the verifier is trained. All of it is judgement; nothing was searched.

    Attributes:
        steps: batches to learn from.
        tokens: of one batch, padding included.
        rank: of the adapter's matrices; the reader's, whose adapter it begins with.
        rate, head_rate: highest learning rate of the adapter and of the heads.
        warmup: steps until that rate; from there it falls in a straight line.
        words, pairs: weight of these losses beside the sentences'.
        wrong: weight of a word that is not licensed beside one that is: there are ten times fewer.
        mean: of the weights over so many steps, about, is kept.
        seed: of all that is drawn.
        threads: of the processor.
        kept_every: steps between two checkpoints.
        tuned_on: examples that are scored at each.
    """

    steps: int = 560
    tokens: int = 3000
    rank: int = 32
    rate: float = 7e-4
    head_rate: float = 2e-3
    warmup: int = 60
    words: float = 1.0
    pairs: float = 0.5
    wrong: float = 3.0
    mean: int = 60
    seed: int = 7
    threads: int = 2
    kept_every: int = 100
    tuned_on: int = 500


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run stands.

    Attributes:
        step, steps: done, and of how many.
        sentence, words, pairs: the losses of the last step, in nats.
        seconds_left: at the pace so far.
        scores: of the examples that it is tuned on, where they were just taken.
    """

    step: int
    steps: int
    sentence: float
    words: float
    pairs: float
    seconds_left: float
    scores: Scores | None = None


@dataclass(frozen=True, slots=True)
class Trained:
    """What a run made.

    Attributes:
        model: with the mean of the weights at its best checkpoint, in evaluation mode.
        pairing: makes what it reads.
        before, after: scores on the examples that it was tuned on.
        step: of that checkpoint.
        curve: a row for each checkpoint: step, losses, scores.
    """

    model: StatementModel
    pairing: StatementPairing
    before: Scores
    after: Scores
    step: int
    curve: list[dict[str, float]]
