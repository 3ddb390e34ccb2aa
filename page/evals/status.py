"""The line under the buttons: how far a run is, how it ended, or what is wrong."""

from __future__ import annotations

from page.drawing.markup import count, lines_of, plain
from page.evals.bench import Progress

READY = '<div class="dl-run-status"><div class="dl-bar"></div></div>'


def status_html(progress: Progress) -> str:
    """How far a run is, in words and as a bar."""
    share = progress.done / progress.items if progress.items else 0.0
    # The end is said aloud; each question on the way to it would only be a nuisance.
    aloud = "" if progress.is_working else ' role="alert"'
    return (
        '<div class="dl-run-status">'
        f'<div class="dl-bar"><div style="width:{share:.1%}"></div></div>'
        f"<p{aloud}>{plain(in_words(progress))}</p></div>"
    )


def trouble_html(trouble: str) -> str:
    """What keeps a run from beginning or going on, and the next step."""
    words = f'<p class="dl-run-trouble" role="alert">{lines_of(trouble)}</p>'
    return f'<div class="dl-run-status">{words}</div>'


def in_words(progress: Progress) -> str:
    """'23 of 75 · about 40 s left'."""
    of = f"{progress.done:,} of {progress.items:,}"
    if progress.phase == "waiting":
        return "Waiting for the run before it…"
    if progress.phase == "loading":
        return "Getting ready…"
    if progress.phase == "giving way":
        return f"{of} · a reader’s question comes first…"
    if progress.phase == "stopping":
        return f"{of} · stopping after this question…" if progress.items else "Stopping…"
    if progress.phase == "stopped":
        if not progress.done:
            return "Stopped before the first answer."
        return f"Stopped at {of}. Run goes on from there."
    if progress.phase == "done":
        return f"{count(progress.items, 'question')} asked. The figures are in the report."
    left = progress.seconds_left
    return of if left is None else f"{of} · about {duration(left)} left"


def duration(seconds: float) -> str:
    """'40 s', '6 min', '1 h 20 min'; seconds to the next 5, so that the line stays calm."""
    if seconds < 90:
        return f"{max(5, 5 * round(seconds / 5))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
