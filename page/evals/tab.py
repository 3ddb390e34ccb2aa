"""The evals tab: its parts, and which event does what."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import gradio as gr

from page.desk.signals import Signals
from page.evals import events
from page.evals.bench import Bench
from page.evals.form import Came, Form, build_parts
from page.evals.suites import suite_choices
from page.kept.held import owner_of
from page.kept.store import KeptStore
from page.kept.suite import suite_file

READERS = 4
"""Browser tabs that may watch a run at once. The runs themselves wait for one another."""


def build_evals(bench: Bench, signals: Signals, tab: gr.Tab, store: KeptStore) -> None:
    """Fill the tab. Called inside it.

    Args:
        store: where judgements are kept, and beside it the suites that they make.
    """
    form, came = build_parts(bench.desk)
    _wire_form(bench, form, came, store)
    _wire_suites(bench, signals, tab, form, store)
    _wire_runs(bench, tab, came)


def _at_once() -> dict[str, Any]:
    return {"queue": False, "show_progress": "hidden", "api_visibility": "private"}


def _judged(bench: Bench, store: KeptStore, request: gr.Request) -> Path:
    return suite_file(store.path.parent, owner_of(request), bench.desk.address)


def _wire_form(bench: Bench, form: Form, came: Came, store: KeptStore) -> None:
    def run(
        suite: str | None,
        uploaded: str | None,
        system: str,
        limit: str,
        request: gr.Request,
    ) -> Generator[events.Ran, None, None]:
        judged = _judged(bench, store, request)
        yield from events.run(bench, _session(request), suite, uploaded, system, limit, judged)

    def stop(request: gr.Request) -> None:
        bench.stop(_session(request))

    form.suite.change(events.file_is_asked_for, form.suite, form.own, **_at_once())
    drawn = [form.status, form.run, form.stop]
    ran = form.run.click(
        run,
        [form.suite, form.file, form.system, form.limit],
        [*drawn, came.runs],
        show_progress="hidden",
        api_visibility="private",
        concurrency_id="evals",
        concurrency_limit=READERS,
    )
    ran.failure(events.broke, None, drawn, **_at_once())
    form.stop.click(stop, None, None, **_at_once())
    _show_on(bench, ran.then, came)


def _wire_suites(bench: Bench, signals: Signals, tab: gr.Tab, form: Form, store: KeptStore) -> None:
    def suites(chosen: str | None, request: gr.Request) -> dict[str, Any]:
        choices = suite_choices(bench.desk.newsroom, _judged(bench, store, request))
        names = [name for _, name in choices]
        # What a quick reader chose meanwhile must stay chosen.
        gone: dict[str, Any] = {} if chosen in names else {"value": names[0]}
        return gr.update(choices=choices, **gone)

    # Another library has other suites; and an answer may have been judged on the tab that asks.
    for event in (signals.edition.change, tab.select):
        changed = event(suites, form.suite, form.suite, **_at_once())
        changed.then(events.file_is_asked_for, form.suite, form.own, **_at_once())


def _wire_runs(bench: Bench, tab: gr.Tab, came: Came) -> None:
    def opened(chosen: str | None) -> tuple[Any, Any]:
        return events.opened(bench, chosen)

    def compare(chosen: str | None, rival: str | None) -> tuple[Any, Any]:
        return events.compare(bench, chosen, rival)

    select = tab.select(opened, came.runs, [came.runs, came.report], **_at_once())
    _show_on(bench, select.then, came)
    # A quick reader's last choice counts: Gradio drops what is chosen during an event otherwise.
    _show_on(bench, came.runs.input, came, trigger_mode="always_last")
    came.rival.input(
        compare,
        [came.runs, came.rival],
        [came.report, came.download],
        trigger_mode="always_last",
        **_at_once(),
    )


def _show_on(bench: Bench, event: Callable[..., Any], came: Came, **options: Any) -> None:
    def show(chosen: str | None) -> events.Shown:
        return events.show(bench, chosen)

    drawn = [came.report, came.versus, came.rival, came.download]
    event(show, came.runs, drawn, **_at_once(), **options)


def _session(request: gr.Request) -> str:
    return str(request.session_hash)
