"""Cited articles as BibTeX entries, which LaTeX reads.

Each entry has the fields of classic BibTeX (`journal`, `year`, `month`) and the whole day in
`date`, which biblatex reads in their place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

from corpus.article import Article
from rag.checking.citation import Citation
from rag.showing.csl import citation_key, note_of, web_address
from rag.showing.transcript import cited_articles

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""BibTeX's own names of the months, which a style prints in its language."""

# BibTeX counts braces whether or not a backslash is before them, so each is written by a name.
_NAMED = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{mark: f"\\{mark}" for mark in "&%$#_"},
}
_ACTIVE = re.compile(r"[\\{}~^&%$#_]")
_KEPT_IN_URLS = "/:?#@!$&'*+,;=%~-._[]()"


def bibtex(citations: Sequence[Citation]) -> str:
    """One entry for each cited article, in the order of the first number; UTF-8 text."""
    return "\n".join(_entry(article, markers) for article, markers in cited_articles(citations))


def in_latex(text: str) -> str:
    """The text in one line, every character of it shown as it is and none of it obeyed."""
    return _ACTIVE.sub(lambda found: _NAMED[found[0]], " ".join(text.split()))


def _entry(article: Article, markers: Sequence[int]) -> str:
    # Braces around the whole title keep its capitals as they are.
    fields = {"title": f"{{{in_latex(article.title)}}}"}
    if article.outlet:
        fields["journal"] = in_latex(article.outlet)
    if article.published:
        fields["date"] = article.published.isoformat()
        fields["year"] = str(article.published.year)
    if address := web_address(article):
        fields["url"] = quote(address, safe=_KEPT_IN_URLS)
    fields["note"] = in_latex(note_of(article, markers))
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    if article.published:
        lines.insert(-1, f"  month = {_MONTHS[article.published.month - 1]},")
    kind = "article" if article.kind == "news" else "misc"
    return f"@{kind}{{{citation_key(article)},\n" + "\n".join(lines) + "\n}\n"
