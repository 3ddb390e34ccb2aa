"""A place in an article, as a link that opens the reader view there.

The link holds all that it takes: the article's id, the offsets of the words, and a few digits of
their digest, so that words which a later version has elsewhere, or no longer has, are told apart.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from corpus.article import Article
from rag.checking.citation import Citation

_PLACE = re.compile(r"read-([0-9a-f]{16})(?:-(\d{1,9})-(\d{1,9})-([0-9a-f]{8}))?")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader wants to look.

    Attributes:
        article_id: 16 hexadecimal digits.
        start, end: character offsets of the words; both 0 for the article's start.
        digest: of the words as they were cited; '' where none are.
    """

    article_id: str
    start: int = 0
    end: int = 0
    digest: str = ""

    @classmethod
    def of(cls, citation: Citation) -> Place:
        """Where the cited words stand."""
        return cls.in_article(citation.article, citation.start, citation.end)

    @classmethod
    def in_article(cls, article: Article, start: int, end: int) -> Place:
        """Where `article.text[start:end]` stands."""
        return cls(article.id, start, end, digest_of(article.text[start:end]))

    @classmethod
    def read(cls, link: str) -> Place | None:
        """The place that a link names; None where it names none."""
        found = _PLACE.fullmatch(link)
        if found is None:
            return None
        article_id, start, end, digest = found.groups()
        if digest is None:
            return cls(article_id)
        return cls(article_id, int(start), int(end), digest)

    def __str__(self) -> str:
        """'read-0123456789abcdef-120-180-89abcdef': an address within the page, less its '#'."""
        if not self.digest:
            return f"read-{self.article_id}"
        return f"read-{self.article_id}-{self.start}-{self.end}-{self.digest}"

    def stands_in(self, article: Article) -> bool:
        """Whether this version of the article has the cited words where they were cited."""
        return self.end <= len(article.text) and self.digest == digest_of(
            article.text[self.start : self.end]
        )


def digest_of(words: str) -> str:
    """The first 32 bits of SHA-256: enough to tell a changed version, and no secret."""
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:8]
