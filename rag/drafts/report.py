"""The report on a draft: as text, as JSON, and as one annotated page."""

from __future__ import annotations

from dataclasses import dataclass

from rag.drafts.report_json import report_dict
from rag.drafts.report_page import report_page
from rag.drafts.report_words import report_words
from rag.drafts.verdict import CheckedDraft


@dataclass(frozen=True, slots=True)
class DraftReport(CheckedDraft):
    """A draft that was checked against a library, and what a reader is shown of it."""

    def __str__(self) -> str:
        return self.to_text()

    def to_text(self) -> str:
        """The report in words: what differs first, then what is carried in part, then silence."""
        return report_words(self)

    def to_dict(self) -> dict[str, object]:
        """All of it; only what JSON has."""
        return report_dict(self)

    def to_html(self) -> str:
        """One page that needs nothing else: no script, no style sheet, nothing from the web."""
        return report_page(self)
