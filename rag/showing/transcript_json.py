"""A conversation as JSON: each answer whole, as `Answer.to_dict` gives it, and the sources."""

from __future__ import annotations

from rag.showing.csl import csl_json
from rag.showing.transcript import Exchange, Transcript

FORM = "dateline-conversation"
VERSION = 1
"""Counted up when a field changes its meaning or goes."""


def transcript_dict(transcript: Transcript) -> dict[str, object]:
    """Only what JSON has."""
    return {
        "form": FORM,
        "version": VERSION,
        "title": transcript.title,
        "library": transcript.library,
        "begun": transcript.begun.isoformat() if transcript.begun else None,
        "exported": transcript.exported.isoformat(),
        "exchanges": [_exchange(exchange) for exchange in transcript.exchanges],
        "sources": csl_json(transcript.citations),
    }


def _exchange(exchange: Exchange) -> dict[str, object]:
    return {
        "question": exchange.question,
        "as_of": exchange.as_of or None,
        "asked_as": exchange.asked_as or exchange.question,
        "judged": exchange.judged or None,
        "note": exchange.note or None,
        "answer": exchange.answer.to_dict(),
    }
