"""Runs on disk: what is kept, what is taken up, and what is refused."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.errors import EvalError
from evals import store as store_module
from evals.fakes import make_answer, make_article, make_refusal
from evals.metrics import catalogue
from evals.record import Record
from evals.runner import ask
from evals.sample import Sample, Score, Target
from evals.store import RunInfo, RunStore
from evals.store_file import APPLICATION_ID, SCHEMA_VERSION

MARK = {"data": "abc", "code": "def"}
ARTICLE = make_article("In September 97 remain. Six were found in a tunnel.", "Counts")
SAMPLE = Sample("a", "How many?", "figure", Target(("97",), (), ("Counts",), ("97 remain",)))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[RunStore]:
    with RunStore.open(tmp_path / "runs.sqlite") as opened:
        yield opened


def begin(
    store: RunStore, *, fresh: bool = False, system: str = "dateline", **mark: str
) -> RunInfo:
    return store.begin(
        kind="answers",
        suite="sample",
        system=system,
        items=2,
        fingerprint=MARK | mark,
        fresh=fresh,
    )


def record(sample_id: str = "a", *, error: str | None = None) -> Record:
    sample = Sample(sample_id, SAMPLE.question, SAMPLE.kind, SAMPLE.target)
    answer = None if error else make_answer("97 are left.", [("97 remain", ARTICLE)], short="97")
    scores = {} if error else {"answer_accuracy": Score(1.0, "97", "“97” is accepted", 0.25)}
    return Record(sample, answer, scores, error, 0.1 + 0.2, 123.4)


def test_a_record_comes_back_as_it_was() -> None:
    for kept in (record(), record(error="The question is too long.")):
        assert Record.from_bytes(kept.to_bytes()) == kept


def test_a_refusal_and_its_unscored_metrics_come_back_as_they_were() -> None:
    class Refuses:
        def ask(self, question: str, *, as_of: object = None) -> object:
            del question, as_of
            return make_refusal()

    kept = ask(Refuses(), SAMPLE, tuple(catalogue().values()))  # type: ignore[arg-type]

    assert None in {score.value for score in kept.scores.values()}
    assert Record.from_bytes(kept.to_bytes()) == kept


@pytest.mark.parametrize("payload", [b"", b"nonsense", record().to_bytes()[:-9]])
def test_a_damaged_record_is_told(payload: bytes) -> None:
    with pytest.raises(EvalError, match="cannot be read"):
        Record.from_bytes(payload)


def test_a_new_run_is_empty_and_unfinished(store: RunStore) -> None:
    info = begin(store)

    assert (info.kind, info.suite, info.system, info.items) == ("answers", "sample", "dateline", 2)
    assert (info.done, info.finished, info.fingerprint) == (0, None, MARK)
    assert abs((datetime.now(UTC) - info.started).total_seconds()) < 60


def test_items_are_kept_at_once_in_order_and_the_first_stays(
    store: RunStore, tmp_path: Path
) -> None:
    info = begin(store)
    store.keep(info.id, "b", b"1")
    store.keep(info.id, "a", b"2")
    store.keep(info.id, "b", b"3")

    with RunStore.open(tmp_path / "runs.sqlite") as other:
        assert list(other.kept(info.id).items()) == [("b", b"1"), ("a", b"2")]
        assert other.run(info.id).done == 2


def test_an_unfinished_run_is_taken_up(store: RunStore) -> None:
    first = begin(store)
    store.keep(first.id, "a", b"1")

    again = begin(store)

    assert again.id == first.id
    assert again.done == 1


def test_another_run_is_begun_when_anything_differs(store: RunStore) -> None:
    first = begin(store)
    finished = begin(store, system="plain-prompt")
    store.finish(finished.id)

    others = {
        begin(store, fresh=True).id,
        begin(store, code="other").id,
        begin(store, system="closed-book").id,
        begin(store, system="plain-prompt").id,
    }

    assert len(others) == 4
    assert not others & {first.id, finished.id}


def test_the_newest_unfinished_run_is_the_one_taken_up(store: RunStore) -> None:
    begin(store)
    fresh = begin(store, fresh=True)

    assert begin(store).id == fresh.id


def test_finishing_tells_when_and_only_once(
    store: RunStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = begin(store)
    store.finish(info.id)
    finished = store.run(info.id).finished
    monkeypatch.setattr(store_module, "_now", lambda: "2030-01-01T00:00:00+00:00")
    store.finish(info.id)

    assert finished is not None
    assert store.run(info.id).finished == finished


def test_runs_are_listed_newest_first_and_stay_after_closing(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "runs.sqlite"
    with RunStore.open(path) as store:
        ids = [begin(store, fresh=True).id for _ in range(3)]
    with RunStore.open(path, create=False) as store:
        assert [info.id for info in store.runs()] == ids[::-1]


def test_the_beginning_of_an_id_will_do_unless_several_share_it(
    store: RunStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter(["aa11", "aa11", "aa22", "bb33"])
    monkeypatch.setattr("secrets.token_hex", lambda _: next(drawn))
    for system in ("one", "two", "three"):
        begin(store, system=system)

    assert store.run("b").id == "bb33"
    assert store.run("aa11").id == "aa11"
    with pytest.raises(EvalError, match="several stored runs begin with 'aa'") as several:
        store.run("aa")
    assert "aa22 (two on sample), aa11 (one on sample)" in str(several.value)
    assert "bb33" not in str(several.value)
    for unknown in ("zz", ""):
        with pytest.raises(EvalError, match="there is no stored run") as none:
            store.run(unknown)
        assert "bb33 (three on sample)" in str(none.value)


def test_keeping_needs_the_whole_id_of_a_run_that_is_there(store: RunStore) -> None:
    info = begin(store)

    for write in (
        lambda name: store.keep(name, "a", b""),
        lambda name: store.finish(name),
        lambda name: store.kept(name),
    ):
        with pytest.raises(EvalError, match="no stored run"):
            write(info.id[:4])


def test_a_report_of_what_is_kept_so_far(store: RunStore) -> None:
    info = begin(store)
    store.keep(info.id, "a", record("a").to_bytes())
    store.keep(info.id, "b", record("b", error="Too long.").to_bytes())

    report = store.report(info.id[:5])

    assert report.records == (record("a"), record("b", error="Too long."))
    assert (report.system, report.suite, report.fingerprint) == ("dateline", "sample", MARK)
    assert [metric.name for metric in report.metrics] == ["answer_accuracy"]
    assert report.estimate("answer_accuracy").value == 1.0


def test_a_run_in_which_nothing_could_be_asked_reports_every_metric(store: RunStore) -> None:
    info = begin(store)
    store.keep(info.id, "a", record(error="Too long.").to_bytes())

    assert [metric.name for metric in store.report(info.id).metrics] == list(catalogue())


def test_judged_claims_have_no_report_of_answers(store: RunStore) -> None:
    info = store.begin(kind="support", suite="fib", system="verifier", items=1, fingerprint={})

    with pytest.raises(EvalError, match="judged claims"):
        store.report(info.id)


@pytest.mark.parametrize(
    ("path", "says"),
    [("~nobody-of-that-name/runs.sqlite", "no runs are stored"), ("x" * 300, "cannot be used")],
)
def test_a_path_that_leads_nowhere_is_told(path: str, says: str) -> None:
    with pytest.raises(EvalError, match=says) as told:
        RunStore.open(path, create=False)
    assert told.value.where == path


def test_a_store_that_another_process_is_just_making_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "runs.sqlite"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    # A write that is under way: SQLite does not wait for it before it changes to WAL.
    other.execute("BEGIN IMMEDIATE")
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        other.execute("ROLLBACK")

    monkeypatch.setattr("evals.sqlite_file.time.sleep", wait)
    with RunStore.open(path) as store:
        assert begin(store).done == 0
    other.close()
    assert len(waited) == 1


def test_reading_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match="no runs are stored"):
        RunStore.open(tmp_path / "runs.sqlite", create=False)
    assert not list(tmp_path.iterdir())


def _foreign_database(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_text("a,b\n1,2\n", encoding="utf-8"),
        lambda path: path.write_bytes(b"SQLite format 3\0"),
        _foreign_database,
    ],
)
def test_a_file_that_is_something_else_is_refused_and_left_as_it_is(
    tmp_path: Path, make: object
) -> None:
    path = tmp_path / "other"
    make(path)  # type: ignore[operator]
    before = path.read_bytes()

    with pytest.raises(EvalError, match="no store of runs") as refused:
        RunStore.open(path)

    assert str(path) in str(refused.value)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["other"]


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EvalError):
        RunStore.open(tmp_path)


def test_a_store_of_a_newer_dateline_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "runs.sqlite"
    RunStore.open(path).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()

    with pytest.raises(EvalError, match=f"schema {SCHEMA_VERSION + 1}"):
        RunStore.open(path)


def test_a_store_whose_making_was_interrupted_is_made_whole(tmp_path: Path) -> None:
    path = tmp_path / "runs.sqlite"
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.close()

    with RunStore.open(path) as store:
        assert begin(store).done == 0


def test_a_damaged_store_is_told(tmp_path: Path) -> None:
    path = tmp_path / "runs.sqlite"
    with RunStore.open(path) as store:
        info = begin(store)
        for number in range(200):
            store.keep(info.id, str(number), bytes(1000))
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))

    with pytest.raises(EvalError, match="cannot be used"), RunStore.open(path) as store:
        store.kept(store.runs()[0].id)


def test_two_processes_may_write_one_run(tmp_path: Path) -> None:
    path = tmp_path / "runs.sqlite"
    with RunStore.open(path) as one, RunStore.open(path) as two:
        first, second = begin(one), begin(two)
        one.keep(first.id, "a", b"1")
        two.keep(second.id, "a", b"2")
        two.keep(second.id, "b", b"3")

        assert first.id == second.id
        assert one.kept(first.id) == {"a": b"1", "b": b"3"}
