"""The sample briefs are in the project's own words, and their quotations are verbatim.

Needs the five reports that they draw on, which are not part of the project.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import corpus
from corpus.article import Article
from corpus.samples import sample_paths

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
LONGEST_SHARED_RUN = 8
"""Words in a row. Names of people and offices alone come to six or seven."""

pytestmark = pytest.mark.skipif(
    not SEEDS.is_dir(), reason=f"the reports that the briefs draw on are not at {SEEDS}"
)


def words(text: str) -> list[str]:
    return re.findall(r"[\w']+", text.replace("’", "'").lower())


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[at : at + length]) for at in range(len(found) - length + 1)}


def briefs() -> list[Article]:
    return [found for found in corpus.read([sample_paths()]) if isinstance(found, Article)]


def test_no_run_of_words_is_copied_outside_quotation_marks() -> None:
    length = LONGEST_SHARED_RUN + 1
    theirs = {run for path in SEEDS.glob("*.txt") for run in runs(path.read_text("utf-8"), length)}
    for brief in briefs():
        for stretch in re.split(r'"[^"]*"', brief.text):
            assert not runs(stretch, length) & theirs, brief.title


def test_each_quotation_stands_in_a_report() -> None:
    reports = [" ".join(words(path.read_text("utf-8"))) for path in SEEDS.glob("*.txt")]
    quoted = [quote for brief in briefs() for quote in re.findall(r'"([^"]*)"', brief.text)]

    assert len(quoted) > 15
    for quote in quoted:
        assert any(" ".join(words(quote)) in report for report in reports), quote
