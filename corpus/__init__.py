"""Articles: read, clean, date, and split into passages.

for article in corpus.read(["articles/"]):
    if isinstance(article, corpus.Rejected):
        print(article)
"""

from __future__ import annotations

from corpus.article import UNKNOWN_OUTLET, Article, Passage, identify
from corpus.dates import RULES
from corpus.passages import SplitOptions, embedded_text, header, split
from corpus.readers.record import ReadOptions, Rejected
from corpus.reading import read
from corpus.samples import sample_paths
from corpus.sentences import sentence_spans
from corpus.written_dates import as_date

__all__ = [
    "RULES",
    "UNKNOWN_OUTLET",
    "Article",
    "Passage",
    "ReadOptions",
    "Rejected",
    "SplitOptions",
    "as_date",
    "embedded_text",
    "header",
    "identify",
    "read",
    "sample_paths",
    "sentence_spans",
    "split",
]
