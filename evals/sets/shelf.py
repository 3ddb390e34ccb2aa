"""Building the articles of a world from texts, and finding gold quotes in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from corpus.article import Article, identify
from corpus.headline import shorten
from corpus.sentences import sentence_spans


class Shelf:
    """Collects the articles of one world, each text once.

    A library leaves out an article whose text it has from another source, white space aside, so
    a target has to name the article that stays.

    Args:
        source: the file that they come from, and in a set of many worlds the world; without a
            slash. Article n is named 'source-n', and that is what a target calls it.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._by_text: dict[str, Article] = {}

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles, in the order in which their texts came."""
        return tuple(self._by_text.values())

    def put(
        self,
        text: str,
        title: str = "",
        *,
        outlet: str | None = None,
        published: date | None = None,
        url: str | None = None,
    ) -> Article | None:
        """The article that holds this text: a new one, or the one that had it first.

        Args:
            title: where it is empty, the start of the text.

        Returns:
            None for a text of nothing but white space.
        """
        flat = " ".join(text.split())
        if not flat:
            return None
        if flat not in self._by_text:
            source = f"{self._source}-{len(self._by_text) + 1}"
            self._by_text[flat] = Article(
                id=identify(source),
                title=" ".join(title.split()) or shorten(flat),
                outlet=outlet or None,
                published=published,
                dated_by="metadata" if published else "none",
                text=text,
                source=source,
                url=url,
            )
        return self._by_text[flat]

    def put_all(self, texts: Iterable[str]) -> tuple[Article, ...]:
        """The articles that hold these texts, each once; blank texts are passed over."""
        found = (self.put(text) for text in texts)
        return tuple({article.id: article for article in found if article}.values())


def names(articles: Iterable[Article]) -> tuple[str, ...]:
    """What `Target.articles` calls these articles, each once."""
    return tuple(dict.fromkeys(article.source for article in articles))


def sentences_over(text: str, start: int, end: int) -> str:
    """The sentence that holds `text[start:end]`, or the run of sentences where it crosses one."""
    held = [span for span in sentence_spans(text) if span[0] < end and span[1] > start]
    return text[held[0][0] : held[-1][1]] if held else ""


def sentence_with(text: str, forms: Sequence[str]) -> str:
    """The first sentence that holds one of these forms as whole words; '' where none does."""
    for form in forms:
        words = r"\s+".join(re.escape(word) for word in form.split())
        found = re.search(rf"(?<!\w){words}(?!\w)", text, re.IGNORECASE) if words else None
        if found:
            return sentences_over(text, *found.span())
    return ""


def verbatim(text: str, quote: str) -> str:
    """The quote as it stands in the text, whatever its white space; '' where it does not."""
    words = [re.escape(word) for word in quote.split()]
    found = re.search(r"\s+".join(words), text) if words else None
    return found[0] if found else ""


def accepted(forms: Iterable[str]) -> tuple[str, ...]:
    """Published answers as accepted forms: `distinct`, and none of them a pattern.

    Where an answer stands between slashes, as words in phonetic letters do, they are taken off,
    because `evals.metrics.text` reads a regular expression between them.
    """
    return distinct(form.strip("/ ") if form.strip().startswith("/") else form for form in forms)


def distinct(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts that are not empty, trimmed, each once, in order."""
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))
