"""How well the answerer foretells replies that it did not learn from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch

from rag.training.answerer.encoding import Encoded


@dataclass(frozen=True, slots=True)
class Scores:
    """What came out, each token being the likeliest after the right ones before it.

    Attributes:
        n: questions, with an answer or without.
        right: mean of `words` and `refused`, so that neither can be bought with the other.
        words: share of the questions with an answer whose whole reply is right.
        refused: share of the questions without an answer that are declined.
        loss_dev: nats a token of the replies.
    """

    n: int
    right: float
    words: float
    refused: float
    loss_dev: float


def scores(logits: Callable[[Encoded], torch.Tensor], packs: Sequence[Encoded]) -> Scores:
    """Score on packs.

    Args:
        logits: gives the logits at the places of a pack's replies.
    """
    answered: list[bool] = []
    declined: list[bool] = []
    loss = tokens = 0.0
    with torch.inference_mode():
        for one in packs:
            found = logits(one).cpu()
            at = 0
            for target in one.targets:
                own = found[at : at + len(target.tokens)]
                at += len(target.tokens)
                wanted = torch.tensor(target.tokens)
                right = bool((own.argmax(-1) == wanted).all())
                (answered if target.answered else declined).append(right)
                loss += float(torch.nn.functional.cross_entropy(own, wanted, reduction="sum"))
                tokens += len(target.tokens)
    words, refused = _share(answered), _share(declined)
    return Scores(
        len(answered) + len(declined),
        (words + refused) / 2,
        words,
        refused,
        loss / max(1.0, tokens),
    )


def _share(right: Sequence[bool]) -> float:
    return sum(right) / max(1, len(right))
