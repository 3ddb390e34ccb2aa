"""A generator that says what it is told to: for tests of everything around a model."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from rag.writing.generator import Message, Piece, Pieces, Steering


class ScriptedGenerator:
    """Replies from a list, in turn and then from the start, or from a function of the prompt.

    It stands in for the model at the outermost boundary, as httpx's MockTransport does for the
    network: what surrounds the model can be tested with it, what the model is worth cannot.

    Args:
        replies: the texts to write, or what makes one of the messages.
        delay: seconds before each word.
    """

    name = "scripted"

    def __init__(
        self, replies: Sequence[str] | Callable[[Sequence[Message]], str], *, delay: float = 0.0
    ) -> None:
        self._replies = replies
        self._delay = delay
        self.prompts: list[tuple[Message, ...]] = []
        self.stopped = 0

    def stream(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        steer: Steering | None = None,
    ) -> Pieces:
        """One word a piece, each counting as one token; `steer` is left aside."""
        del steer
        self.prompts.append(tuple(messages))
        reply = self._reply(messages)
        words = reply.split(" ")[:max_tokens]
        try:
            for count, word in enumerate(words, start=1):
                if self._delay:
                    time.sleep(self._delay)
                text = word if count == 1 else f" {word}"
                yield Piece(text, prompt_tokens=len(messages), completion_tokens=count)
        except GeneratorExit:
            self.stopped += 1
            raise

    def _reply(self, messages: Sequence[Message]) -> str:
        if callable(self._replies):
            return self._replies(messages)
        return self._replies[(len(self.prompts) - 1) % len(self._replies)] if self._replies else ""
