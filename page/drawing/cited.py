"""A marker: '[1]' as a link to its words, and a note with its source that opens beside it.

The note is shown when the marker is pointed at or has the focus. Gradio's sanitiser takes `aria-`
attributes away, so the link's own text says the source to those who hear the page.
"""

from __future__ import annotations

from datetime import date

from page.drawing.markup import age_of, day_of, in_quotes, plain, shortened
from page.drawing.places import Place
from rag.checking.citation import Citation

QUOTE_SHOWN = 320  # characters


def marker_html(citation: Citation, seen_from: date, anchor: str = "") -> str:
    """A marker with its note.

    Args:
        citation: what it stands for.
        seen_from: the reader's day, from which the age of the article is told.
        anchor: the id of the marker, for links that lead back to it; '' for none.
    """
    article = citation.article
    source = f"{article.outlet_name}, {day_of(article)}"
    name = f' id="{anchor}"' if anchor else ""
    return (
        f'<span class="dl-ref"><a class="dl-marker"{name} href="#{Place.of(citation)}">'
        f'[{citation.marker}]<span class="dl-unseen"> {plain(source)}</span></a>'
        f"{note_html(citation, seen_from)}</span>"
    )


def note_html(citation: Citation, seen_from: date, told: str = "") -> str:
    """The note: outlet, date, age, headline, quote, and what its relative days are.

    Args:
        told: what is said above all that, such as the figure of a plot's point.
    """
    first = f'<span class="dl-tip-told">{plain(told)}</span>' if told else ""
    article = citation.article
    facts = [day_of(article), age_of(article, seen_from)]
    days = "".join(f" ({day})" for day in citation.days)
    return (
        '<span class="dl-tip" role="tooltip">'
        f'{first}<span class="dl-tip-source">'
        f"<b>{plain(article.outlet_name)}</b> {plain(' · '.join(filter(None, facts)))}</span>"
        f'<span class="dl-tip-title" dir="auto">{plain(shortened(article.title, 120))}</span>'
        f'<q dir="auto">{plain(_bare(shortened(citation.quote, QUOTE_SHOWN)))}</q>{plain(days)}'
        '<span class="dl-tip-hint">Opens the article at these words</span></span>'
    )


def _bare(quote: str) -> str:
    """The quote without marks of its own at both ends: `<q>` sets some."""
    return quote[1:-1] if in_quotes(quote) == quote else quote


def read_link(place: Place, words: str, kind: str = "dl-open") -> str:
    """Words, not yet escaped, as a link that opens the reader view."""
    return f'<a class="{kind}" href="#{place}">{plain(words)}</a>'
