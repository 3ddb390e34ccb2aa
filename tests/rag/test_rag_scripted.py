"""The stand-in for a model says what it is told to."""

from __future__ import annotations

from collections.abc import Sequence

from rag.writing.generator import Message
from rag.writing.generators.scripted import ScriptedGenerator

ASKED = [Message("user", "Who spoke?")]


def written(generator: ScriptedGenerator, most: int = 100) -> str:
    return "".join(piece.text for piece in generator.stream(ASKED, max_tokens=most))


def test_replies_come_in_turn_and_then_from_the_start() -> None:
    generator = ScriptedGenerator(["One  reply.", "Another\none."])
    assert [written(generator) for _ in range(3)] == ["One  reply.", "Another\none.", "One  reply."]
    assert generator.prompts == [tuple(ASKED)] * 3


def test_without_replies_it_says_nothing() -> None:
    assert written(ScriptedGenerator([])) == ""


def test_a_function_answers_the_messages() -> None:
    def reply(messages: Sequence[Message]) -> str:
        return messages[-1].content.upper()

    assert written(ScriptedGenerator(reply)) == "WHO SPOKE?"


def test_it_counts_tokens_and_stops_at_the_most() -> None:
    pieces = list(ScriptedGenerator(["a b c d"]).stream(ASKED, max_tokens=3))
    assert [piece.completion_tokens for piece in pieces] == [1, 2, 3]
    assert "".join(piece.text for piece in pieces) == "a b c"


def test_closing_it_is_remembered() -> None:
    generator = ScriptedGenerator(["a b c"])
    pieces = generator.stream(ASKED, max_tokens=100)
    next(pieces)
    pieces.close()
    assert generator.stopped == 1
    assert written(generator) == "a b c"
    assert generator.stopped == 1
