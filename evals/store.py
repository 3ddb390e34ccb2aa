"""Runs on disk: one SQLite file that a kill cannot spoil, and that a killed run goes on from.

A run is a row of `runs`; what it found is in `items`, one row a sample or claim, committed one by
one. Two processes that take up the same run do no harm: both go through the items in the same
order, and what is kept first stays.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from corpus.closing import Closing
from corpus.errors import EvalError
from corpus.walk import expanded
from evals.metrics import catalogue
from evals.metrics.base import Metric
from evals.record import Record
from evals.report import Report
from evals.store_file import RUNS

DEFAULT_STORE = Path("dateline-runs.sqlite")
"""In the working folder, beside `dateline-library`."""

Kind = Literal["answers", "support"]

_ID_BYTES = 4
"""8 hexadecimal digits: few enough to type, and one that is taken is drawn anew."""

_SHOWN = 8
"""Candidates that an error lists, the newest first."""

_SELECT = """
SELECT id, kind, suite, system, items,
       (SELECT count(*) FROM items WHERE run = runs.number),
       started, finished, fingerprint
FROM runs
"""


@dataclass(frozen=True, slots=True)
class RunInfo:
    """One run, without what it found.

    Attributes:
        id: 8 hexadecimal digits; any beginning that no other run shares will do as well.
        kind: 'answers' of a system to the samples of a suite, or the 'support' that a judge gives
            to the claims of a set.
        suite: the suite, or the set of claims.
        system: the system, or the judge.
        items: how many samples or claims there are.
        done: how many of them are kept.
        started: when it was begun, in UTC.
        finished: when all of them were kept, in UTC; None while some are not.
        fingerprint: everything that its numbers depend on.
    """

    id: str
    kind: Kind
    suite: str
    system: str
    items: int
    done: int
    started: datetime
    finished: datetime | None
    fingerprint: Mapping[str, str]


class RunStore(Closing):
    """Stored runs. Made by `open`; close it, or use it in a `with` block.

    Any number of processes may use one file. One RunStore is for one thread at a time.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    @classmethod
    def open(cls, path: str | Path = DEFAULT_STORE, *, create: bool = True) -> RunStore:
        """Open the file, and make it if nothing is there.

        Args:
            create: False to refuse instead of making one, for those who only want to read.

        Raises:
            EvalError: it is no run store, made by a newer Dateline, or cannot be used.
        """
        file = expanded(path)
        with RUNS.told(file):
            there = file.exists()
        if not create and not there:
            raise EvalError(
                "no runs are stored here yet",
                where=file,
                next_step="dateline-eval run sample, or name the file with --store",
            )
        return cls(file, RUNS.connect(file))

    def begin(
        self,
        *,
        kind: Kind,
        suite: str,
        system: str,
        items: int,
        fingerprint: Mapping[str, str],
        fresh: bool = False,
        whole: bool = False,
    ) -> RunInfo:
        """Take up the newest unfinished run that is the same in all of this, or begin one.

        Args:
            items: how many samples or claims it will have.
            fresh: begin one in any case; an unfinished one stays as it is.
            whole: where none is unfinished, take up the newest finished one. Nothing is then
                left to ask.
        """
        mark = json.dumps(dict(fingerprint), sort_keys=True, ensure_ascii=False)
        same = (kind, suite, system, items, mark)
        with self._writing():
            found = self._connection.execute(
                "SELECT id FROM runs WHERE (kind, suite, system, items, fingerprint) = "
                "(?, ?, ?, ?, ?) AND (finished IS NULL OR ?) "
                "ORDER BY finished IS NULL DESC, number DESC LIMIT 1",
                (*same, whole),
            ).fetchone()
            run_id = self._unused_id() if found is None or fresh else str(found[0])
            if found is None or fresh:
                self._connection.execute(
                    "INSERT INTO runs (kind, suite, system, items, fingerprint, id, started) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (*same, run_id, _now()),
                )
        return self.run(run_id)

    def keep(self, run_id: str, item_id: str, payload: bytes) -> None:
        """Keep what came of one item, at once. One that is kept already stays as it is.

        Raises:
            EvalError: there is no such run, or the disk does not take it.
        """
        number = self._number(run_id)
        with self._writing():
            self._connection.execute(
                "INSERT INTO items (run, item, payload) VALUES (?, ?, ?) "
                "ON CONFLICT (run, item) DO NOTHING",
                (number, item_id, payload),
            )

    def kept(self, run_id: str) -> dict[str, bytes]:
        """What is kept of a run, by item, in the order of keeping.

        Raises:
            EvalError: there is no such run.
        """
        number = self._number(run_id)
        with RUNS.told(self.path):
            return dict(
                self._connection.execute(
                    "SELECT item, payload FROM items WHERE run = ? ORDER BY number", (number,)
                )
            )

    def finish(self, run_id: str) -> None:
        """Mark a run as whole: it is not taken up again.

        Raises:
            EvalError: there is no such run.
        """
        number = self._number(run_id)
        with self._writing():
            self._connection.execute(
                "UPDATE runs SET finished = ? WHERE number = ? AND finished IS NULL",
                (_now(), number),
            )

    def runs(self) -> tuple[RunInfo, ...]:
        """Every run, newest first."""
        with RUNS.told(self.path):
            rows = self._connection.execute(f"{_SELECT} ORDER BY number DESC").fetchall()
        return tuple(_info(row) for row in rows)

    def run(self, run_id: str) -> RunInfo:
        """The run of that id, or the only one whose id begins so.

        Raises:
            EvalError: none does, or several do; it lists those that were meant or could be.
        """
        with RUNS.told(self.path):
            row = self._connection.execute(f"{_SELECT} WHERE id = ?", (run_id,)).fetchone()
        if row is not None:
            return _info(row)
        runs = self.runs()
        meant = [info for info in runs if run_id and info.id.startswith(run_id)]
        if len(meant) == 1:
            return meant[0]
        raise EvalError(
            f"several stored runs begin with '{run_id}'" if meant
            else f"there is no stored run '{run_id}'",
            where=self.path,
            next_step=_candidates(meant or runs),
        )  # fmt: skip

    def report(self, run_id: str) -> Report:
        """What was answered in a run so far, summed up. An unfinished run gives what there is.

        Args:
            run_id: as `run` takes it.

        Raises:
            EvalError: there is no such run, it has no answers, or they cannot be read.
        """
        info = self.run(run_id)
        if info.kind != "answers":
            raise EvalError(
                f"run {info.id} judged claims: there are no answers to report",
                where=self.path,
                next_step="dateline-eval list --runs",
            )
        records = tuple(Record.from_bytes(payload) for payload in self.kept(info.id).values())
        return Report(info.system, info.suite, records, _measured(records), info.fingerprint)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _number(self, run_id: str) -> int:
        """The row of exactly that run: a beginning is for people, who can be asked again."""
        with RUNS.told(self.path):
            row = self._connection.execute(
                "SELECT number FROM runs WHERE id = ?", (run_id,)
            ).fetchone()
        if row is None:
            raise EvalError(
                f"there is no stored run '{run_id}'",
                where=self.path,
                next_step=_candidates(self.runs()),
            )
        return int(row[0])

    def _unused_id(self) -> str:
        while True:
            run_id = secrets.token_hex(_ID_BYTES)
            taken = self._connection.execute("SELECT 1 FROM runs WHERE id = ?", (run_id,))
            if taken.fetchone() is None:
                return run_id

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with RUNS.told(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise


def _measured(records: tuple[Record, ...]) -> tuple[Metric, ...]:
    """The metrics that scored at least one record, in the order of the catalogue; all of them
    when nothing was scored."""
    known = catalogue()
    scored = {name for record in records for name in record.scores}
    return tuple(metric for name, metric in known.items() if name in scored or not scored)


def _info(row: tuple[str, Kind, str, str, int, int, str, str | None, str]) -> RunInfo:
    run_id, kind, suite, system, items, done, started, finished, mark = row
    return RunInfo(
        id=run_id,
        kind=kind,
        suite=suite,
        system=system,
        items=items,
        done=done,
        started=datetime.fromisoformat(started),
        finished=datetime.fromisoformat(finished) if finished else None,
        fingerprint=json.loads(mark),
    )


def _candidates(runs: Iterable[RunInfo]) -> str:
    named = [f"{info.id} ({info.system} on {info.suite})" for info in runs][:_SHOWN]
    return f"name one of {', '.join(named)}" if named else "dateline-eval run sample"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
