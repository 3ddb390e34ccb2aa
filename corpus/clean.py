"""From the text as it was scraped to the text as it was reported.

Furniture goes, hidden characters go, blank lines become one. Words are never changed and no
sentence of reporting is left out. What the removed lines tell (the outlet, the day) is kept,
and so are the lines themselves: each character that is no white space is either in a block or
in a dropped line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from corpus.blocks import block_spans
from corpus.characters import normalise
from corpus.furniture import (
    caption_start,
    first_outlet,
    is_furniture,
    is_statement,
    related_places,
)
from corpus.written_dates import HEAD_BLOCKS, date_head, stamp

_SITE_ICON = re.compile(r"site icon\s+(?P<outlet>\S.{0,60})", re.IGNORECASE)
# '(MENAFN- Khaleej Times)': who passed it on, then who wrote it. A sentence that begins with
# a name in brackets goes on in lower case.
_PASSED_ON = re.compile(r"\([A-Z]{3,20} ?[-–—] (?P<outlet>[A-Z][^()]{1,60})\)\s*(?![a-z])")
_LABELLED = re.compile(
    r"(?:outlet|publisher|publication)\s*:\s*(?P<outlet>[^.]{2,60})", re.IGNORECASE
)
# 'DOHA, March 26 (Reuters) - ': the dateline of a wire story names its agency.
_DATELINE = re.compile(
    r"[A-Z][A-Z .'/-]{2,40}(?:, [^()]{1,40})? \((?P<outlet>[A-Z][\w .&]{1,30})\) ?(?:--|[-–—])\s"
)

# Shorter lines may stand in two paragraphs by chance; a pull quote of more is a paragraph.
_PULLED_WORDS = range(6, 61)
# Every line is looked for in every other: past this (the longest pieces that papers print are
# some 100,000 characters) that would take long, and what is no article has no pull quotes.
_LONGEST_TEXT, _MOST_BLOCKS = 300_000, 1_000
_QUOTES = "\"'“”‘’«»„ "


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The reporting, and what the furniture around it told.

    Attributes:
        blocks: the paragraphs, in order, each in one line.
        outlet: who published it, as the text's own head names it.
        published_line: the day of the publisher's line, as 'Published: 17 Sep 2024'.
        date_head: the day of the collector's mark, as 'date 2024-09-18'.
        updated: the day of the last update that the text states.
        original: the outlet that had the article first, where a line says so.
        dropped: what was taken out, in order, each in one line.
    """

    blocks: tuple[str, ...]
    outlet: str | None = None
    published_line: date | None = None
    date_head: date | None = None
    updated: date | None = None
    original: str | None = None
    dropped: tuple[str, ...] = ()


@dataclass(slots=True)
class _Head:
    """What has been read so far of a text's head.

    Attributes:
        dates_alone: how many blocks of the whole text are a date and nothing else. More than
            one, and they are the subheadings of a chronicle.
        in_body: whether a sentence has been passed: below it a lone date is no dateline.
        outlets, days: what was found, best first.
    """

    dates_alone: int = 0
    in_body: bool = False
    outlets: list[str] = field(default_factory=list)
    days: dict[str, date] = field(default_factory=dict)

    def keep_day(self, name: str, day: date | None) -> None:
        if day:
            self.days.setdefault(name, day)


@dataclass(slots=True)
class _Line:
    """A block as it was, cut into what is kept and what is dropped."""

    kept: str
    dropped: list[str] = field(default_factory=list)

    def drop_from(self, start: int) -> None:
        """Keep only what stands before `start`."""
        self.dropped.append(self.kept[start:].strip())
        self.kept = self.kept[:start].rstrip()

    def drop_until(self, end: int) -> None:
        """Keep only what stands from `end` on."""
        self.dropped.append(self.kept[:end].strip())
        self.kept = self.kept[end:]


def clean(raw: str) -> Cleaned:
    """The paragraphs of the reporting in a scraped text, and the clues that its head holds."""
    text = normalise(raw)
    lines = [_Line(" ".join(text[start:end].split())) for start, end in block_spans(text)]
    # First, for the dates under 'Related posts' are those of other articles.
    related = related_places([line.kept for line in lines])
    for place in related:
        lines[place].drop_from(0)
    left = [line for line in lines if line.kept]
    stamps = [stamp(line.kept) for line in left]
    head = _Head(dates_alone=sum(mark is not None and mark.kind == "bare" for mark in stamps))
    for place, line in enumerate(left[:HEAD_BLOCKS]):
        _take_head(line, head, place)
    original = next((outlet for line in left if (outlet := first_outlet(line.kept))), None)
    for line in left:
        _take_furniture(line)
    for place in _pull_quotes([line.kept for line in lines]):
        lines[place].drop_from(0)
    kept = tuple(line.kept for line in lines if line.kept)
    if kept and (found := _DATELINE.match(kept[0])):
        head.outlets.append(found["outlet"])
    return Cleaned(
        blocks=kept,
        outlet=head.outlets[0].strip() if head.outlets else None,
        published_line=head.days.get("published"),
        date_head=head.days.get("head"),
        updated=head.days.get("updated"),
        original=original,
        dropped=tuple(piece for line in lines for piece in line.dropped),
    )


def _take_head(line: _Line, head: _Head, place: int) -> None:
    """Drop the marks that a line begins with; what they tell is noted in `head`."""
    if place == 0 and (mark := date_head(line.kept)):
        head.keep_day("head", mark[0])
        line.drop_until(len(line.kept) - len(mark[1]))
    if (site := _SITE_ICON.fullmatch(line.kept)) or (site := _LABELLED.fullmatch(line.kept)):
        head.outlets.append(site["outlet"])
        line.drop_from(0)
        return
    if place == 0 and (passed := _PASSED_ON.match(line.kept)):
        head.outlets.append(passed["outlet"])
        line.drop_until(passed.end())
    while found := stamp(line.kept):
        if found.kind == "bare" and (head.in_body or head.dates_alone > 1):
            break
        head.keep_day("updated" if found.kind == "updated" else "published", found.day)
        line.drop_until(len(line.kept) - len(found.rest))
    head.in_body = head.in_body or is_statement(line.kept)


def _take_furniture(line: _Line) -> None:
    """Drop the line where it is furniture, and the photo caption that it ends with."""
    if line.kept and (_is_late_stamp(line.kept) or is_furniture(line.kept)):
        line.drop_from(0)
    start = caption_start(line.kept)
    if start is not None:
        line.drop_from(start)


def _is_late_stamp(block: str) -> bool:
    """Whether a block further down is a labelled date line and nothing else."""
    found = stamp(block)
    return found is not None and found.kind != "bare" and not found.rest


def _pull_quotes(blocks: list[str]) -> list[int]:
    """The places of the lines whose very words stand again inside a longer paragraph.

    Only below the first sentence: a headline may be a quotation from the text under it.
    """
    whole = "\n".join(blocks)
    if len(whole) > _LONGEST_TEXT or len(blocks) > _MOST_BLOCKS:
        return []
    lead = next((place for place, block in enumerate(blocks) if is_statement(block)), len(blocks))
    return [
        place
        for place, block in enumerate(blocks)
        if place > lead
        and len((words := block.strip(_QUOTES)).split()) in _PULLED_WORDS
        and whole.count(words) > 1
        and any(words in other and len(other) > len(block) for other in blocks)
    ]
