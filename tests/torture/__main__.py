"""`python -m tests.torture`: causes every fault that a library must stand, and counts the harm.

python -m tests.torture                 # all rows, the full figure: some 20 minutes
python -m tests.torture 1 4 --quick     # two rows at the size of the tests
python -m tests.torture 1 --reuters ../shared/data/reuters21578 --real
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from tests.torture import faults, kills, other_embedder, resume
from tests.torture.row import Fault, Row


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("numbers", metavar="[ROW]…", nargs=-1, type=int)
@click.option("--quick", is_flag=True, help="As many cases as the tests carry.")
@click.option("-n", "cases", type=click.IntRange(1), help="So many cases of each row.")
@click.option("--seed", default=1, show_default=True, help="Other cases of the same kinds.")
@click.option("--real", is_flag=True, help="Rows 1, 8 and 9 with the default embedder.")
@click.option(
    "--reuters",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Row 1 over one ingest of these articles.",
)
@click.option("--folder", type=click.Path(path_type=Path), help="Where to work; it is kept.")
@click.option("--json", "target", type=click.Path(path_type=Path), help="Write the rows there.")
@click.option("--table", is_flag=True, help="Print the rows as a Markdown table.")
def main(
    numbers: tuple[int, ...],
    quick: bool,
    cases: int | None,
    seed: int,
    real: bool,
    reuters: Path | None,
    folder: Path | None,
    target: Path | None,
    table: bool,
) -> None:
    """Cause the faults of ROW… (all of them when none is named) and count the harm."""
    unknown = set(numbers) - set(faults.MODULES)
    if unknown:
        raise click.UsageError(
            f"There is no row {unknown}; rows are {', '.join(map(str, faults.MODULES))}."
        )
    done: list[tuple[Fault, Row, float]] = []
    for number in numbers or faults.MODULES:
        fault: Fault = faults.module(number).FAULT
        n = cases or (fault.quick if quick else fault.full)
        place = Path(tempfile.mkdtemp(prefix=f"torture-{number}-", dir=folder))
        started = time.monotonic()
        try:
            row = _run(number, n, seed, place, real=real, reuters=reuters)
        finally:
            if folder is None:
                shutil.rmtree(place, ignore_errors=True)
        done.append((fault, row, time.monotonic() - started))
        if not table:
            click.echo(_line(row, done[-1][2]))
    if table:
        click.echo(_table(done, quick=quick, cases=cases, seed=seed))
    if target is not None:
        target.write_text(_json(done), encoding="utf-8")
    if any(row.bad for _, row, _ in done):
        sys.exit(1)


def _run(number: int, n: int, seed: int, place: Path, *, real: bool, reuters: Path | None) -> Row:
    if number == kills.FAULT.number and reuters is not None:
        return kills.run_folder(n, seed, place, reuters.resolve(), real=real)
    if real and number == kills.FAULT.number:
        return kills.run(n, seed, place, real=True)
    if real and number == resume.FAULT.number:
        return resume.run(n, seed, place, real=True)
    if real and number == other_embedder.FAULT.number:
        return other_embedder.run_real(n, seed, place)
    row: Row = faults.module(number).run(n, seed, place)
    return row


def _line(row: Row, seconds: float) -> str:
    mark = "BAD" if row.bad else "ok "
    return (
        f"{mark} {row.number:>2} {row.fault}: {row.bad} bad of {row.tried:,} "
        f"(95 %: ≤ {row.bound:.2%}), {seconds:.0f} s. {row.note}"
    )


def _table(
    done: Sequence[tuple[Fault, Row, float]], *, quick: bool, cases: int | None, seed: int
) -> str:
    """The rows in Markdown."""
    lines = [
        "| # | Fault | How it is caused | What must come of it | n | Bad | 95 % bound | Command |",
        "|--:|---|---|---|--:|--:|--:|---|",
    ]
    size = f" -n {cases}" if cases else " --quick" if quick else ""
    more = f"{size}{f' --seed {seed}' if seed != 1 else ''}"
    lines += [
        f"| {row.number} | {row.fault} | {fault.cause} | {fault.must} | {row.tried:,} | {row.bad} "
        f"| {row.bound:.2%} | `python -m tests.torture {row.number}{more}` |"
        for fault, row, _ in done
    ]
    return "\n".join(lines)


def _json(done: Sequence[tuple[Fault, Row, float]]) -> str:
    rows = [
        {**asdict(row), "bound": row.bound, "cause": fault.cause, "must": fault.must,
         "seconds": round(seconds, 1)}
        for fault, row, seconds in done
    ]  # fmt: skip
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    main()
