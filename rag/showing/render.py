"""The parts of an answer in words, as JSON, as Markdown and as HTML."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import date

from corpus.article import Article
from rag.checking.citation import Citation, Sentence
from rag.finding.hit import Hit
from rag.finding.sources import Report, Sources
from rag.showing.markdown import escaped, link

_NO_SOURCES = Sources()


def byline(article: Article) -> str:
    """'Khaleej Times, 2024-09-17, “Title”'."""
    return f"{article.outlet_name}, {article.date_label}, “{article.title}”"


def as_text(text: str, citations: Sequence[Citation], sources: Sources = _NO_SOURCES) -> str:
    """The text, then the numbered sources, each with its quote, and what they amount to."""
    lines = [text, "", "Sources"]
    for citation in citations:
        lines += _source(citation, f"[{citation.marker}]")
    if not sources.is_plain:
        lines += ["", str(sources)]
    return "\n".join(lines)


def refusal_as_text(message: str, nearest: Sequence[Citation]) -> str:
    """Why there is no answer, then what comes nearest to one."""
    if not nearest:
        return message
    lines = [message, "", "Nearest, though no answer"]
    for citation in nearest:
        lines += _source(citation, "-")
    return "\n".join(lines)


def _source(citation: Citation, mark: str) -> list[str]:
    """Byline and quote, and which days the quote's relative ones are."""
    lines = [f"  {mark} {byline(citation.article)}"]
    days = "".join(f" ({day})" for day in citation.days)
    lines.append(f"      “{_one_line(citation.quote)}”{days}")
    return lines


def as_markdown(
    sentences: Sequence[Sentence],
    citations: Sequence[Citation],
    sources: Sources = _NO_SOURCES,
    preface: str = "",
) -> str:
    """The answer with its sources as footnotes, ready to paste into a draft.

    Every word from an article or a model stands there as it is: none of it can open a link, an
    image, a heading or a tag of its own.
    """
    body = markdown_body(sentences, sources, preface)
    return f"{body}\n\n{markdown_notes(citations)}"


def markdown_body(
    sentences: Sequence[Sentence], sources: Sources = _NO_SOURCES, preface: str = ""
) -> str:
    """The sentences with the marks of their footnotes, and what the sources amount to."""
    body = " ".join(
        escaped(sentence.worded)
        + "".join(f"[^{citation.marker}]" for citation in sentence.citations)
        for sentence in sentences
    )
    if preface:
        body = f"{escaped(preface)}\n\n{body}"
    if not sources.is_plain:
        body += f"\n\n{escaped(str(sources))}"
    return body


def markdown_notes(citations: Sequence[Citation]) -> str:
    """The footnotes, one a line."""
    return "".join(f"[^{citation.marker}]: {_footnote(citation)}\n" for citation in citations)


def _footnote(citation: Citation) -> str:
    article = citation.article
    days = "".join(f" ({escaped(str(day))})" for day in citation.days)
    return (
        f"{escaped(article.outlet_name)}, {article.date_label}, "
        f"{link(article.title, article.url)}: “{escaped(citation.quote)}”{days}"
    )


def refusal_as_markdown(message: str, nearest: Sequence[Citation] = ()) -> str:
    """Why there is no answer, then what comes nearest to one."""
    lines = [f"> **No answer.** {escaped(message)}"]
    if nearest:
        lines += ["", "Nearest, though no answer:", ""]
        lines += [f"- {_footnote(citation)}" for citation in nearest]
    return "\n".join(lines) + "\n"


def as_html(text: str, citations: Sequence[Citation], sources: Sources = _NO_SOURCES) -> str:
    """A fragment for notebooks. Every word from an article, a model or a user is escaped."""
    items = "".join(
        f'<li value="{citation.marker}">{html.escape(byline(citation.article))}'
        f"<blockquote>{html.escape(citation.quote)}</blockquote></li>"
        for citation in citations
    )
    counted = "" if sources.is_plain else f"<p>{html.escape(str(sources))}</p>"
    return f"<p>{html.escape(text)}</p><ol>{items}</ol>{counted}"


def sentence_dict(sentence: Sentence) -> dict[str, object]:
    """A sentence with its citations; only what JSON has."""
    return {
        "text": sentence.text,
        "verdict": sentence.verdict,
        "support": round(sentence.support, 4),
        "speaker": sentence.speaker,
        "as_of": sentence.as_of,
        "citations": [citation_dict(citation) for citation in sentence.citations],
    }


def citation_dict(citation: Citation) -> dict[str, object]:
    """A span and its article; only what JSON has."""
    return {
        "marker": citation.marker,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "days": [{"phrase": day.phrase, "day": day.day} for day in citation.days],
        "article": article_dict(citation.article),
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
        "also_in": list(hit.also_in),
    }


def sources_dict(sources: Sources) -> dict[str, object]:
    """Outlets and reports, counted; only what JSON has."""
    return {
        "counted": str(sources),
        "outlets": list(sources.outlets),
        "originals": list(sources.originals),
        "reports": [_report_dict(report) for report in sources.reports],
    }


def _report_dict(report: Report) -> dict[str, object]:
    return {
        "group": report.group,
        "original": report.original,
        "why": report.why,
        "outlets": list(report.outlets),
        "cited": list(report.cited),
        "copies": [article.id for article in report.articles],
        "withdrawn": [article.id for article in report.withdrawn],
    }


def article_dict(article: Article) -> dict[str, object]:
    """What names an article, without its text; only what JSON has."""
    return {
        "id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "published": _day(article.published),
        "dated_by": article.dated_by,
        "certainty": article.certainty,
        "updated": _day(article.updated),
        "withdrawn": _day(article.withdrawn),
        "url": article.url,
        "source": article.source,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _one_line(text: str) -> str:
    return " ".join(text.split())
