"""The two things that a library holds: an article, and the passages that it is split into."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from corpus.dates import Certainty, certainty

UNKNOWN_OUTLET = "unknown outlet"


@dataclass(frozen=True, slots=True)
class Article:
    """One news article, cleaned.

    Attributes:
        id: 16 hexadecimal digits, stable for one identity (URL, or path and row).
        title: the headline; the start of the text where the article has none.
        outlet: who published it, or None where nothing says so.
        published: the day of publication, or None where no rule could find one.
        dated_by: the name of the rule that gave `published`: one of `corpus.dates.RULES`.
        updated: the day of the last update that the article itself states.
        url: where it stands on the web, if it is known.
        language: BCP 47 tag; 'en' unless the metadata say otherwise.
        text: the cleaned body. Every offset in Dateline is a character offset into it.
        source: the path (with '#row' for a row of a table) or URL that it was read from.
        kind: 'news' unless the metadata name another kind.
        dropped: the lines that were taken out as page furniture, in order, so that a reader can
            see that no reporting is among them.
        withdrawn: the day on which the outlet took the article back, or None. A withdrawn article
            stays in the library, marked, and nothing is answered from it.
    """

    id: str
    title: str
    outlet: str | None
    published: date | None
    dated_by: str
    text: str
    source: str
    updated: date | None = None
    url: str | None = None
    language: str = "en"
    kind: str = "news"
    dropped: tuple[str, ...] = ()
    withdrawn: date | None = None

    @property
    def outlet_name(self) -> str:
        """The outlet, or words that say that it is unknown."""
        return self.outlet or UNKNOWN_OUTLET

    @property
    def certainty(self) -> Certainty:
        """How sure the day of publication is, by the rule that found it."""
        return certainty(self.dated_by) if self.published else "none"

    @property
    def as_of(self) -> date | None:
        """The last day that the article itself states: of its update, else of publication."""
        if self.updated and (self.published is None or self.updated > self.published):
            return self.updated
        return self.published

    @property
    def date_label(self) -> str:
        """The day of publication as YYYY-MM-DD, or 'undated'."""
        return self.published.isoformat() if self.published else "undated"


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one article: `article.text[start:end]`.

    Attributes:
        id: `<article id>:<ordinal>`.
        article_id: the article that it stands in.
        ordinal: its place in the article, from 0.
        start, end: character offsets into `Article.text`; end is exclusive.
    """

    id: str
    article_id: str
    ordinal: int
    start: int
    end: int


def identify(identity: str) -> str:
    """An article id from what identifies the article: its URL, or its path and row.

    The first 64 bits of SHA-256: two of a million articles collide with probability 3e-8.
    """
    return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:16]
