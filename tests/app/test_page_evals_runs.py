"""Runs begun from the page: to their end, stopped, gone on with, and what cannot be run."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import rag
from corpus.errors import EvalError
from corpus.samples import sample_paths
from embeddings.embedders.hashing import HashEmbedder
from evals.store import RunStore
from evals.suites import load_suite
from evals.systems import SYSTEMS
from page.conversation.turn import Turn
from page.desk.desk import Desk
from page.evals import events
from page.evals.bench import Bench, Plan, Progress
from page.evals.report import NOTHING_RUN
from page.evals.suites import (
    JUDGED,
    MOST_BYTES,
    OWN,
    SYSTEMS_IN_WORDS,
    chosen_suite,
    suite_choices,
    system_choices,
)
from page.kept.judgement import NO_ANSWER, Judgement, sample_of
from page.kept.suite import add_sample, suite_file
from rag.answer import Answer
from rag.events import AnswerFinished
from rag.newsroom import Newsroom
from rag.writing.generators.scripted import ScriptedGenerator
from tests.evals.small import newsroom as small_newsroom

QUESTIONS = """question,answer,article,unanswerable
How much will the quay cost?,12 million,Harbour plan,
How many cracked beams were found?,14,Bridge closed,
Until when does the bridge stay closed?,October,Bridge closed,
Who landed on Mars?,,,yes
"""
PATIENCE = 20.0


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Newsroom]:
    with small_newsroom(tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def bench(home: Newsroom, tmp_path: Path) -> Iterator[Bench]:
    with Desk(home) as desk, Bench(desk, tmp_path / "runs.sqlite") as opened:
        yield opened


@pytest.fixture
def own(tmp_path: Path) -> str:
    path = tmp_path / "uploads" / "mine.csv"
    path.parent.mkdir()
    path.write_text(QUESTIONS, encoding="utf-8")
    return str(path)


class Gate:
    """Lets a newsroom answer only as many questions as it was told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._allowed = threading.Semaphore(0)
        self.asked: list[str] = []
        self.begun = threading.Event()
        answer = Newsroom.ask

        def ask(newsroom: Newsroom, question: str, *, as_of: date | None = None) -> Answer:
            self.begun.set()
            assert self._allowed.acquire(timeout=PATIENCE)
            self.asked.append(question)
            return answer(newsroom, question, as_of=as_of)

        monkeypatch.setattr(Newsroom, "ask", ask)

    def allow(self, questions: int) -> None:
        self._allowed.release(questions)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    return Gate(monkeypatch)


def run(bench: Bench, own: str, session: str = "tab", limit: str = "") -> Iterator[events.Ran]:
    return events.run(bench, session, OWN, own, "dateline", limit)


def until(drawings: Iterator[Any], words: str) -> Any:
    """The first drawing whose status has these words."""
    for drawn in drawings:
        if words in drawn[0]:
            return drawn
    raise AssertionError(f"no drawing says '{words}'")


