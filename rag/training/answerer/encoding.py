"""A pack as token ids: its sentences once, then each question with its answer as a branch.

A branch sees the sentences and itself, never another branch, so that one pass over the sentences
serves all the questions about them: about 80 tokens a question in place of 260.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from transformers import PreTrainedTokenizerBase

from rag.training.answerer.packs import Pack, Question, Span
from rag.writing.trained import NO_ANSWER, Shown, trained_prompt


@dataclass(frozen=True, slots=True)
class Target:
    """Where the tokens of one answer are to be foretold.

    Attributes:
        places: of the tokens from which each next one is foretold.
        tokens: what comes next there; the last is the end of the reply.
        answered: whether it is an answer, not a refusal.
        kind: of the question.
    """

    places: tuple[int, ...]
    tokens: tuple[int, ...]
    answered: bool
    kind: str


@dataclass(frozen=True, slots=True)
class Encoded:
    """A pack as the model sees it.

    Attributes:
        ids: token ids of the sentences and of every branch.
        positions: of each token, as if its branch followed the sentences directly.
        branches: which branch each token belongs to, from 1; 0 for the sentences.
        targets: one for each question.
    """

    ids: tuple[int, ...]
    positions: tuple[int, ...]
    branches: tuple[int, ...]
    targets: tuple[Target, ...]

    def mask(self) -> torch.Tensor:
        """What each token may look at: bool of shape (1, 1, tokens, tokens), True to look."""
        branch = torch.tensor(self.branches)
        places = torch.arange(len(branch))
        earlier = places[None, :] <= places[:, None]
        seen = (branch[None, :] == branch[:, None]) | (branch[None, :] == 0)
        return (earlier & seen)[None, None]


class Encoder:
    """Encodes packs with one tokenizer."""

    def __init__(self, tokenizer: PreTrainedTokenizerBase) -> None:
        self._tokenizer = tokenizer
        self._end = int(tokenizer.eos_token_id)

    def encode(self, pack: Pack) -> Encoded:
        """The token ids of a pack."""
        return branched(
            [self.prompt(one.text, pack.shown) for one in pack.questions],
            [self.reply(one, pack.shown) for one in pack.questions],
            [(bool(one.spans), one.kind) for one in pack.questions],
        )

    def prompt(self, question: str, shown: Sequence[Shown]) -> list[int]:
        """The token ids of the chat, up to where the reply begins."""
        chat = [
            {"role": one.role, "content": one.content} for one in trained_prompt(question, shown)
        ]
        text = self._tokenizer.apply_chat_template(chat, add_generation_prompt=True, tokenize=False)
        return self._ids(str(text))

    def reply(self, question: Question, shown: Sequence[Shown]) -> list[int]:
        """The token ids of the answer, its end included: runs of the sentences' own tokens."""
        ids: list[int] = []
        for span in question.spans:
            ids += self._run(shown[span.sentence].text, span)
            ids += self._ids(f" [{span.sentence + 1}]")
        return [*(ids or self._ids(f" {NO_ANSWER}")), self._end]

    def _run(self, text: str, span: Span) -> list[int]:
        # The space makes the first word's tokens those of a word in mid-sentence.
        read = self._tokenizer(" " + text, add_special_tokens=False, return_offsets_mapping=True)
        ids, offsets = read["input_ids"], read["offset_mapping"]
        held = [
            place
            for place, (start, end) in enumerate(offsets)
            if start < span.end + 1 and end > span.start + 1
        ]
        first = held[0]
        # A figure's digits come after a token that is a space alone.
        if (
            offsets[first][0] == span.start + 1
            and first
            and offsets[first - 1][1] == span.start + 1
        ):
            first -= (" " + text)[slice(*offsets[first - 1])] == " "
        return list(ids[first : held[-1] + 1])

    def _ids(self, text: str) -> list[int]:
        return list(self._tokenizer(text, add_special_tokens=False)["input_ids"])


def branched(
    prompts: Sequence[list[int]], replies: Sequence[list[int]], told: Sequence[tuple[bool, str]]
) -> Encoded:
    """What the prompts begin with once, then the rest of each with its reply as a branch.

    Args:
        prompts: token ids, at least one prompt.
        replies: token ids of each prompt's reply.
        told: of each whether it is answered, and its kind.
    """
    shared = _shared(prompts)
    ids, positions, branches = list(prompts[0][:shared]), list(range(shared)), [0] * shared
    targets = []
    for number, (prompt, reply, one) in enumerate(
        zip(prompts, replies, told, strict=True), start=1
    ):
        own = prompt[shared:] + reply[:-1]
        first = len(ids) + len(prompt) - shared - 1
        targets.append(Target(tuple(range(first, first + len(reply))), tuple(reply), *one))
        ids += own
        positions += range(shared, shared + len(own))
        branches += [number] * len(own)
    return Encoded(tuple(ids), tuple(positions), tuple(branches), tuple(targets))


def _shared(prompts: Sequence[Sequence[int]]) -> int:
    """How many tokens all prompts begin with; all but the last where they are the same."""
    most = min(map(len, prompts)) - 1
    for place in range(most):
        if len({prompt[place] for prompt in prompts}) > 1:
            return place
    return most
