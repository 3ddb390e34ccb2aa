"""Speakers and figures in invented news, against labels that were made by hand.

'dev' rows shaped the rules; 'held' rows were written with them, and read by the rules once, when
nothing was changed any more for a dev row; 'fresh' ones were written last. What was mended after
the first reading is told beside the floors in `test_corpus_speech.py`.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from corpus.content.figures import FigureMention, figure_mentions
from corpus.content.speech import speaker_of

HERE = Path(__file__).parent


def rows(name: str, part: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8") as file:
        found = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row for row in found if row["set"] == part]


def speaker_is_right(row: dict[str, str]) -> bool:
    start = row["text"].lower().rindex(row["phrase"].lower())
    found = speaker_of(row["text"], start, start + len(row["phrase"]))
    return (found or "").removeprefix("A ").removeprefix("a ").lower() == row[
        "speaker"
    ].removeprefix("a ").lower()


def mention_of(row: dict[str, str]) -> FigureMention | None:
    text = row["text"]
    start = text.lower().index(row["expression"].lower())
    end = start + len(row["expression"])
    found = figure_mentions(text, date.fromisoformat(row["published"]))
    return next((one for one in found if one.start < end and start < one.end), None)


def figure_fields(row: dict[str, str]) -> dict[str, bool]:
    found = mention_of(row)
    if found is None:
        return dict.fromkeys(("value", "what", "where", "by", "day"), False)
    days = found.first and found.last and (found.first.isoformat(), found.last.isoformat())
    return {
        "value": found.quantity.value == float(row["value"]),
        "what": found.what == row["what"],
        "where": found.where == row["where"],
        "by": (found.by or "").lower() == row["by"].lower(),
        "day": days == (row["first"], row["last"]),
    }
