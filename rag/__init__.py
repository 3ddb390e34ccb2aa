"""Question time: ask a library of articles, and get answers whose every sentence is cited.

import rag
newsroom = rag.open("my-library", add=["articles/"])
print(newsroom.ask("What did the spokesman say about the talks?"))
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rag.answer import Answer, Refusal, Usage
    from rag.checking.citation import Citation, Sentence
    from rag.conversation import Conversation, Turn
    from rag.drafts.report import DraftReport
    from rag.events import AnswerFinished, CitationAdded, Event, HitsFound, SentenceVerified, Token
    from rag.finding.hit import Hit
    from rag.finding.sources import Sources
    from rag.newsroom import Newsroom, open
    from rag.settings import Settings, load_settings
    from rag.timeline.changes import Change
    from rag.timeline.conflicts import Conflict
    from rag.timeline.figures import Figure
    from rag.timeline.said import Statement
    from rag.timeline.timeline import Timeline

_HOMES = {
    "Answer": "rag.answer",
    "AnswerFinished": "rag.events",
    "Change": "rag.timeline.changes",
    "Citation": "rag.checking.citation",
    "CitationAdded": "rag.events",
    "Conflict": "rag.timeline.conflicts",
    "Conversation": "rag.conversation",
    "DraftReport": "rag.drafts.report",
    "Event": "rag.events",
    "Figure": "rag.timeline.figures",
    "Hit": "rag.finding.hit",
    "HitsFound": "rag.events",
    "Newsroom": "rag.newsroom",
    "Refusal": "rag.answer",
    "Sentence": "rag.checking.citation",
    "SentenceVerified": "rag.events",
    "Settings": "rag.settings",
    "Sources": "rag.finding.sources",
    "Statement": "rag.timeline.said",
    "Timeline": "rag.timeline.timeline",
    "Token": "rag.events",
    "Turn": "rag.conversation",
    "Usage": "rag.answer",
    "load_settings": "rag.settings",
    "open": "rag.newsroom",
}

__all__ = [
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


def __getattr__(name: str) -> Any:
    # Imported when first used: the command line must answer '--help' before FAISS is loaded.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
