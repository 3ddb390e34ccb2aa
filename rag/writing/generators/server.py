"""A model behind an OpenAI-compatible server: vLLM, Ollama, llama.cpp, `transformers serve`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

import openai

from corpus.errors import ModelUnreachable
from embeddings.embedders.models import ModelRef
from rag.writing.generator import Message, Piece, Pieces, Steering

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletionMessageParam

_CONNECT_SECONDS = 10.0
_READ_SECONDS = 300.0
"""A large model on a laptop may think for minutes before its first word."""

KEY_VARIABLE = "DATELINE_API_KEY"
"""Environment variable that holds the server's key. Local servers need none."""


class ServerGenerator:
    """Streams chat completions. Closing the stream closes the connection, which stops the server.

    Args:
        ref: an openai: model.
    """

    def __init__(self, ref: ModelRef) -> None:
        self._ref = ref
        self._client = openai.OpenAI(
            base_url=ref.location,
            api_key=os.environ.get(KEY_VARIABLE, "none"),
            timeout=openai.Timeout(_READ_SECONDS, connect=_CONNECT_SECONDS),
            max_retries=1,
        )

    @property
    def name(self) -> str:
        """The model URI."""
        return self._ref.uri

    def stream(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        steer: Steering | None = None,
    ) -> Pieces:
        """Generate at temperature 0; see `Generator.stream`. `steer` is left aside."""
        del steer
        chat: list[ChatCompletionMessageParam] = [_param(message) for message in messages]
        written = 0
        try:
            with self._client.chat.completions.create(
                model=self._ref.model,
                messages=chat,
                max_tokens=max_tokens,
                temperature=0,
                stream=True,
            ) as events:
                for event in events:
                    read = event.usage.prompt_tokens if event.usage else 0
                    text = (event.choices[0].delta.content or "") if event.choices else ""
                    written += bool(text)
                    if written > max_tokens:  # a server that does not count may never end
                        return
                    if text or read:
                        yield Piece(_checked(text), prompt_tokens=read, completion_tokens=written)
        except openai.APIStatusError as error:
            raise ModelUnreachable(
                f"the model server answered {error.status_code}: {error.message[:200]}",
                where=self._ref.location,
                next_step=f"check the model's name ({self._ref.model}) and {KEY_VARIABLE}",
            ) from error
        except openai.APIError as error:
            raise ModelUnreachable(
                f"the model server does not answer: {error.message[:200]}",
                where=self._ref.location,
                next_step="start the server, or name another model with --model",
            ) from error
        except (ValueError, TypeError, AttributeError, IndexError, KeyError) as error:
            # openai hands on the parts that it has of what is no chat completion.
            raise ModelUnreachable(
                f"the model server sends what is no chat completion: {error!s:.200}",
                where=self._ref.location,
                next_step="check that the address is that of an OpenAI-compatible server",
            ) from error


def _checked(text: object) -> str:
    # openai builds its types from whatever comes, without a look at it.
    if not isinstance(text, str):
        raise TypeError(f"content is {type(text).__name__}, not text")
    return text


def _param(message: Message) -> ChatCompletionMessageParam:
    if message.role == "system":
        return {"role": "system", "content": message.content}
    if message.role == "assistant":
        return {"role": "assistant", "content": message.content}
    return {"role": "user", "content": message.content}
