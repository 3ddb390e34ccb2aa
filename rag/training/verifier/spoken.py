"""The language model as a verifier, to hold against the one that ships: asked, or overheard.

Asked, it says yes or no; overheard, it tells how likely it finds the sentence's words where it has
read the evidence and where it has not. Sentences on the same evidence are branches of one reading,
as in `rag.training.answerer.encoding`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from peft import get_peft_model, get_peft_model_state_dict, set_peft_model_state_dict
from transformers import AutoModelForCausalLM, AutoTokenizer

from embeddings.embedders.quiet import no_bars
from rag.training.answerer.encoding import Encoded, branched
from rag.training.answerer.training import AnswererOptions, lora_of
from rag.training.verifier.example import Example

_ASK = "Say yes if the evidence says all that the sentence says, and no if it does not."
_TELL = "Say what the evidence says."
_AT_ONCE = 6
"""Sentences on one reading: FIB has forty summaries of one article, which would not fit."""

LIKELIHOODS = ("mean", "lowest", "lowest three", "mean gain", "lowest gain")
"""What is overheard, in nats a token: of the words after the evidence, and of what they gain by it.
The lowest are those of the least likely tokens."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Sentences that are held against the same evidence.

    Attributes:
        places: of the sentences among all that were handed over.
    """

    evidence: tuple[str, ...]
    examples: tuple[Example, ...]
    places: tuple[int, ...]


def asked_together(examples: Sequence[Example]) -> list[Asked]:
    """The sentences by their evidence, a few at a time."""
    by_evidence: dict[tuple[str, ...], list[int]] = {}
    for place, one in enumerate(examples):
        by_evidence.setdefault(one.evidence, []).append(place)
    return [
        Asked(evidence, tuple(examples[place] for place in part), tuple(part))
        for evidence, places in by_evidence.items()
        for part in (places[start : start + _AT_ONCE] for start in range(0, len(places), _AT_ONCE))
    ]


class Spoken:
    """A language model with an adapter on its upper layers; untrained until it learns.

    Args:
        base: folder of the model.
        layers, rank: of the adapter.
    """

    def __init__(self, base: Path, layers: int = 12, rank: int = 16) -> None:
        self._tokenizer = AutoTokenizer.from_pretrained(base)
        with no_bars():
            model: Any = AutoModelForCausalLM.from_pretrained(base, dtype=torch.bfloat16)
        options = AnswererOptions(layers=layers, rank=rank)
        self.model: Any = get_peft_model(model, lora_of(options, model.config.num_hidden_layers))
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        self.model.to(self._device)
        self._yes, self._no = (self._ids(word)[0] for word in ("yes", "no"))

    def answers(self, asked: Asked) -> torch.Tensor:
        """Logit of yes over no for each sentence, shape (sentences,); gradients flow."""
        prompts = [
            self._chat(_ASK, [*asked.evidence, "", f"Sentence: {one.text}"])
            for one in asked.examples
        ]
        hidden = self._hidden(_branches(prompts, [[self._yes]] * len(prompts)))
        weight = self.model.base_model.model.lm_head.weight
        said: torch.Tensor = hidden.float() @ (weight[self._yes] - weight[self._no]).float()
        return said

    def likelihoods(self, asked: Asked) -> np.ndarray:
        """What is overheard of each sentence, shape (sentences, len(LIKELIHOODS))."""
        texts = [self._ids(one.text) for one in asked.examples]
        told = self._logs(self._chat(_TELL, asked.evidence), texts)
        blind = self._logs(self._chat(_TELL, []), texts)
        rows = []
        for after, before in zip(told, blind, strict=True):
            lowest, gain = np.sort(after), after - before
            rows.append((after.mean(), lowest[0], lowest[:3].mean(), gain.mean(), gain.min()))
        return np.array(rows, dtype=np.float32)

    def weights(self) -> dict[str, torch.Tensor]:
        """The adapter's tensors."""
        return {
            name: one.detach().cpu().contiguous()
            for name, one in get_peft_model_state_dict(self.model).items()
        }

    def take(self, weights: dict[str, torch.Tensor]) -> None:
        """Take over an adapter's tensors."""
        set_peft_model_state_dict(self.model, weights)

    def _logs(self, prompt: list[int], texts: Sequence[list[int]]) -> list[np.ndarray]:
        encoded = _branches([prompt] * len(texts), texts)
        with torch.inference_mode(), torch.autocast(self._device, torch.bfloat16):
            hidden = self._hidden(encoded)
            logs = self.model.base_model.model.lm_head(hidden).float().log_softmax(-1)
        wanted = torch.tensor([token for one in encoded.targets for token in one.tokens])
        found = logs.cpu()[torch.arange(len(wanted)), wanted].numpy()
        ends = np.cumsum([len(one) for one in texts])[:-1]
        return list(np.split(found, ends))

    def _hidden(self, encoded: Encoded) -> torch.Tensor:
        """The last layer at the places of all targets: shape (tokens, width)."""
        found = self.model.base_model.model.model(
            input_ids=torch.tensor([encoded.ids], device=self._device),
            position_ids=torch.tensor([encoded.positions], device=self._device),
            attention_mask=encoded.mask().to(self._device),
            use_cache=False,
        ).last_hidden_state
        return torch.as_tensor(found[0, [at for one in encoded.targets for at in one.places]])

    def _chat(self, system: str, lines: Sequence[str]) -> list[int]:
        chat = [
            {"role": "system", "content": system},
            {"role": "user", "content": "Evidence:\n" + "\n".join(lines)},
        ]
        text = self._tokenizer.apply_chat_template(chat, add_generation_prompt=True, tokenize=False)
        return self._ids(str(text))

    def _ids(self, text: str) -> list[int]:
        return list(self._tokenizer(text, add_special_tokens=False)["input_ids"])


def _branches(prompts: Sequence[list[int]], replies: Sequence[list[int]]) -> Encoded:
    return branched(prompts, replies, [(True, "")] * len(prompts))
