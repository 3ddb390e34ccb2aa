"""What happens on each event of the evals tab; `tab` says on which."""

from __future__ import annotations

import re
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import Any

import gradio as gr

from corpus.errors import DatelineError, EvalError
from evals.commands.compare import labelled, paired
from evals.comparison import comparison_html
from evals.store import RunInfo
from page.conversation.turn import BROKEN
from page.drawing.markup import lines_of
from page.evals.bench import Bench, Plan
from page.evals.compared import compared_html
from page.evals.report import NOTHING_RUN, report_html
from page.evals.runs import NONE, kept, rival_choices, run_choices, stored
from page.evals.status import status_html, trouble_html
from page.evals.suites import OWN, chosen_suite

_NUMBER = re.compile("[1-9][0-9]{0,6}")
_UNFIT = re.compile(r"[^\w.-]+")

Ran = tuple[Any, Any, Any, Any]
"""The status line, the two buttons, the list of runs."""

Shown = tuple[Any, Any, Any, Any]
"""The report, the fold and the list of rivals, the download."""


def run(
    bench: Bench,
    session: str,
    suite: str | None,
    uploaded: str | None,
    system: str,
    limit: str,
    judged: Path | None = None,
) -> Generator[Ran, None, None]:
    """Run what the form says, drawing how far it is; the last drawing has the run in the list.

    Args:
        judged: the file of the samples that this reader's judgements made.

    When the reader leaves, Gradio closes this generator, which ends the run within a question.
    """
    try:
        plan = Plan(chosen_suite(suite, uploaded, judged), system, how_many(limit))
        with closing(bench.run(session, plan)) as progress:
            for now in progress:
                if now.is_working:
                    yield status_html(now), *_busy(), gr.skip()
                else:
                    listed = list_runs(bench, now.run) if now.done else gr.skip()
                    yield status_html(now), *_ready(), listed
    except DatelineError as error:
        yield trouble_html(str(error)), *_ready(), gr.skip()


def how_many(limit: str) -> int | None:
    """The number of questions that the form asks for; None for all.

    Raises:
        EvalError: it is no number of questions.
    """
    words = limit.strip()
    if words.lower() in ("", "all"):
        return None
    if not _NUMBER.fullmatch(words):
        raise EvalError(
            "The number of questions is a whole number from 1 up",
            where=words[:40],
            next_step="leave it empty to ask all of them",
        )
    return int(words)


def broke() -> tuple[Any, Any, Any]:
    """Leave no run hanging when something fell over that is not a `DatelineError`."""
    return trouble_html(BROKEN), *_ready()


def list_runs(bench: Bench, chosen: str | None = None) -> dict[str, Any]:
    """The list of stored runs, with one chosen: the newest, if it is not said which.

    Raises:
        EvalError: the store cannot be read.
    """
    runs = stored(bench.store)
    ids = [run.id for run in runs]
    value = chosen if chosen in ids else next(iter(ids), None)
    return gr.update(choices=run_choices(runs), value=value, visible=bool(runs))


def opened(bench: Bench, chosen: str | None) -> tuple[Any, Any]:
    """The list of runs as the tab is opened, and the report while there is nothing in it."""
    try:
        listed = list_runs(bench, chosen)
    except DatelineError as error:
        return gr.update(choices=[], value=None, visible=False), _trouble(error)
    return listed, gr.skip() if listed["value"] else NOTHING_RUN


def show(bench: Bench, run_id: str | None) -> Shown:
    """The report of a run, what it can be compared with, and its file."""
    if not run_id:
        return gr.skip(), gr.update(visible=False), gr.update(choices=[], value=None), _no_file()
    try:
        info, report = kept(bench.store, run_id)
        rivals = rival_choices(stored(bench.store), info.id)
        file = _file(bench, file_name(info), report.to_html())
    except DatelineError as error:
        return _trouble(error), gr.update(visible=False), gr.skip(), _no_file()
    return (
        report_html(report, info),
        gr.update(visible=bool(rivals), open=False),
        gr.update(choices=rivals, value=NONE if rivals else None),
        file,
    )


def compare(bench: Bench, run_id: str | None, rival: str | None) -> tuple[Any, Any]:
    """Two runs side by side, or the one alone where the rival is nothing, and the file of that."""
    if not run_id:
        return gr.skip(), gr.skip()
    try:
        info, report = kept(bench.store, run_id)
        if not rival:
            file = _file(bench, file_name(info), report.to_html())
            return report_html(report, info), file
        other, theirs = kept(bench.store, rival)
        pair = labelled(paired(report, theirs), (info, other))
        file = _file(bench, file_name(info, other), comparison_html(pair))
        return compared_html((info, report), (other, theirs)), file
    except DatelineError as error:
        return _trouble(error), _no_file()


def _file(bench: Bench, name: str, text: str) -> dict[str, Any]:
    """What is shown, as an HTML file to take along."""
    path = bench.desk.folder / name
    path.write_text(text, encoding="utf-8")
    return gr.update(value=str(path), interactive=True)


def file_name(info: RunInfo, rival: RunInfo | None = None) -> str:
    """'dateline-evals-sample-dateline-3f2a90bc.html', of letters that every file system takes."""
    parts = ["dateline-evals", info.suite, info.system, info.id]
    if rival is not None:
        parts += ["against", rival.system, rival.id]
    return _UNFIT.sub("-", "-".join(part[:60] for part in parts)) + ".html"


def file_is_asked_for(suite: str | None) -> dict[str, Any]:
    """Show the place for a file when the reader's own questions are chosen."""
    return gr.update(visible=suite == OWN)


def _trouble(error: DatelineError) -> str:
    words = f'<p class="dl-run-trouble">{lines_of(str(error))}</p>'
    return f'<div class="dl-report dl-report-empty">{words}</div>'


def _busy() -> tuple[Any, Any]:
    return gr.update(interactive=False), gr.update(interactive=True)


def _ready() -> tuple[Any, Any]:
    return gr.update(interactive=True), gr.update(interactive=False)


def _no_file() -> dict[str, Any]:
    return gr.update(value=None, interactive=False)
