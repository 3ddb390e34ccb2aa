"""The model's words as they are written, with what they cost."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from collections.abc import Generator as Steps
from contextlib import closing
from dataclasses import dataclass

from rag.answering.work import Work
from rag.events import Token
from rag.writing.generator import Generator, Message, Steering, Sureness


@dataclass(frozen=True, slots=True)
class Draft:
    """What a model wrote.

    Attributes:
        text: all of it.
        sure: how sure it is of it; None where it does not say.
    """

    text: str
    sure: Sureness | None = None


def drafting(
    work: Work,
    generator: Callable[[], Generator],
    messages: Sequence[Message],
    max_tokens: int,
    steer: Steering,
) -> Steps[Token, None, Draft]:
    """Yields the draft token by token and returns the whole of it.

    The time to the first token is the stage 'prefill', the rest is 'decode'.
    """
    draft = ""
    sure: Sureness | None = None
    began, stage = time.perf_counter(), "prefill"
    read, written = 0, 0
    with closing(generator().stream(messages, max_tokens=max_tokens, steer=steer)) as pieces:
        for piece in pieces:
            work.spent(stage, time.perf_counter() - began)
            read = piece.prompt_tokens or read
            written = piece.completion_tokens or written
            # A server may send half a character, which nothing after this could encode.
            text = piece.text.encode("utf-8", "replace").decode("utf-8")
            sure = piece.sure or sure
            if text:
                draft += text
                yield Token(text)
            # What the reader did with the event is not the model's time.
            began, stage = time.perf_counter(), "decode"
    work.spent(stage, time.perf_counter() - began)
    work.prompt_tokens += read
    work.completion_tokens += written
    return Draft(draft, sure)
