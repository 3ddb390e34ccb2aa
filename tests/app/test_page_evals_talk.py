"""Answers of a run, opened as conversations: with their record, and ready to be gone on with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from evals.report import Report
from evals.store import RunInfo, RunStore
from evals.suite_run import run_suite
from evals.suites import load_suite
from page.conversation.message import answer_html
from page.conversation.run_record import record_html
from page.evals.runs import kept, stored
from page.evals.talk import link_of, opened
from page.kept.packing import packed, unpacked
from rag.newsroom import Newsroom
from tests.evals.small import newsroom as small_newsroom


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Newsroom]:
    with small_newsroom(tmp_path / "home") as made:
        yield made


@pytest.fixture
def store(home: Newsroom, tmp_path: Path) -> Path:
    path = tmp_path / "runs.sqlite"
    with RunStore.open(path) as opened_store:
        suite = load_suite("time")
        run_suite(suite, "nearest-sentence", home, opened_store, limit=8, progress=False)
    return path


@pytest.fixture
def run(store: Path) -> tuple[RunInfo, Report]:
    return kept(store, stored(store)[0].id)


def test_an_answer_is_opened_with_its_record_and_can_be_gone_on_with(
    home: Newsroom, store: Path, run: tuple[RunInfo, Report]
) -> None:
    info, report = run
    record = report.wrong[0]
    assert record.answer is not None
    found = opened(home, store, link_of(info.id, record.sample.id))
    assert found is not None
    talk, (turn,) = found
    assert talk is not None
    assert talk.newsroom is home
    assert [one.question for one in talk.turns] == [record.answer.question]
    assert (turn.number, turn.phase, turn.answer) == (1, "done", record.answer)
    assert turn.record is not None
    drawn = answer_html(turn)
    assert info.id in drawn
    assert "dl-colophon" in drawn
    told = {name: words for name, words, _ in turn.record.scores}
    assert told
    assert all(name in drawn for name in told)
    markers = [one.marker for one in record.answer.citations]
    later = talk.ask(record.sample.question)
    spans = {(one.article.id, one.start, one.end): one.marker for one in record.answer.citations}
    for one in later.citations:
        place = (one.article.id, one.start, one.end)
        assert one.marker == spans.get(place, one.marker)
        assert place in spans or one.marker > len(markers)


def test_what_was_asked_of_other_articles_says_so(
    home: Newsroom, store: Path, run: tuple[RunInfo, Report]
) -> None:
    info, report = run
    found = opened(home, store, link_of(info.id, report.records[0].sample.id))
    assert found is not None
    turn = found[1][0]
    assert turn.record is not None
    assert turn.record.is_of_own_articles == bool(report.records[0].sample.world)
    assert ("the suite brings" in record_html(turn.record)) == turn.record.is_of_own_articles


def test_a_kept_conversation_keeps_the_record(
    home: Newsroom, store: Path, run: tuple[RunInfo, Report]
) -> None:
    info, report = run
    found = opened(home, store, link_of(info.id, report.wrong[0].sample.id))
    assert found is not None
    pack = packed(found[1][0])
    assert unpacked(pack.turn, pack.articles).record == found[1][0].record


def test_a_link_that_leads_nowhere_is_told(
    home: Newsroom, store: Path, run: tuple[RunInfo, Report]
) -> None:
    info, _ = run
    for link in ("", "read-0123456789abcdef", f"talk-{info.id}", "talk-../../etc-0123456789abcdef"):
        assert opened(home, store, link) is None
    for run_id, words in ((info.id, "no such answer"), ("deadbeef", "no stored run")):
        found = opened(home, store, link_of(run_id, "gone"))
        assert found is not None
        talk, (turn,) = found
        assert talk is None
        assert turn.phase == "failed"
        assert words in turn.trouble
