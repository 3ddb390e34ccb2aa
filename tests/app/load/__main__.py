"""`python -m tests.app.load`: what a server must stand, at full size, as a table.

python -m tests.app.load                 # every row: some ten minutes
python -m tests.app.load 21 22 --quick   # two rows at the size of the tests
python -m tests.app.load 21 --real       # with the program's own models
"""

from __future__ import annotations

import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

import click

MODULES = {
    21: "tests.app.load.overload",
    22: "tests.app.load.leavers",
    23: "tests.app.load.signals",
    25: "tests.app.load.offline",
}


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("numbers", metavar="[ROW]…", nargs=-1, type=int)
@click.option("--quick", is_flag=True, help="As many cases as the tests carry.")
@click.option("-n", "cases", type=click.IntRange(1), help="So many cases of each row.")
@click.option("--seed", default=1, show_default=True, help="Other moments of the same kinds.")
@click.option("--real", is_flag=True, help="With the program's own models.")
def main(numbers: tuple[int, ...], quick: bool, cases: int | None, seed: int, real: bool) -> None:
    """Cause the faults of ROW… (all of them when none is named) and count the harm."""
    if unknown := set(numbers) - set(MODULES):
        raise click.UsageError(f"There is no row {unknown}; rows are {list(MODULES)}.")
    failed = False
    for number in numbers or MODULES:
        module = import_module(MODULES[number])
        n = cases or (module.FAULT.quick if quick else module.FAULT.full)
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="dateline-load-") as folder:
            row = module.run(n, seed, Path(folder), real=real)
        click.echo(
            f"{number} {row.fault}: {row.bad} of {row.tried} bad "
            f"({time.monotonic() - began:.0f} s). {row.note}"
        )
        failed = failed or row.bad > 0
    sys.exit(failed)


if __name__ == "__main__":
    main()