def wait_for_kept(bench: Bench, done: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if bench.store.exists():
            with RunStore.open(bench.store) as store:
                if any(info.done >= done for info in store.runs()):
                    return
        time.sleep(0.02)
    raise AssertionError("not enough was kept")


def test_a_run_goes_to_its_end_and_stands_first_in_the_list(bench: Bench, own: str) -> None:
    drawings = list(run(bench, own))
    status, button, stop, listed = drawings[-1]
    assert "4 questions asked" in status
    assert (button["interactive"], stop["interactive"]) == (True, False)
    with RunStore.open(bench.store) as store:
        (info,) = store.runs()
    assert info.finished
    assert (info.suite, info.system, info.done) == ("mine", "dateline", 4)
    assert listed["value"] == info.id
    assert listed["choices"][0][0].startswith("dateline on mine\n4 of 4")
    assert drawings[0][1]["interactive"] is False
    assert drawings[0][2]["interactive"] is True

    report, versus, rivals, download = events.show(bench, info.id)
    assert "dateline on mine" in report.replace('<span class="dl-on">', "")
    assert versus["visible"] is False
    assert rivals["choices"] == []
    assert download["interactive"] is True


def test_a_stopped_run_shows_what_is_kept_and_goes_on_from_there(
    bench: Bench, own: str, gate: Gate
) -> None:
    drawings = run(bench, own)
    gate.allow(2)
    working = until(drawings, "2 of 4")
    assert "left" in working[0]
    bench.stop("tab")
    assert "stopping after this question" in until(drawings, "stopping")[0]
    gate.allow(1)
    status, button, _, listed = list(drawings)[-1]
    assert "Stopped at 3 of 4. Run goes on from there." in status
    assert button["interactive"] is True
    assert "so far" in events.show(bench, listed["value"])[0]

    gate.allow(1)
    assert "4 questions asked" in list(run(bench, own))[-1][0]
    assert len(gate.asked) == len(set(gate.asked)) == 4
    with RunStore.open(bench.store) as store:
        (info,) = store.runs()
    assert info.finished


def test_leaving_the_page_ends_the_run_within_a_question(
    bench: Bench, own: str, gate: Gate
) -> None:
    drawings = bench.run("tab", Plan(chosen_suite(OWN, own), "dateline"))
    gate.allow(1)
    assert any(progress.done == 1 for progress in drawings)
    drawings.close()
    gate.allow(9)
    bench.close()
    with RunStore.open(bench.store) as store:
        (info,) = store.runs()
    assert info.done == 2
    assert info.finished is None


def test_closing_the_bench_stops_what_runs_and_what_waits(
    bench: Bench, own: str, gate: Gate
) -> None:
    plan = Plan(chosen_suite(OWN, own), "dateline")
    first, second = bench.run("one", plan), bench.run("two", plan)
    gate.allow(1)
    assert any(progress.done == 1 for progress in first)
    assert next(second) == Progress("waiting")
    closing = threading.Thread(target=bench.close)
    closing.start()
    gate.allow(1)
    closing.join(PATIENCE)
    assert not closing.is_alive()
    assert list(first)[-1].phase == "stopped"
    assert list(second)[-1].phase == "stopped"
    assert len(gate.asked) == 2


def test_runs_wait_for_one_another(bench: Bench, own: str, gate: Gate) -> None:
    plan = Plan(chosen_suite(OWN, own), "dateline", 1)
    first, second = bench.run("one", plan), bench.run("two", plan)
    assert any(progress.phase == "asking" for progress in first)
    assert next(second).phase == "waiting"
    gate.allow(2)
    assert list(first)[-1].phase == "done"
    assert list(second)[-1].phase == "done"


def until_inside(bench: Bench) -> None:
    """Wait until the run has its turn."""
    deadline = time.monotonic() + PATIENCE
    while not bench.desk.gate.inside:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_readers_question_comes_between_two_of_a_run(bench: Bench, own: str, gate: Gate) -> None:
    drawings = run(bench, own)
    until(drawings, "0 of 4")
    until_inside(bench)
    reader = bench.desk.gate.join()
    assert reader.place == 1
    gate.allow(4)
    told = until(drawings, "reader")[0]
    assert "1 of 4 · a reader’s question comes first…" in told
    assert reader.place == 0
    time.sleep(0.1)
    assert len(gate.asked) == 1
    reader.leave()
    assert "4 questions asked" in list(drawings)[-1][0]
    assert len(gate.asked) == 4
    assert bench.desk.gate.inside == 0


def test_a_run_that_waits_for_a_reader_can_be_stopped(bench: Bench, own: str, gate: Gate) -> None:
    reader = bench.desk.gate.join()
    drawings = run(bench, own)
    until(drawings, "reader")
    bench.stop("tab")
    assert "Stopped before the first answer" in list(drawings)[-1][0]
    assert gate.asked == []
    assert (bench.desk.gate.inside, bench.desk.gate.waiting) == (1, 0)
    reader.leave()


def test_a_run_comes_in_where_as_many_readers_wait_as_may(
    bench: Bench, own: str, gate: Gate
) -> None:
    readers = [bench.desk.gate.join() for _ in range(17)]
    drawings = run(bench, own)
    until(drawings, "reader")
    gate.allow(4)
    for reader in readers:
        reader.leave()
    assert "4 questions asked" in list(drawings)[-1][0]
    assert bench.desk.gate.refused == 0


def test_a_server_that_is_being_stopped_ends_the_run(bench: Bench, own: str, gate: Gate) -> None:
    drawings = run(bench, own)
    until(drawings, "0 of 4")
    until_inside(bench)
    bench.desk.gate.drain()
    gate.allow(4)
    assert "Stopped at 1 of 4" in list(drawings)[-1][0]
    assert len(gate.asked) == 1
    assert bench.desk.gate.is_empty_within(PATIENCE)


def test_what_breaks_a_run_lets_readers_in(
    bench: Bench, own: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> Answer:
        raise ZeroDivisionError

    monkeypatch.setattr(Newsroom, "ask", broken)
    with pytest.raises(ZeroDivisionError):
        list(run(bench, own))
    assert bench.desk.gate.inside == 0


def test_a_second_run_in_one_tab_stops_the_first(bench: Bench, own: str, gate: Gate) -> None:
    first = bench.run("tab", Plan(chosen_suite(OWN, own), "dateline"))
    assert any(progress.phase == "asking" for progress in first)
    second = bench.run("tab", Plan(chosen_suite(OWN, own), "dateline", 1))
    assert next(second).phase == "waiting"
    gate.allow(2)
    assert list(first)[-1].phase == "stopped"
    assert list(second)[-1].phase == "done"


def test_the_first_few_questions_alone_can_be_asked(bench: Bench, own: str) -> None:
    assert "2 questions asked" in list(run(bench, own, limit=" 2 "))[-1][0]
    with RunStore.open(bench.store) as store:
        assert store.runs()[0].items == 2


@pytest.mark.parametrize("limit", ["0", "-3", "1.5", "many", "12345678"])
def test_what_is_no_number_of_questions_is_told(bench: Bench, own: str, limit: str) -> None:
    (drawn,) = run(bench, own, limit=limit)
    assert "whole number from 1 up" in drawn[0]
    assert limit in drawn[0]
    assert drawn[1]["interactive"] is True
    assert not bench.store.exists()


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("mine.csv", "question,answr\nWho?,She\n", "mine.csv, row 1"),
        ("mine.jsonl", '{"question": "Who?", "answer": "She"}\n{oops\n', "mine.jsonl, line 2"),
        ("mine.yaml", "- question: Who?\n", "mine.yaml, line 1"),
        ("mine.csv", "question,answer\nWho?,\n", "mine.csv, row 2"),
        ("mine.txt", "Who?", "mine.txt"),
        ("big.csv", "x" * (MOST_BYTES + 1), "big.csv"),
    ],
)
def test_a_file_that_cannot_be_asked_is_told_with_its_line(
    bench: Bench, tmp_path: Path, name: str, text: str, said: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    (drawn,) = run(bench, str(path))
    assert said in drawn[0]
    assert "Next:" in drawn[0]
    assert str(tmp_path) not in drawn[0], "where the page keeps it is of no use to the reader"
    assert not bench.store.exists()


@pytest.mark.parametrize(
    ("suite", "uploaded", "said"),
    [
        (OWN, None, "There is no file of questions yet"),
        (OWN, "/nonexistent/mine.csv", "The file is gone"),
        (None, None, "No suite is chosen"),
        ("/etc/passwd", None, "No suite is chosen"),
    ],
)
def test_nothing_to_ask_is_told(
    bench: Bench, suite: str | None, uploaded: str | None, said: str
) -> None:
    (drawn,) = events.run(bench, "tab", suite, uploaded, "dateline", "")
    assert said in drawn[0]


def test_a_fault_ends_the_run_and_reaches_the_terminal(
    bench: Bench, own: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(*_: object, **__: object) -> Answer:
        raise RuntimeError("the model fell over")

    monkeypatch.setattr(Newsroom, "ask", ask)
    with pytest.raises(RuntimeError, match="fell over"):
        list(run(bench, own))
    status, button, stop = events.broke()
    assert "Something went wrong on this machine" in status
    assert (button["interactive"], stop["interactive"]) == (True, False)


def test_the_report_is_written_only_where_the_desk_keeps_it(bench: Bench, own: str) -> None:
    first = list(run(bench, own))[-1][3]["value"]
    (_, _, _, listed) = list(events.run(bench, "tab", OWN, own, "nearest-sentence", ""))[-1]
    second = listed["value"]
    alone = events.show(bench, first)[3]
    shown, pair = events.compare(bench, second, first)
    assert "Over 4 questions that both were asked" in shown
    assert events.compare(bench, first, "")[1] == alone
    paths = [Path(update["value"]) for update in (alone, pair)]
    assert paths[0].name == f"dateline-evals-mine-dateline-{first}.html"
    assert paths[1].name.endswith(f"-{second}-against-dateline-{first}.html")
    assert all(path.parent == bench.desk.folder for path in paths)
    assert all(path.read_text("utf-8").startswith("<!doctype html>") for path in paths)
    bench.desk.close()
    assert not any(path.exists() for path in paths)


def test_a_file_name_cannot_lead_out_of_its_folder(bench: Bench, own: str) -> None:
    list(run(bench, own))
    with RunStore.open(bench.store) as store:
        info = store.begin(
            kind="answers", suite="../../e\u0301vil\nx" * 40, system="/etc", items=1, fingerprint={}
        )
    name = events.file_name(info)
    assert "/" not in name
    assert "\n" not in name
    assert len(name) < 200


def test_the_tab_opens_on_the_newest_run_or_says_that_there_is_none(
    bench: Bench, own: str, tmp_path: Path
) -> None:
    assert events.opened(bench, None)[1] == NOTHING_RUN
    run_id = list(run(bench, own))[-1][3]["value"]
    assert events.opened(bench, None)[0]["value"] == run_id
    assert events.opened(bench, "gone")[0]["value"] == run_id
    assert events.show(bench, None)[3]["interactive"] is False
    wrong = Bench(bench.desk, tmp_path / "notes.txt")
    wrong.store.write_text("no run store")
    listed, report = events.opened(wrong, None)
    assert listed["visible"] is False
    assert "notes.txt" in report
    assert "notes.txt" in events.show(wrong, "abc")[0]
    wrong.close()


def test_suites_are_offered_where_they_can_be_asked(home: Newsroom, tmp_path: Path) -> None:
    assert [name for _, name in suite_choices(home)] == ["time", OWN]
    with rag.open(
        tmp_path / "sample", add=[sample_paths()], embedder=HashEmbedder(),
        generator=ScriptedGenerator([]), progress=False,
    ) as sample:  # fmt: skip
        choices = suite_choices(sample)
    assert [name for _, name in choices] == ["desk", "sample", "time", OWN]
    assert f"{len(load_suite('sample').samples)} questions" in choices[1][0]
    assert "articles of its own" in choices[2][0]


def test_what_a_reader_judged_is_offered_as_a_suite_and_can_be_run(
    bench: Bench, home: Newsroom, tmp_path: Path
) -> None:
    file = suite_file(tmp_path, "", bench.desk.address)
    assert JUDGED not in [name for _, name in suite_choices(home, file)]
    with pytest.raises(EvalError, match="No judged answer"):
        chosen_suite(JUDGED, None, file)
    with pytest.raises(EvalError, match="No judged answer"):
        chosen_suite(JUDGED, None)
    for place, question in enumerate(("How many cracked beams were found?", "Who landed on Mars?")):
        answer = home.ask(question)
        turn = Turn(1, question, key=f"{place:016x}").after(AnswerFinished(answer))
        add_sample(file, sample_of(turn, Judgement("wrong", "", "14" if place == 0 else NO_ANSWER)))
    (words,) = [words for words, name in suite_choices(home, file) if name == JUDGED]
    assert words == "my judged answers\n2 questions of this library, from Right and Wrong"
    last = list(events.run(bench, "tab", JUDGED, None, "dateline", "", file))[-1]
    assert "2 questions asked" in last[0]
    with RunStore.open(bench.store) as store:
        (info,) = store.runs()
    assert (info.suite, info.done) == (file.stem, 2)
    file.write_text("{")
    (words,) = [words for words, name in suite_choices(home, file) if name == JUDGED]
    assert "cannot be read" in words
    told = list(events.run(bench, "tab", JUDGED, None, "dateline", "", file))[-1][0]
    assert f"({file.name}, line 1)" in told
    assert str(tmp_path) not in told


def test_every_system_is_told_in_a_line() -> None:
    assert set(SYSTEMS_IN_WORDS) == set(SYSTEMS)
    assert [name for _, name in system_choices()] == list(SYSTEMS_IN_WORDS)
