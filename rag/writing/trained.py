"""The form that the trained answerer was taught: numbered sentences in, 'words [n]' out.

The answer is words of one of the sentences and that sentence's number; several of them where
several sentences answer; or NO_ANSWER. Prompt and reply are part of the adapter: where a word of
either changes, the answerer has to be trained again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.writing.generator import Message

NO_ANSWER = "NO ANSWER"


@dataclass(frozen=True, slots=True)
class TrainedOptions:
    """What is made of a reply.

    Attributes:
        sentences: shown, as in training: more than it was taught with confuse it.
        tokens: the longest reply, in the model's tokens.
        to_refuse: chance of the refusal from which a question is refused; above 1 for never.
        unless: `Evidence.answerable` of the best sentence from which the answerer alone refuses
            nothing. Of its refusals on 333 dev questions (sample, desk, five real reports, XQuAD)
            this keeps 8 of the 9 right ones and 5 of the 10 wrong ones.
        to_choose: chance of the reply from which its sentence is taken instead of the best one.
        to_tell: chance of the reply from which its words are told as the short answer.
        Chosen on questions of the suites sample and time and on five real reports; what each is
        worth is in docs/training.md.
    """

    sentences: int = 6
    tokens: int = 32
    to_refuse: float = 0.85
    unless: float = 0.66
    to_choose: float = 0.7
    to_tell: float = 0.7


_SYSTEM = "Copy the answer and the number of its sentence, or write NO ANSWER."
_ITEM = re.compile(r"\s*(.*?)\s*\[(\d+)\]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Shown:
    """One numbered sentence of the prompt.

    Attributes:
        day: when it was published, YYYY-MM-DD or 'undated'.
        text: the sentence.
    """

    day: str
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """One part of a reply.

    Attributes:
        words: as they stand in the sentence.
        number: of the sentence, from 1.
    """

    words: str
    number: int


def trained_prompt(question: str, shown: Sequence[Shown]) -> list[Message]:
    """The chat that the answerer was taught."""
    numbered = "\n".join(
        f"[{number}] ({one.day}) {_one_line(one.text)}" for number, one in enumerate(shown, start=1)
    )
    return [
        Message("system", _SYSTEM),
        Message("user", f"{numbered}\n\nQuestion: {_one_line(question)}"),
    ]


def written(said: Sequence[Said]) -> str:
    """The reply in the form that is taught; NO_ANSWER where nothing is said."""
    return " ".join(f"{one.words} [{one.number}]" for one in said) or NO_ANSWER


def read_reply(reply: str) -> tuple[Said, ...]:
    """What a reply says; () where it declines, or is in no such form."""
    if declines(reply):
        return ()
    return tuple(Said(words, int(number)) for words, number in _ITEM.findall(reply) if words)


def declines(reply: str) -> bool:
    """Whether a reply says that no sentence answers."""
    return reply.strip().startswith(NO_ANSWER)


def _one_line(text: str) -> str:
    # A line break inside a sentence could pass for the next number.
    return " ".join(text.split())
