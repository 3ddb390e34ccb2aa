"""The model's memory alone: it is asked the question and shown no passage.

What it gets right needs no library, so a question that it answers tells little about what a
library is worth (the closed-book setting of Roberts, Raffel & Shazeer 2020, "How Much Knowledge
Can You Pack Into the Parameters of a Language Model?").
"""

from __future__ import annotations

import time
from datetime import date

from evals.systems.shared import (
    DOES_NOT_KNOW,
    Sources,
    answer_of,
    refusal_of,
    says_it_does_not_know,
    sentences_of,
    write,
)
from rag.answer import Answer, Usage
from rag.checking.citation import Sentence
from rag.writing.generator import Message

_INSTRUCTION = (
    f'Answer the question from what you know. If you do not know the answer, say "{DOES_NOT_KNOW}".'
)


class ClosedBook:
    """Shows what the model says of itself, which cites nothing.

    Every sentence has the verdict 'unsupported', for there is nothing to hold it against, so the
    metrics of citations tell it. A day to ask as of is told to the model; nothing can keep it
    from what it has read of later days.
    """

    name = "closed-book"

    def __init__(self, newsroom: Sources) -> None:
        self._newsroom = newsroom

    def ask(self, question: str, *, as_of: date | None = None) -> Answer:
        """The model's own words, from no article."""
        started = time.perf_counter()
        generator = self._newsroom.generator
        asked = question if as_of is None else f"Today is {as_of.isoformat()}. {question}"
        draft = write(generator, [Message("system", _INSTRUCTION), Message("user", asked)])
        usage = Usage(
            seconds={**draft.seconds, "total": time.perf_counter() - started},
            prompt_tokens=draft.prompt_tokens,
            completion_tokens=draft.completion_tokens,
        )
        fingerprint = {"system": self.name, "generator": generator.name}
        if not draft.text or says_it_does_not_know(draft.text):
            message = draft.text or "The model wrote nothing."
            return refusal_of(question, message, (), usage, fingerprint)
        sentences = [Sentence(text, "unsupported", 0.0, ()) for text in sentences_of(draft.text)]
        return answer_of(question, "answered", sentences, [], (), usage, fingerprint)
