"""The evidence panel: a card for each hit, with the cited words marked in their passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.article import Article, Passage
from page.conversation.turn import Conversation, Turn
from page.drawing.cited import read_link
from page.drawing.markup import count, plain, shortened, time_tag
from page.drawing.places import Place
from rag.checking.citation import Citation
from rag.finding.hit import Hit
from rag.finding.sources import listed

_UNTIL_THEN = {"waiting": "Waiting…", "searching": "Searching…"}
"""What stands in the panel while there can be no passage yet, by the turn's phase."""

NOTHING_YET = (
    '<div class="dl-panel dl-panel-empty"><h2>Evidence</h2>'
    "<p>The passages that an answer stands on appear here, before its first word. "
    "The words that it cites are marked in them.</p></div>"
)


@dataclass(frozen=True, slots=True)
class Card:
    """One passage on the panel.

    Attributes:
        rank: of the hit; None for a cited passage that is not among the hits.
        citations: those whose words stand in it, by marker.
        also_in: the other outlets that carry a copy of the article.
    """

    passage: Passage
    article: Article
    rank: int | None
    citations: tuple[Citation, ...]
    also_in: tuple[str, ...] = ()


def mark_id(turn: int, marker: int) -> str:
    """The id of a citation's words on the panel."""
    return f"e{turn}-{marker}"


def card_id(turn: int, passage: Passage) -> str:
    """The id of a passage's card on the panel."""
    return f"e{turn}-p-{passage.article_id}-{passage.ordinal}"


def sentence_id(turn: int, marker: int) -> str:
    """The id of a marker in the answer: where its number on the panel leads back to."""
    return f"a{turn}-{marker}"


def cards(hits: Sequence[Hit], citations: Sequence[Citation]) -> tuple[list[Card], list[Card]]:
    """The cited cards by first marker, and the others by rank.

    Every citation has a card, also when its passage is not among the hits.
    """
    by_passage: dict[str, dict[int, Citation]] = {}
    for citation in citations:
        by_passage.setdefault(citation.passage.id, {})[citation.marker] = citation
    ranks = {hit.passage.id: hit.rank for hit in hits}
    copies = {hit.article.id: hit.also_in for hit in hits}
    cited = []
    for passage_id, of_passage in by_passage.items():
        ordered = tuple(of_passage[marker] for marker in sorted(of_passage))
        first = ordered[0]
        also_in = copies.get(first.article.id, ())
        cited.append(Card(first.passage, first.article, ranks.get(passage_id), ordered, also_in))
    cited.sort(key=lambda card: card.citations[0].marker)
    also = [
        Card(hit.passage, hit.article, hit.rank, (), hit.also_in)
        for hit in hits
        if hit.passage.id not in by_passage
    ]
    return cited, also


def marked(card: Card, turn: int) -> str:
    """The passage's text with the cited words in `<mark>`, each with its number.

    Citations may overlap: the text is cut at every start and end, so that each mark holds
    exactly the characters that some citation quotes.
    """
    citations = card.citations
    start = min([card.passage.start, *(c.start for c in citations)])
    end = max([card.passage.end, *(c.end for c in citations)])
    cuts = sorted({start, end, *(c.start for c in citations), *(c.end for c in citations)})
    parts = []
    for left, right in pairwise(cuts):
        words = plain(card.article.text[left:right])
        covering = [c for c in citations if c.start <= left and right <= c.end]
        if covering:
            words = f'<mark class="dl-mark">{words}</mark>'
        for citation in covering:
            if citation.start == left:
                anchor = mark_id(turn, citation.marker)
                words = f'<span class="dl-at" id="{anchor}" tabindex="-1">{words}</span>'
        parts.append(words)
        parts += [_number(c, turn) for c in covering if c.end == right]
    return "".join(parts)


def _number(citation: Citation, turn: int) -> str:
    back = sentence_id(turn, citation.marker)
    return f'<a class="dl-number" href="#{back}" title="Back to the answer">{citation.marker}</a>'


def card_html(card: Card, turn: int) -> str:
    """One card: outlet, date, rank, headline, the outlets of its copies, passage."""
    article = card.article
    rank = f'<span class="dl-rank">rank {card.rank}</span>' if card.rank is not None else ""
    kind = "dl-card dl-cited" if card.citations else "dl-card"
    return (
        f'<article class="{kind}" id="{card_id(turn, card.passage)}" tabindex="-1">'
        f'<p class="dl-byline"><span class="dl-outlet">{plain(article.outlet_name)}</span>'
        f"{time_tag(article)}{rank}</p>"
        f'<h3 class="dl-headline" dir="auto">{_headline(card)}</h3>{_copies(card.also_in)}'
        f'<p class="dl-passage" dir="auto">{marked(card, turn)}</p></article>'
    )


def _headline(card: Card) -> str:
    """The title, which opens the article at the first cited words, else where the passage is."""
    if card.citations:
        place = Place.of(card.citations[0])
    else:
        place = Place.in_article(card.article, card.passage.start, card.passage.end)
    return read_link(place, card.article.title)


def _copies(outlets: Sequence[str]) -> str:
    if not outlets:
        return ""
    names = plain(listed([shortened(name, 60) for name in outlets]))
    return f'<p class="dl-copies">also in: {names}</p>'


def turn_html(turn: Turn) -> str:
    """The evidence of one turn: cited cards first, the others under 'Also read'."""
    cited, also = cards(turn.hits, turn.citations)
    parts = [card_html(card, turn.number) for card in cited]
    others = "".join(card_html(card, turn.number) for card in also)
    if cited and also:
        parts.append(
            f'<details class="dl-also"><summary>Also read <span class="dl-count">'
            f"{count(len(also), 'passage')}</span></summary>{others}</details>"
        )
    else:
        parts.append(others)
    if not turn.hits and not cited:
        words = _UNTIL_THEN.get(turn.phase, "No passage was found.")
        parts.append(f'<p class="dl-none">{words}</p>')
    return "".join(parts)


def panel_html(conversation: Conversation) -> str:
    """The whole panel: the last question's evidence, then that of earlier questions, folded.

    Earlier evidence stays on the page so that every marker in the conversation still leads to
    its card; the browser unfolds a `<details>` when a link leads into it.
    """
    if not conversation:
        return NOTHING_YET
    *earlier, last = conversation
    parts = [f'<div class="dl-panel"><h2>Evidence</h2>{_subject(last)}{turn_html(last)}']
    for turn in reversed(earlier):
        question = plain(shortened(turn.question, 80)) or "no question"
        parts.append(
            f'<details class="dl-earlier"><summary>Earlier: {question}</summary>'
            f"{turn_html(turn)}</details>"
        )
    return "".join([*parts, "</div>"])


def _subject(turn: Turn) -> str:
    cited = len({citation.passage.id for citation in turn.citations})
    if not turn.hits:
        return ""
    words = f"{count(len(turn.hits), 'passage')} read"
    if cited:
        words += f", {cited} cited"
    return f'<p class="dl-tally">{words}</p>'
