"""The hits and nothing else: for sets that judge retrieval alone, such as BEIR's.

No language model is loaded.
"""

from __future__ import annotations

import time
from datetime import date

from evals.systems.shared import refusal_of
from rag.answer import Answer, Usage
from rag.newsroom import Newsroom


class SearchOnly:
    """Refuses every question and shows the hits of Dateline's own search.

    It shows as many as each index proposes before they are fused, 40 unless the settings say
    otherwise: beyond them the order says little, and with more the scores would be scaled anew.
    Measures of answers, citations and refusals mean nothing for it.
    """

    name = "search-only"

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        self._hits = newsroom.settings.answer_options().retrieve.candidates

    def ask(self, question: str, *, as_of: date | None = None) -> Answer:
        """A refusal with the hits, best first."""
        started = time.perf_counter()
        hits = self._newsroom.search(question, self._hits, as_of=as_of)
        seconds = time.perf_counter() - started
        return refusal_of(
            question,
            "Only a search was asked for.",
            hits,
            Usage(seconds={"retrieve": seconds, "total": seconds}),
            {"system": self.name, "embedder": self._newsroom.embedder.fingerprint.name},
        )
