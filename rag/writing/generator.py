"""What Dateline asks of a language model: a stream of text that can be stopped."""

from __future__ import annotations

from collections.abc import Generator as Steps
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a chat prompt."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Sureness:
    """How sure a model is of a reply that was held to `Citing`.

    Attributes:
        reply: chance of all tokens so far, each among those that were allowed, in [0, 1].
        refusal: chance of the refusal when the reply began, in [0, 1].
    """

    reply: float
    refusal: float


@dataclass(frozen=True, slots=True)
class Piece:
    """The next piece of generated text.

    Attributes:
        text: new text, in whole characters.
        prompt_tokens, completion_tokens: so far; 0 where the model does not say.
        sure: of the reply so far; None where the model does not say.
    """

    text: str
    prompt_tokens: int = 0
    completion_tokens: int = 0
    sure: Sureness | None = None


Pieces = Steps[Piece, None, None]
"""Text as it is written. Closing it stops the model."""


@dataclass(frozen=True, slots=True)
class Copying:
    """Write one run of this text's words and nothing else.

    Attributes:
        text: what may be copied.
        starts: character offsets in it at which the copy may begin; () for any word.
    """

    text: str
    starts: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Marking:
    """Write freely, but a marker '[n]' can only name one of the `count` sentences shown."""

    count: int


@dataclass(frozen=True, slots=True)
class Citing:
    """Write 'words [n]', once or a few times, or the refusal, and nothing else.

    Attributes:
        texts: the sentences, numbered from 1; the words are one run of those of sentence n.
        refusal: what may be written instead.
        least: chance of the refusal, in [0, 1], below which nothing is written at all; 0 for a
            whole reply.
    """

    texts: Sequence[str]
    refusal: str
    least: float = 0.0


Steering = Copying | Marking | Citing
"""How decoding is to be held. A generator that cannot hold its own, such as a server, leaves it
aside; so the caller checks what comes either way."""


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
        steer: Steering | None = None,
    ) -> Pieces:
        """Generate greedily, at most `max_tokens` tokens.

        Args:
            messages: the chat so far, the question last.
            max_tokens: in the model's own tokens.
            steer: how to hold the decoding, where the generator can.

        Raises:
            ModelUnreachable: a server that does not answer.
        """
        ...


@runtime_checkable
class Teachable(Protocol):
    """A generator that may have been taught to answer in the form of `rag.writing.trained`."""

    @property
    def taught(self) -> str:
        """The first 16 digits of its adapter's SHA-256; 'none' where it was taught nothing."""
        ...
