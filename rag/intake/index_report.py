"""What became of the articles that were read in: for a person, as JSON, and the rejected as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import IO

from corpus import Rejected
from embeddings import IngestReport

LISTED = 10
"""How many rejections are listed one by one; more than a screen's half are told by reason."""

_REASONS, _EXAMPLES = 8, 3
_ALWAYS = ("added", "updated", "unchanged", "duplicates")
_SOMETIMES = ("earlier", "grouped", "withdrawn", "reinstated", "mended")


def as_words(report: IngestReport, *, dry_run: bool = False, kept_in: str | None = None) -> str:
    """One line of figures, then what was rejected: each, or where there are many by reason.

    Args:
        dry_run: nothing was done, and all of it is said in the conditional.
        kept_in: the file that all rejections are written to.
    """
    figures = [f"{getattr(report, name):,} {name}" for name in _ALWAYS]
    figures += [f"{value:,} {name}" for name in _SOMETIMES if (value := getattr(report, name))]
    figures.append(f"{len(report.rejected):,} rejected")
    head = ", ".join(figures)
    if dry_run:
        head = f"Dry run, nothing was written. It would be: {head}; read in {report.seconds:.1f} s."
    else:
        speed = _speed(report)
        pace = f", {speed:,.1f} articles a second" if speed is not None else ""
        head += f"; {report.passages:,} passages embedded in {report.seconds:.1f} s{pace}."
    return "\n".join([head, *_rejections(report.rejected, kept_in)])


def as_dict(report: IngestReport) -> dict[str, object]:
    """Every figure, and every rejection with file, line and reason; only what JSON has."""
    speed = _speed(report)
    return {**asdict(report), "articles_a_second": None if speed is None else round(speed, 2)}


def write_rejected(rejected: Iterable[Rejected], file: IO[str]) -> None:
    """The rejections as CSV: file, line, reason."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(("file", "line", "reason"))
    writer.writerows((one.source, one.line or "", one.reason) for one in rejected)


def _speed(report: IngestReport) -> float | None:
    return report.taken / report.seconds if report.seconds and report.taken else None


def _rejections(rejected: Sequence[Rejected], kept_in: str | None) -> Iterable[str]:
    if len(rejected) <= LISTED:
        yield from (f"  rejected {one}" for one in rejected)
        return
    by_reason: dict[str, list[Rejected]] = {}
    for one in rejected:
        by_reason.setdefault(one.reason, []).append(one)
    order = sorted(by_reason.items(), key=lambda item: -len(item[1]))
    for reason, of_reason in order[:_REASONS]:
        yield f"  {len(of_reason):,} rejected: {reason}"
        yield from (f"      {_place(one)}" for one in of_reason[:_EXAMPLES])
        if len(of_reason) > _EXAMPLES:
            yield f"      … and {len(of_reason) - _EXAMPLES:,} more"
    if len(order) > _REASONS:
        others = sum(len(of_reason) for _, of_reason in order[_REASONS:])
        yield f"  {others:,} rejected for {len(order) - _REASONS:,} other reasons"
    yield f"  All are in {kept_in}." if kept_in else "  --rejected FILE writes them all as CSV."


def _place(one: Rejected) -> str:
    return f"{one.source}:{one.line}" if one.line else one.source
