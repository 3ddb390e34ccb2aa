"""What the page says about the library that is open, and which questions it offers."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.article import Article
from corpus.samples import sample_paths
from embeddings.milvus.address import is_milvus
from page.drawing.markup import count, long_date, plain, shortened

if TYPE_CHECKING:
    from rag.newsroom import Newsroom

EXAMPLES = 4

# Answered by the sample articles, but for the last, which shows a refusal.
SAMPLE_QUESTIONS = (
    "What did Al Ansari say about the prospects of a deal?",
    "What did Ansari tell reporters about the talks in March 2024?",
    "How many people had been killed in Gaza, and by whose count?",
    "Who won the 2022 World Cup?",
)


def masthead(newsroom: Newsroom) -> str:
    """The name and, pinned beside it, what is in the library."""
    return (
        '<div class="dl-masthead"><h1>Dateline</h1>'
        f'<p class="dl-holdings">{holdings(newsroom)}</p></div>'
    )


def holdings(newsroom: Newsroom) -> str:
    """'14 articles · 1 outlet · 4 December 2023 to 17 September 2024'; HTML."""
    stats = newsroom.library.stats()
    if not stats.articles:
        return "No articles yet"
    facts = [count(stats.articles, "article")]
    if stats.outlets:
        facts.append(count(stats.outlets, "outlet"))
    if stats.first and stats.last:
        first, last = long_date(stats.first), long_date(stats.last)
        facts.append(first if first == last else f"{first} to {last}")
    if stats.undated:
        facts.append(f"{stats.undated:,} undated")
    return plain(" · ".join(facts))


def name_of(newsroom: Newsroom) -> str:
    """What the open library is called: its folder, or its `milvus:` URI; plain text."""
    return short_name(str(newsroom.library.path))


def short_name(address: str) -> str:
    """A folder's last part, or a `milvus:` URI as it is."""
    return address if is_milvus(address) else Path(address).name or address


def welcome(newsroom: Newsroom) -> str:
    """What an empty chat says."""
    stats = newsroom.library.stats()
    if not stats.articles:
        return (
            '<div class="dl-welcome"><h2>This library is empty</h2>'
            "<p>Put articles in on the tab Library: files, or whole folders.</p></div>"
        )
    return (
        f'<div class="dl-welcome"><h2>Ask {count(stats.articles, "article")}</h2>'
        "<p>Each sentence of an answer carries the words of a named, dated article. "
        "What the articles do not say, Dateline does not say.</p></div>"
    )


def example_questions(newsroom: Newsroom) -> tuple[str, ...]:
    """Questions that the open library can be asked."""
    if holds_samples(newsroom):
        return SAMPLE_QUESTIONS
    articles = islice(newsroom.library.articles(), 200)
    titles = dict.fromkeys(shortened(article.title, 70) for article in articles if article.title)
    return tuple(f"What is behind “{title}”?" for title in islice(titles, EXAMPLES))


def holds_samples(newsroom: Newsroom) -> bool:
    """Whether the sample articles are in the open library."""
    return any(_is_sample(article) for article in islice(newsroom.library.articles(), 200))


def _is_sample(article: Article) -> bool:
    return article.source.startswith(str(sample_paths()))
