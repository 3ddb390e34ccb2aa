"""The names that `rag` offers, and what they cost."""

from __future__ import annotations

import subprocess
import sys

import pytest

import rag
import rag.newsroom

NAMES = [
    "Answer",
    "AnswerFinished",
    "Change",
    "Citation",
    "CitationAdded",
    "Conflict",
    "Conversation",
    "DraftReport",
    "Event",
    "Figure",
    "Hit",
    "HitsFound",
    "Newsroom",
    "Refusal",
    "Sentence",
    "SentenceVerified",
    "Settings",
    "Sources",
    "Statement",
    "Timeline",
    "Token",
    "Turn",
    "Usage",
    "load_settings",
    "open",
]


def test_the_public_names_are_these() -> None:
    assert rag.__all__ == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(rag, name) is not None


def test_open_opens_a_newsroom() -> None:
    assert rag.open is rag.newsroom.open


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'shout'"):
        rag.shout  # noqa: B018


def test_importing_rag_and_its_command_line_loads_no_model_library() -> None:
    code = (
        "import sys, rag, rag.cli\n"
        "print([n for n in ('torch', 'transformers', 'faiss', 'openai') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
