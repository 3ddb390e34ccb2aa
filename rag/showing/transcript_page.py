"""A conversation as one HTML page that needs nothing else, and that nothing in it can change.

Every word of articles, models and readers is escaped. No script, no font and no picture is
loaded, and a policy in the page's head forbids them. A verdict is told by a sign and a word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

from rag.checking.citation import Citation, Sentence, Verdict
from rag.showing.csl import web_address
from rag.showing.transcript import Exchange, Transcript

VERDICT_SIGNS: Mapping[Verdict, str] = {
    "quote": "❝ quoted",
    "supported": "✓ supported",
    "partly": "◐ partly supported",
}
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
:root { color-scheme: light dark; --ink: #1b1d21; --soft: #5b616b; --rule: #d9d5cc;
  --paper: #fcfbf8; --accent: #1f4f8f; }
@media (prefers-color-scheme: dark) { :root { --ink: #e9e7e2; --soft: #a8abb1; --rule: #3a3d43;
  --paper: #16181b; --accent: #8fb8f0; } }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.6 "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif; }
main { max-width: 44rem; margin: 0 auto; padding: 2rem 1rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; } h2 { font-size: 1.1rem; margin: 2.5rem 0 .5rem; }
a { color: var(--accent); } .soft, cite { color: var(--soft); font-size: .875rem; }
.verdict { color: var(--soft); font-size: .8rem; white-space: nowrap; }
.short { font-weight: 600; font-size: 1.1rem; }
blockquote { margin: .5rem 0; padding-inline-start: 1rem;
  border-inline-start: 3px solid var(--rule); }
.refused { border: 1px solid var(--rule); border-radius: 4px; padding: .5rem 1rem; }
.sources { border-top: 1px solid var(--rule); margin-top: 3rem; }
.sources li { margin: .75rem 0; } :target { outline: 2px solid var(--accent); }
@media print { body { background: none; } a { color: inherit; } h2 { break-after: avoid; } }
"""


def transcript_page(transcript: Transcript) -> str:
    """The whole page, to be written to one file."""
    return str(
        Markup(
            "<!DOCTYPE html>\n"
            '<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            '<meta name="referrer" content="no-referrer">\n'
            "<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n"
            '<header>\n<h1 dir="auto">{title}</h1>\n<p class="soft">{facts}</p>\n</header>\n'
            "{body}\n{sources}\n</main>\n</body>\n</html>\n"
        ).format(
            policy=Markup(_POLICY),
            title=transcript.title,
            style=Markup(_STYLE),
            facts=_facts(transcript),
            body=Markup("\n").join(
                _exchange(number, one) for number, one in enumerate(transcript.exchanges, start=1)
            ),
            sources=_sources(transcript.citations),
        )
    )


def _facts(transcript: Transcript) -> str:
    begun = f"asked from {transcript.begun:%Y-%m-%d} on" if transcript.begun else ""
    facts = [transcript.library, begun, f"exported {transcript.exported.isoformat()}"]
    return " · ".join(filter(None, facts))


def _exchange(number: int, exchange: Exchange) -> Markup:
    answer = exchange.answer
    asked = [f"as of {exchange.as_of}" if exchange.as_of else ""]
    asked.append(f"understood as: {exchange.asked_as}" if exchange.asked_as else "")
    parts = [Markup('<h2 dir="auto">{}. {}</h2>').format(number, exchange.question)]
    parts += [_soft(" · ".join(filter(None, asked)))] if any(asked) else []
    if answer.refusal:
        nearest = Markup("").join(_near(one) for one in answer.refusal.nearest)
        parts.append(
            Markup('<div class="refused"><p><b>No answer.</b> {}</p><ul>{}</ul></div>').format(
                answer.refusal.message, nearest
            )
        )
    else:
        parts += _told(exchange)
    if exchange.judged:
        note = f": {exchange.note}" if exchange.note else ""
        parts.append(_soft(f"Judged {exchange.judged} by the reader{note}"))
    return Markup("<section>\n{}\n</section>").format(Markup("\n").join(parts))


def _told(exchange: Exchange) -> list[Markup]:
    answer = exchange.answer
    parts = []
    if answer.preface:
        parts.append(Markup('<p dir="auto">{}</p>').format(answer.preface))
    if exchange.short:
        parts.append(Markup('<p class="short" dir="auto">{}</p>').format(exchange.short))
    parts += [_sentence(sentence) for sentence in answer.sentences]
    if not answer.sources.is_plain:
        parts.append(_soft(str(answer.sources)))
    return parts


def _sentence(sentence: Sentence) -> Markup:
    markers = Markup("").join(
        Markup('<a href="#s{0}">[{0}]</a>').format(one.marker) for one in sentence.citations
    )
    told = Markup('<p dir="auto">{} {} <span class="verdict">{}</span></p>').format(
        sentence.worded, markers, VERDICT_SIGNS.get(sentence.verdict, "")
    )
    if sentence.verdict != "quote":
        return told
    return Markup("<blockquote>{}</blockquote>").format(told)


def _sources(citations: Sequence[Citation]) -> Markup:
    if not citations:
        return Markup("")
    items = Markup("\n").join(
        Markup(
            '<li id="s{marker}" value="{marker}">{source}<blockquote dir="auto">{quote}{days}'
            "</blockquote></li>"
        ).format(marker=one.marker, source=_source(one), quote=one.quote, days=_days(one))
        for one in citations
    )
    return Markup(
        '<section class="sources">\n<h2>Sources</h2>\n<ol>\n{}\n</ol>\n</section>'
    ).format(items)


def _near(citation: Citation) -> Markup:
    return Markup('<li>{}<blockquote dir="auto">{}</blockquote></li>').format(
        _source(citation), citation.quote
    )


def _source(citation: Citation) -> Markup:
    """Outlet, day and headline; the headline leads to the article where that is on the web."""
    article = citation.article
    address = web_address(article)
    headline = (
        Markup('<a href="{}" rel="noreferrer nofollow">{}</a>').format(address, article.title)
        if address
        else escape(article.title)
    )
    return Markup("<cite>{}, {}, “{}”</cite>").format(
        article.outlet_name, article.date_label, headline
    )


def _days(citation: Citation) -> str:
    return "".join(f" ({day})" for day in citation.days)


def _soft(words: str) -> Markup:
    return Markup('<p class="soft" dir="auto">{}</p>').format(words)
