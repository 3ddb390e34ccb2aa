"""The forms in which answers can be taken along, by name."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from rag.showing.bibtex import bibtex
from rag.showing.csl import csl_json
from rag.showing.transcript import Transcript
from rag.showing.transcript_json import transcript_dict
from rag.showing.transcript_markdown import transcript_markdown
from rag.showing.transcript_page import transcript_page


@dataclass(frozen=True, slots=True)
class Form:
    """One form.

    Attributes:
        label: what a reader calls it.
        suffix: the end of the name of its files, with the dot.
        write: the whole file's text.
    """

    label: str
    suffix: str
    write: Callable[[Transcript], str]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


FORMS: dict[str, Form] = {
    "markdown": Form("Markdown with footnotes", ".md", transcript_markdown),
    "html": Form("HTML page", ".html", transcript_page),
    "json": Form("JSON, whole", ".json", lambda told: _json(transcript_dict(told))),
    "csl": Form("Sources as CSL-JSON", ".csl.json", lambda told: _json(csl_json(told.citations))),
    "bibtex": Form("Sources as BibTeX", ".bib", lambda told: bibtex(told.citations)),
}
