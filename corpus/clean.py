"""From the text as it was scraped to the text as it was reported.

Furniture goes, hidden characters go, blank lines become one. Words are never changed and no
sentence of reporting is left out. What the removed lines tell (the outlet, the day) is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from corpus.blocks import block_spans
from corpus.characters import normalise
from corpus.dates import HEAD_BLOCKS, date_head, stamp
from corpus.furniture import is_furniture, is_statement, without_caption, without_related

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


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The reporting, and what the furniture around it told.

    Attributes:
        blocks: the paragraphs, in order, each in one line.
        outlet: who published it, as the text's own head names it.
        published_line: the day of the publisher's line, as 'Published: 17 Sep 2024'.
        date_head: the day of the collector's mark, as 'date 2024-09-18'.
        updated: the day of the last update that the text states.
    """

    blocks: tuple[str, ...]
    outlet: str | None = None
    published_line: date | None = None
    date_head: date | None = None
    updated: date | None = None


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


def clean(raw: str) -> Cleaned:
    """The paragraphs of the reporting in a scraped text, and the clues that its head holds."""
    text = normalise(raw)
    blocks = [" ".join(text[start:end].split()) for start, end in block_spans(text)]
    blocks = without_related(blocks)  # first, for the dates in it are those of other articles
    stamps = map(stamp, blocks)
    head = _Head(dates_alone=sum(mark is not None and mark.kind == "bare" for mark in stamps))
    opened = [_without_head(block, head, place) for place, block in enumerate(blocks[:HEAD_BLOCKS])]
    kept = [block for block in (*opened, *blocks[HEAD_BLOCKS:]) if block]
    kept = [block for block in kept if not _is_late_stamp(block) and not is_furniture(block)]
    kept = [block for block in map(without_caption, kept) if block]
    if kept and (found := _DATELINE.match(kept[0])):
        head.outlets.append(found["outlet"])
    return Cleaned(
        blocks=tuple(kept),
        outlet=head.outlets[0].strip() if head.outlets else None,
        published_line=head.days.get("published"),
        date_head=head.days.get("head"),
        updated=head.days.get("updated"),
    )


def _without_head(block: str, head: _Head, place: int) -> str:
    """The block without the marks that it begins with; they are noted in `head`."""
    if place == 0 and (mark := date_head(block)):
        head.keep_day("head", mark[0])
        block = mark[1]
    if (site := _SITE_ICON.fullmatch(block)) or (site := _LABELLED.fullmatch(block)):
        head.outlets.append(site["outlet"])
        return ""
    if place == 0 and (passed := _PASSED_ON.match(block)):
        head.outlets.append(passed["outlet"])
        block = block[passed.end() :]
    while found := stamp(block):
        if found.kind == "bare" and (head.in_body or head.dates_alone > 1):
            break
        head.keep_day("updated" if found.kind == "updated" else "published", found.day)
        block = found.rest
    head.in_body = head.in_body or is_statement(block)
    return block


def _is_late_stamp(block: str) -> bool:
    """Whether a block further down is a labelled date line and nothing else."""
    found = stamp(block)
    return found is not None and found.kind != "bare" and not found.rest
