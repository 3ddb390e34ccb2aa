"""The reader view: an article at the cited words, its copies, and what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.article import Article
from corpus.dates import RULES
from corpus.errors import DatelineError, NotInLibrary
from corpus.metadata import DAY_UNKNOWN
from embeddings.protocol import LibraryLike
from embeddings.store.history import Change
from page.drawing.cited import read_link
from page.drawing.markup import count, day_of, lines_of, long_date, plain, time_tag
from page.drawing.places import Place
from rag.showing.article_view import ArticleView

MOST_SHOWN = 60_000
"""Characters of one article that are drawn: thirty pages. What is longer is shown around the words,
because the browser lays out all of it at once."""
_FROM_THE_RIGHT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "ug", "ur", "yi"}
)
"""Languages that are written from right to left: those that CLDR's scripts list as such, as far as
news is published in them."""
_PARAGRAPH = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Shown:
    """What the reader view shows of an article.

    Attributes:
        view: the article with all that the library knows of it.
        version: the version whose words are shown: the newest that has the cited words, else the
            newest.
        place: the cited words in it; None where none are cited, or no version has them.
        is_lost: whether words were cited that no version has.
    """

    view: ArticleView
    version: Article
    place: Place | None
    is_lost: bool = False

    @property
    def is_earlier(self) -> bool:
        """Whether the cited words are of a version that was replaced."""
        return self.version is not self.view.article


def shown_at(library: LibraryLike, place: Place) -> Shown:
    """What to show for a place.

    Raises:
        NotInLibrary: there is no such article.
    """
    view = ArticleView.of(library, place.article_id)
    if not place.digest:
        return Shown(view, view.article, None)
    for version in (view.article, *reversed(view.versions)):
        if place.stands_in(version):
            return Shown(view, version, place)
    return Shown(view, view.article, None, is_lost=True)


def reader_html(library: LibraryLike, link: str) -> str:
    """The reader view that a link opens; '' where it opens none, so that the view closes."""
    place = Place.read(link)
    if place is None:
        return ""
    try:
        shown = shown_at(library, place)
    except NotInLibrary:
        return _page(
            '<h2 id="dl-reader-title" tabindex="-1">No longer in the library</h2>'
            "<p>This article was removed after it was found, or another library was opened.</p>"
        )
    except DatelineError as error:
        return _page(
            '<h2 id="dl-reader-title" tabindex="-1">This article cannot be shown</h2>'
            f"<p>{lines_of(str(error))}</p>"
        )
    return _page(
        f"{_head(shown)}{_notices(shown)}"
        f'<div class="dl-reader-text">{_text(shown.version, shown.place)}</div>'
        f"{_copies(shown.view)}{_changes(shown.view.changes)}{_origin(shown.view.article)}"
    )


def direction(article: Article) -> str:
    """Where an article's lines begin: 'rtl' in a language of the right, else by their letters.

    The letters tell where the language is not stated; where it is, a paragraph that begins with a
    name in other letters still begins on its own side.
    """
    language = article.language.lower().replace("_", "-").partition("-")[0]
    return "rtl" if language in _FROM_THE_RIGHT else "auto"


def _page(inner: str) -> str:
    return (
        '<div class="dl-reader" role="region"><p class="dl-reader-bar">'
        '<a class="dl-close" href="#close">Close the article</a> <kbd>Esc</kbd></p>'
        f"{inner}</div>"
    )


def _head(shown: Shown) -> str:
    article = shown.version
    rule = RULES.get(article.dated_by, "a rule of another version of Dateline")
    dated = f"{article.certainty}: {rule}" if article.published else "no rule found a day"
    updated = f" · updated {long_date(article.updated)}" if article.updated else ""
    return (
        f'<p class="dl-byline"><span class="dl-outlet">{plain(article.outlet_name)}</span>'
        f"{time_tag(article)}{plain(updated)}</p>"
        f'<h2 id="dl-reader-title" tabindex="-1" dir="{direction(article)}">'
        f"{plain(article.title)}</h2>"
        f'<p class="dl-reader-dated">Dated by ‘{plain(article.dated_by)}’ ({plain(dated)})</p>'
    )


def _notices(shown: Shown) -> str:
    """What a reader must know before quoting from it."""
    told = []
    article = shown.view.article
    if article.withdrawn:
        day = (
            "on a day that nothing names"
            if article.withdrawn == DAY_UNKNOWN
            else f"on {long_date(article.withdrawn)}"
        )
        told.append(f"<b>Withdrawn</b> {day}: nothing is answered from it.")
    if shown.is_earlier:
        told.append(
            "<b>An earlier version.</b> The article was changed, and the words that were cited "
            f"stand so in this version alone. {read_link(Place(article.id), 'Read it as it is')}"
        )
    if shown.is_lost:
        told.append(
            "<b>The cited words are not there.</b> The article was changed after it was cited."
        )
    return "".join(f'<p class="dl-notice">{one}</p>' for one in told)


def _text(article: Article, place: Place | None) -> str:
    start, end = (place.start, place.end) if place else (0, 0)
    first = max(0, start - MOST_SHOWN // 2) if len(article.text) > MOST_SHOWN else 0
    last = min(len(article.text), first + MOST_SHOWN)
    parts = [_left_out(first, "before")]
    marked = False
    for found in _PARAGRAPH.finditer(article.text, first, last):
        words, marks = _paragraph(article.text, found.start(), found.end(), start, end, not marked)
        marked = marked or marks
        parts.append(f'<p dir="{direction(article)}">{words}</p>')
    parts.append(_left_out(len(article.text) - last, "after"))
    return "".join(parts)


def _paragraph(
    text: str, first: int, last: int, start: int, end: int, is_first: bool
) -> tuple[str, bool]:
    """One paragraph, with the part of the cited words that stands in it marked."""
    left, right = max(first, start), min(last, end)
    if left >= right:
        return plain(text[first:last]), False
    here = ' id="dl-here" tabindex="-1"' if is_first else ""
    return (
        f"{plain(text[first:left])}<mark{here}>{plain(text[left:right])}</mark>"
        f"{plain(text[right:last])}",
        True,
    )


def _left_out(characters: int, where: str) -> str:
    if not characters:
        return ""
    return f'<p class="dl-cut">{count(characters, "character")} {where} this are not drawn.</p>'


def _copies(view: ArticleView) -> str:
    others = [one for one in view.group.articles if one.id != view.article.id]
    if not others:
        return ""
    items = "".join(
        f"<li>{read_link(Place(one.id), one.title)} "
        f"<span>{plain(one.outlet_name)}, {day_of(one)}{_withdrawn(one)}</span></li>"
        for one in others
    )
    return (
        f'<section class="dl-reader-more"><h3>Copies of this report</h3>'
        f"<p>By {plain(view.group.original)} ({plain(view.group.why)}); copies count as one "
        f"source.</p><ul>{items}</ul></section>"
    )


def _withdrawn(article: Article) -> str:
    return ", withdrawn" if article.withdrawn else ""


def _changes(changes: Sequence[Change]) -> str:
    steps = [
        f"<li><h4>{_step(step, list(of_step))}"
        for step, of_step in groupby(changes, key=lambda one: one.step)
    ]
    if not steps:
        return ""
    return (
        '<section class="dl-reader-more"><h3>What was changed in it</h3>'
        f'<ol class="dl-steps">{"".join(steps)}</ol></section>'
    )


def _step(step: int, changes: Sequence[Change]) -> str:
    on = changes[0].on
    day = f", which states {long_date(on)}" if on else ""
    lines = "".join(line for one in changes for line in _lines(one))
    return f"Version {step} to {step + 1}{day}</h4><ul>{lines}</ul></li>"


def _lines(change: Change) -> Iterator[str]:
    if change.kind == "field":
        before, after = change.before or "nothing", change.after or "nothing"
        yield f"<li>{plain(f'{change.field}: {before} → {after}')}</li>"
        return
    if change.before:
        yield f'<li class="dl-gone"><span>− taken out:</span> {plain(change.before)}</li>'
    if change.after:
        yield f'<li class="dl-came"><span>+ put in:</span> {plain(change.after)}</li>'


def _origin(article: Article) -> str:
    """Where it was read from. An address is words here: nothing on this page leads to the web."""
    url = f"<dt>Address</dt><dd>{plain(article.url)}</dd>" if article.url else ""
    left_out = (
        f"<dt>Left out</dt><dd>{count(len(article.dropped), 'line')} of page furniture</dd>"
        if article.dropped
        else ""
    )
    return (
        f'<dl class="dl-origin"><dt>Read from</dt><dd>{plain(article.source)}</dd>{url}{left_out}'
        f"<dt>Id</dt><dd>{plain(article.id)}</dd></dl>"
    )
