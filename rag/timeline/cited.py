"""A citation as the JSON of figures and statements has it: its words, and its article in brief."""

from __future__ import annotations

from rag.checking.citation import Citation


def brief_dict(citation: Citation) -> dict[str, object]:
    """The span and the head of its article; only what JSON has."""
    article = citation.article
    return {
        "marker": citation.marker,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "article": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "published": article.date_label,
    }
