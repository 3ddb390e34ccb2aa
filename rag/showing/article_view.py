"""One article as `dateline show` tells it: what it says, where it is from, what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus.article import Article
from corpus.credit import shown_name
from corpus.dates import RULES
from corpus.metadata import DAY_UNKNOWN
from embeddings.intake.groups import ArticleGroup
from embeddings.protocol import LibraryLike
from embeddings.store.history import Change
from rag.showing import changes
from rag.showing.render import article_dict, byline


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article with all that the library knows of it.

    Attributes:
        versions: what it said before, oldest first.
        changes: what came, went and changed from version to version.
        group: the copies of the same report; itself alone where there is none.
    """

    article: Article
    versions: tuple[Article, ...]
    changes: tuple[Change, ...]
    group: ArticleGroup

    @classmethod
    def of(cls, library: LibraryLike, article_id: str) -> ArticleView:
        """All of it as of one moment.

        Raises:
            NotInLibrary: there is no such article.
        """
        with library.reading():
            return cls(
                library.article(article_id),
                tuple(library.versions(article_id)),
                library.changes(article_id),
                library.group(article_id),
            )

    def head(self) -> str:
        """Byline, source, date, and whatever a reader must know before quoting it."""
        article = self.article
        lines = [byline(article), article.source]
        sure = f", {article.certainty}" if article.published else ""
        rule = RULES.get(article.dated_by, "a rule of another version of Dateline")
        lines.append(f"dated by: {article.dated_by}{sure} ({rule})")
        if article.updated:
            lines.append(f"updated: {article.updated}")
        if article.withdrawn:
            lines.append(f"WITHDRAWN {_on(article.withdrawn)}: nothing is answered from it")
        if len(self.group.articles) > 1:
            lines += self._copies()
        elif self.group.original != shown_name(article.outlet_name):
            lines.append(f"report by: {self.group.original} ({self.group.why})")
        if self.versions:
            lines.append(f"earlier versions: {len(self.versions)} (--versions, --changes)")
        if article.dropped:
            count = len(article.dropped)
            noun = "line" if count == 1 else "lines"
            lines.append(f"left out as page furniture: {count} {noun} (--dropped)")
        return "\n".join(lines)

    def dropped(self) -> str:
        """The lines that were taken out of its text."""
        lines = [f"  {line}" for line in self.article.dropped]
        return _section("Left out as page furniture", lines, "Nothing was left out.")

    def earlier(self) -> str:
        """What it said before it was replaced, oldest first, text included."""
        told = [
            f"{number}. {byline(version)}\n\n{version.text}"
            for number, version in enumerate(self.versions, start=1)
        ]
        return "\n\n".join(told) or "No earlier version."

    def changed(self) -> str:
        """What came, went and changed from version to version."""
        return changes.as_words(self.changes) or "It has not changed since it was read in."

    def as_dict(self) -> dict[str, object]:
        """All of it; only what JSON has."""
        return {
            **article_dict(self.article),
            "text": self.article.text,
            "dropped": list(self.article.dropped),
            "group": {
                "id": self.group.id,
                "original": self.group.original,
                "why": self.group.why,
                "articles": [article_dict(one) for one in self.group.articles],
            },
            "versions": [{**article_dict(one), "text": one.text} for one in self.versions],
            "changes": [changes.as_dict(one) for one in self.changes],
        }

    def _copies(self) -> list[str]:
        group = self.group
        return [
            f"copies: {len(group.articles)} articles of one report by {group.original} "
            f"({group.why})",
            *(f"  {one.id}  {byline(one)}{self._marks(one)}" for one in group.articles),
        ]

    def _marks(self, one: Article) -> str:
        marks = ["this one"] if one.id == self.article.id else []
        if one.withdrawn:
            marks.append(f"withdrawn {_on(one.withdrawn)}")
        return f"  ({', '.join(marks)})" if marks else ""


def _on(day: date) -> str:
    return "on a day that nothing names" if day == DAY_UNKNOWN else f"on {day}"


def _section(head: str, lines: Sequence[str], empty: str) -> str:
    return "\n".join([f"{head}:", *lines]) if lines else empty
