"""The parts of an answer in words, as JSON, as Markdown and as HTML."""

from __future__ import annotations

import html
from collections.abc import Sequence

from corpus.article import Article
from rag.citation import Citation, Sentence
from rag.hit import Hit


def byline(article: Article) -> str:
    """'Khaleej Times, 2024-09-17, “Title”'."""
    return f"{article.outlet_name}, {article.date_label}, “{article.title}”"


def as_text(text: str, citations: Sequence[Citation]) -> str:
    """The text, then the numbered sources, each with its quote."""
    lines = [text, "", "Sources"]
    for citation in citations:
        lines.append(f"  [{citation.marker}] {byline(citation.article)}")
        lines.append(f"      “{_one_line(citation.quote)}”")
    return "\n".join(lines)


def refusal_as_text(message: str, hits: Sequence[Hit], most: int = 3) -> str:
    """Why there is no answer, then the nearest articles."""
    nearest = list({hit.article.id: hit.article for hit in hits}.values())[:most]
    if not nearest:
        return message
    return "\n".join(
        [message, "", "Nearest articles", *(f"  - {byline(article)}" for article in nearest)]
    )


def as_markdown(sentences: Sequence[Sentence], citations: Sequence[Citation]) -> str:
    """The answer with its sources as footnotes, ready to paste into a draft."""
    body = " ".join(
        sentence.worded + "".join(f"[^{citation.marker}]" for citation in sentence.citations)
        for sentence in sentences
    )
    notes = []
    for citation in citations:
        article = citation.article
        title = f"[{article.title}]({article.url})" if article.url else f"“{article.title}”"
        notes.append(
            f"[^{citation.marker}]: {article.outlet_name}, {article.date_label}, {title}: "
            f"“{_one_line(citation.quote)}”"
        )
    return f"{body}\n\n" + "\n".join(notes) + "\n"


def as_html(text: str, citations: Sequence[Citation]) -> str:
    """A fragment for notebooks. Every word from an article, a model or a user is escaped."""
    sources = "".join(
        f'<li value="{citation.marker}">{html.escape(byline(citation.article))}'
        f"<blockquote>{html.escape(citation.quote)}</blockquote></li>"
        for citation in citations
    )
    return f"<p>{html.escape(text)}</p><ol>{sources}</ol>"


def sentence_dict(sentence: Sentence) -> dict[str, object]:
    """A sentence with its citations; only what JSON has."""
    return {
        "text": sentence.text,
        "verdict": sentence.verdict,
        "support": round(sentence.support, 4),
        "speaker": sentence.speaker,
        "as_of": sentence.as_of,
        "citations": [
            {
                "marker": citation.marker,
                "quote": citation.quote,
                "start": citation.start,
                "end": citation.end,
                "article": article_dict(citation.article),
            }
            for citation in sentence.citations
        ],
    }


def hit_dict(hit: Hit) -> dict[str, object]:
    """A hit with its passage's words; only what JSON has."""
    return {
        "rank": hit.rank,
        "score": round(hit.score, 6),
        "passage": hit.passage.id,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "text": hit.text,
        "article": article_dict(hit.article),
    }


def article_dict(article: Article) -> dict[str, object]:
    """What names an article, without its text; only what JSON has."""
    return {
        "id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "published": article.published.isoformat() if article.published else None,
        "dated_by": article.dated_by,
        "url": article.url,
        "source": article.source,
    }


def _one_line(text: str) -> str:
    return " ".join(text.split())
