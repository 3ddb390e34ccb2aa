"""What Dateline asks of a language model: a stream of text that can be stopped."""

from __future__ import annotations

from collections.abc import Generator as Steps
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a chat prompt."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Piece:
    """The next piece of generated text.

    Attributes:
        text: new text, in whole characters.
        prompt_tokens, completion_tokens: so far; 0 where the model does not say.
    """

    text: str
    prompt_tokens: int = 0
    completion_tokens: int = 0


Pieces = Steps[Piece, None, None]
"""Text as it is written. Closing it stops the model."""


class Generator(Protocol):
    """A language model."""

    @property
    def name(self) -> str:
        """The model URI."""
        ...

    def stream(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        copy_from: str | None = None,
        copy_starts: Sequence[int] = (),
    ) -> Pieces:
        """Generate greedily, at most `max_tokens` tokens.

        Args:
            messages: the chat so far, the question last.
            max_tokens: in the model's own tokens.
            copy_from: a text to copy from. A generator that can steer its own decoding writes
                one run of that text's words and nothing else; one that cannot, such as a server,
                leaves it aside. So the caller checks what comes either way.
            copy_starts: character offsets in `copy_from` at which the copy may begin; () for any
                word.

        Raises:
            ModelUnreachable: a server that does not answer.
        """
        ...
