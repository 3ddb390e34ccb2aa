"""How an upload is told: how far it is, what came of it, and what was rejected, with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from corpus import Rejected
from page.desk.intake import Progress
from page.drawing.markup import count, plain
from page.library.staged import UPLOADED
from rag.intake.index_report import LISTED

NO_STATUS = '<div class="dl-upload-status"></div>'
TAKING_BACK = (
    '<div class="dl-upload-status"><p>Taking it back, some ten articles a second…</p></div>'
)

_FIGURES = (
    ("added", "added"),
    ("updated", "new versions of articles that were there"),
    ("earlier", "earlier versions of articles that are there"),
    ("unchanged", "there already, unchanged"),
    ("duplicates", "duplicates, left out"),
    ("grouped", "of those added, copies of other articles"),
    ("withdrawn", "marked as withdrawn by their outlets"),
    ("reinstated", "no longer marked as withdrawn"),
    ("mended", "relieved of page furniture"),
)
_ALWAYS = ("added", "duplicates")


def status_html(progress: Progress) -> str:
    """How far an upload is, with a bar where that can be told."""
    share = progress.files / progress.of if progress.of else 0.0
    if not progress.is_working and progress.phase == "done":
        share = 1.0
    aloud = "" if progress.is_working else ' role="alert"'
    return (
        f'<div class="dl-upload-status"><div class="dl-bar"><div style="width:{share:.1%}"></div>'
        f"</div><p{aloud}>{plain(in_words(progress))}</p></div>"
    )


def in_words(progress: Progress) -> str:
    """'Reading file 3 of 40 · 120 articles are in'."""
    report = progress.report
    if progress.phase == "waiting":
        return "Waiting for the upload before it…"
    if progress.phase == "stopping":
        return "Stopping; what was read goes in…"
    if progress.phase == "stopped":
        return f"Stopped. {count(report.taken, 'article')} went in or were there."
    if progress.phase == "done":
        return f"Done: {count(report.added, 'article')} added in {report.seconds:.1f} s."
    place = "Reading"
    if progress.of and progress.files < progress.of:
        place = f"Reading file {progress.files + 1:,} of {progress.of:,}"
    elif progress.of:
        place = "Embedding the last articles"
    return f"{place} · {count(report.taken, 'article')} dealt with…"


def report_html(name: str, progress: Progress) -> str:
    """Every figure of the ingest, and what was rejected, with the reason."""
    report = progress.report
    rows = "".join(
        f"<tr><td>{getattr(report, field):,}</td><td>{words}</td></tr>"
        for field, words in _FIGURES
        if getattr(report, field) or field in _ALWAYS
    )
    rows += f"<tr><td>{len(report.rejected):,}</td><td>rejected</td></tr>"
    return (
        f'<div class="dl-upload-report"><h3 dir="auto">{plain(name)}</h3>'
        f"<table><tbody>{rows}</tbody></table>{_rejected(report.rejected)}</div>"
    )


def _rejected(rejected: Sequence[Rejected]) -> str:
    if not rejected:
        return ""
    items = "".join(
        f'<li dir="auto">{plain(str(one).removeprefix(UPLOADED))}</li>' for one in rejected[:LISTED]
    )
    more = _others(rejected[LISTED:])
    return f"<h4>Rejected, and why</h4><ul>{items}{more}</ul>"


def _others(rejected: Iterable[Rejected]) -> str:
    """The rest, told by reason."""
    reasons = Counter(one.reason for one in rejected)
    return "".join(
        f"<li>{many:,} more: {plain(reason)}</li>" for reason, many in reasons.most_common(LISTED)
    )
