"""What became of the articles, in words and as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict

from corpus import Rejected
from embeddings import IngestReport
from rag.indexing import as_words

REPORT = IngestReport(
    added=3,
    updated=1,
    unchanged=2,
    duplicates=4,
    rejected=(Rejected("a.txt", None, "empty"), Rejected("b.csv", 7, "no text in this row")),
    passages=9,
    seconds=2.0,
)


def test_one_line_and_then_one_for_each_rejected() -> None:
    assert as_words(REPORT).splitlines() == [
        "3 added, 1 updated, 2 unchanged, 4 duplicates, 2 rejected; "
        "9 passages embedded in 2.0 s, 5.0 articles a second.",
        "  rejected a.txt: empty",
        "  rejected b.csv:7: no text in this row",
    ]


def test_a_report_of_no_time_has_no_speed() -> None:
    report = IngestReport(0, 0, 0, 0, (), 0, 0.0)
    assert as_words(report).endswith("0 passages embedded in 0.0 s.")


def test_json_has_every_figure() -> None:
    assert json.loads(json.dumps(asdict(REPORT))) == {
        "added": 3,
        "updated": 1,
        "unchanged": 2,
        "duplicates": 4,
        "rejected": [
            {"source": "a.txt", "line": None, "reason": "empty"},
            {"source": "b.csv", "line": 7, "reason": "no text in this row"},
        ],
        "passages": 9,
        "seconds": 2.0,
    }
