"""Text into HTML: everything that an article, a model or a reader wrote goes through `plain`.

Gradio parses a message as Markdown first. Inside a block of HTML it leaves the text alone, and
that block ends at the first blank line; so `plain` lets no line break through.
"""

from __future__ import annotations

import html
import re
from datetime import date

from corpus.article import Article
from corpus.masking import without_secrets

# Bidirectional embeddings, overrides and isolates can make text read differently from what it
# says (CVE-2021-42574); tag characters (U+E0000 to U+E007F) are invisible and carry hidden words.
_DECEPTIVE = re.compile("[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SPACE = re.compile(r"\s+")
_OPENING, _CLOSING = '“"«„', '”"»'
_UNIT = re.compile(r"(?<=\d) (?=(?:%|s|points|tokens)(?!\w))")


def plain(text: str) -> str:
    """Escaped text in one line, safe in an element and in a quoted attribute."""
    return html.escape(visible(text), quote=True)


def visible(text: str) -> str:
    """Text in one line that reads as it is written; for what escapes it itself."""
    return _SPACE.sub(" ", _CONTROL.sub("", _DECEPTIVE.sub("", text)))


def unbroken(text: str) -> str:
    """As `plain`, with every number and its unit on one line."""
    return _UNIT.sub("&nbsp;", plain(text))


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters, cut at a word where there is one; not yet escaped."""
    text = _SPACE.sub(" ", text).strip()
    if len(text) <= limit:
        return text
    cut = text[:limit]
    return (cut.rsplit(" ", 1)[0] or cut).rstrip(" ,.;:") + "…"


def count(number: int, noun: str) -> str:
    """'1 passage', '6 passages'."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def long_date(day: date) -> str:
    """'4 December 2023'."""
    return f"{day.day} {day:%B %Y}"


def day_of(article: Article) -> str:
    """The day of publication in words, or 'undated'; plain text."""
    return long_date(article.published) if article.published else "undated"


def age_of(article: Article, seen_from: date) -> str:
    """'12 days old', seen from the reader's day; '' for what is undated or later than that day."""
    if article.published is None:
        return ""
    days = (seen_from - article.published).days
    if days < 0:
        return ""
    if days < 1:
        return "of the same day"
    if days < 61:
        return f"{count(days, 'day')} old"
    months = (seen_from.year - article.published.year) * 12 + seen_from.month
    months -= article.published.month + (seen_from.day < article.published.day)
    return f"{count(months, 'month')} old" if months < 24 else f"{count(months // 12, 'year')} old"


def in_quotes(text: str) -> str:
    """The text in quotation marks, unless it has some at both ends already."""
    has_own = len(text) > 1 and text[0] in _OPENING and text[-1] in _CLOSING
    return text if has_own else f"“{text}”"


def lines_of(text: str) -> str:
    """The lines of an error as HTML, escaped, without the secrets of an address."""
    lines = without_secrets(text).splitlines()
    return "<br>".join(plain(line) for line in lines if line.strip())


def time_tag(article: Article) -> str:
    """The day of publication as a `<time>`, with the rule that found it."""
    if article.published is None:
        return '<span class="dl-day">undated</span>'
    rule = plain(f"{article.date_label}, found by the rule ‘{article.dated_by}’")
    return (
        f'<time class="dl-day" datetime="{article.date_label}" title="{rule}">'
        f"{day_of(article)}</time>"
    )
