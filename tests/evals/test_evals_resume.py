"""A run that was killed goes on where it stopped, and reports as if nothing had happened."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.errors import EvalError, QuestionTooLong
from evals import fingerprint
from evals.record import Record
from evals.report import Report
from evals.runner import by_world
from evals.sample import Sample
from evals.store import RunInfo, RunStore
from evals.suite import Suite
from evals.suite_run import run_suite, with_verifier
from rag.answer import Answer
from rag.newsroom import Newsroom
from tests.evals.small import ORDER, SUITE, newsroom, timeless

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
"""Seconds to wait for the other process, which imports for one or two."""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Newsroom]:
    with newsroom(tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def store(tmp_path: Path) -> Iterator[RunStore]:
    with RunStore.open(tmp_path / "runs.sqlite") as opened:
        yield opened


class Noted:
    """Dateline, with a note of each world that it was made for and each question; it may break."""

    def __init__(self, breaks_at: str = "") -> None:
        self.breaks_at = breaks_at
        self.made: list[list[str]] = []
        self.asked: list[str] = []

    def __call__(self, newsroom: Newsroom, samples: Sequence[Sample]) -> Noted:
        self.made.append([sample.id for sample in samples])
        self._newsroom = newsroom
        return self

    def ask(self, question: str, *, as_of: date | None = None) -> Answer:
        if self.breaks_at and self.breaks_at in question:
            raise KeyboardInterrupt
        self.asked.append(question)
        return self._newsroom.ask(question, as_of=as_of)


def run(
    home: Newsroom,
    store: RunStore,
    system: Noted,
    suite: Suite = SUITE,
    *,
    fresh: bool = False,
) -> Report:
    made = {"dateline": system}
    return run_suite(suite, "dateline", home, store, systems=made, fresh=fresh, progress=False)


@pytest.mark.slow
def test_a_killed_run_goes_on_and_reports_as_an_uninterrupted_one(
    home: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, code = tmp_path / "killed.sqlite", "this code"
    monkeypatch.setattr(fingerprint, "_own_code", lambda: code)
    command = [sys.executable, "-m", "tests.evals.small", str(tmp_path / "home"), str(path), code]
    with subprocess.Popen(command, cwd=ROOT) as process:
        try:
            _wait_for(path, 2)
        finally:
            os.kill(process.pid, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL

    with RunStore.open(path) as store:
        (killed,) = store.runs()
        kept = store.kept(killed.id)
        assert 2 <= len(kept) < len(ORDER)
        assert killed.finished is None
        system = Noted()
        resumed = run(home, store, system)
        after = store.kept(killed.id)
        uninterrupted = run(home, store, Noted(), fresh=True)

        assert [info.done for info in store.runs()] == [len(ORDER)] * 2
        assert all(info.finished for info in store.runs())
        assert timeless(store.report(killed.id)) == timeless(resumed)

    assert len(system.asked) == len(ORDER) - len(kept)
    assert {name: after[name] for name in kept} == kept
    assert timeless(resumed) == timeless(uninterrupted)
    assert resumed.fingerprint == uninterrupted.fingerprint
    for metric in resumed.metrics:
        if not metric.name.startswith("seconds"):
            assert resumed.estimate(metric.name) == uninterrupted.estimate(metric.name)


def _wait_for(path: Path, items: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if path.exists():
            try:
                with RunStore.open(path, create=False) as store:
                    if any(info.done >= items for info in store.runs()):
                        return
            except EvalError:
                # Its first page is just being written.
                pass
        time.sleep(0.02)
    raise AssertionError("the other process has kept nothing")


def test_what_is_kept_is_not_asked_again_and_a_world_that_is_done_is_not_built(
    home: Newsroom, store: RunStore
) -> None:
    begun: list[RunInfo] = []
    with pytest.raises(KeyboardInterrupt):
        run(home, store, Noted(breaks_at="sail"))
    system = Noted()
    report = run_suite(
        SUITE, "dateline", home, store,
        systems={"dateline": system}, progress=False, begun=begun.append,
    )  # fmt: skip

    assert begun[0].done == 4
    assert system.made == [["cars", "hour"], ["lied"]]
    assert len(system.asked) == 2
    assert [record.sample.id for record in report.records] == ORDER


def test_a_run_that_was_killed_after_its_last_answer_asks_nothing(
    home: Newsroom, store: RunStore
) -> None:
    whole = run(home, store, Noted())
    (info,) = store.runs()
    store._connection.execute("UPDATE runs SET finished = NULL")
    system = Noted()
    again = run(home, store, system)

    assert (system.made, system.asked) == ([], [])
    assert again.records == whole.records
    assert store.run(info.id).finished is not None


def test_what_is_raised_after_a_record_ends_the_run_and_keeps_it(
    home: Newsroom, store: RunStore
) -> None:
    seen: list[str] = []

    def after(record: Record) -> None:
        seen.append(record.sample.id)
        if len(seen) == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        run_suite(SUITE, "dateline", home, store, progress=False, after=after)
    assert list(store.kept(store.runs()[0].id)) == seen == ORDER[:2]

    whole = run_suite(SUITE, "dateline", home, store, progress=False, after=after)
    assert seen == ORDER
    assert [record.sample.id for record in whole.records] == ORDER


def test_a_finished_run_is_run_anew(home: Newsroom, store: RunStore) -> None:
    run(home, store, Noted())
    system = Noted()
    run(home, store, system)

    assert len(system.asked) == len(ORDER)
    assert len(store.runs()) == 2


def test_another_library_is_another_run(home: Newsroom, store: RunStore) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(home, store, Noted(breaks_at="sail"))
    home.library.delete(next(home.library.articles()).id)
    system = Noted()
    run(home, store, system)

    assert len(system.asked) == len(ORDER)


def test_samples_are_asked_world_by_world_in_the_order_of_the_suite(
    home: Newsroom, store: RunStore
) -> None:
    cost, beams, mars, cars, hour, lied = SUITE.samples
    mixed = replace(SUITE, samples=(cars, cost, lied, hour, mars, beams))
    system = Noted()
    report = run(home, store, system, mixed)

    expected = ["cars", "hour", "cost", "mars", "beams", "lied"]
    assert [sample.id for sample in by_world(mixed.samples)] == expected
    assert [record.sample.id for record in report.records] == expected
    assert system.made == [["cars", "hour"], ["cost", "mars", "beams"], ["lied"]]


def test_quotes_are_held_against_the_library_of_the_samples_world(
    home: Newsroom, store: RunStore
) -> None:
    report = run(home, store, Noted())

    assert report.estimate("quote_fidelity").value == 1.0
    assert report.estimate("quote_fidelity").n == len(ORDER)
    assert [m.name for m in report.metrics] == [m.name for m in with_verifier(home)]
    assert report.records[-1].answer is not None
    assert "90 cars" in report.records[-1].answer.text


def test_a_sample_that_cannot_be_asked_is_kept_as_such(home: Newsroom, store: RunStore) -> None:
    class TooLong(Noted):
        def ask(self, question: str, *, as_of: date | None = None) -> Answer:
            if "Mars" in question:
                raise QuestionTooLong("The question is too long")
            return super().ask(question, as_of=as_of)

    report = run(home, store, TooLong())

    assert [record.sample.id for record in report.failed] == ["mars"]
    assert store.report(store.runs()[0].id).records == report.records
    assert all(isinstance(record, Record) for record in report.records)


def test_a_limit_asks_the_first_samples_and_is_told(home: Newsroom, store: RunStore) -> None:
    report = run_suite(SUITE, "dateline", home, store, limit=2, progress=False)

    assert [record.sample.id for record in report.records] == ORDER[:2]
    assert report.fingerprint["limit"] == "2"
    assert store.runs()[0].items == 2


def test_memory_and_seconds_are_measured(home: Newsroom, store: RunStore) -> None:
    report = run_suite(SUITE, "dateline", home, store, limit=2, progress=False)
    peaks = [record.memory_mb for record in report.records]

    assert all(record.seconds > 0 for record in report.records)
    # A Python with numpy and FAISS in it holds tens of MiB, and no test machine holds a TiB.
    assert all(peak is not None and 20 < peak < 2**20 for peak in peaks)
    assert peaks == sorted(peaks, key=lambda peak: peak or 0.0)


def test_no_language_model_is_loaded_for_a_system_without_one(
    home: Newsroom, store: RunStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(_: Newsroom) -> None:
        raise AssertionError("the generator was loaded")

    monkeypatch.setattr(Newsroom, "generator", property(load))
    for system in ("search-only", "nearest-sentence"):
        report = run_suite(SUITE, system, home, store, progress=False)
        assert not report.failed


def test_progress_counts_what_is_kept(
    home: Newsroom, store: RunStore, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(home, store, Noted(breaks_at="sail"))
    run_suite(SUITE, "dateline", home, store, systems={"dateline": Noted()})

    shown = capsys.readouterr().err
    assert "4/6" in shown
    assert "6/6" in shown


@pytest.mark.parametrize(
    ("suite", "said"),
    [
        (Suite("none", ()), "no samples"),
        (replace(SUITE, samples=(SUITE.samples[0],) * 2), "2 samples have the id 'cost'"),
        (replace(SUITE, worlds={}), "no articles for the world"),
    ],
)
def test_a_suite_that_cannot_be_run_is_told_before_anything_is_kept(
    home: Newsroom, store: RunStore, suite: Suite, said: str
) -> None:
    with pytest.raises(EvalError, match=said):
        run(home, store, Noted(), suite)
    assert store.runs() == ()


def test_an_unknown_system_is_told_with_those_that_there_are(
    home: Newsroom, store: RunStore
) -> None:
    with pytest.raises(EvalError, match="no system 'oracle'") as told:
        run_suite(SUITE, "oracle", home, store)
    assert "nearest-sentence" in str(told.value)
