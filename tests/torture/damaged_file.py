"""Row 4: SQLite's own file rots; a read gives what was stored or says that it cannot."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

from tests.torture import observe, stocked, warm
from tests.torture.row import Fault, Row, Tally, chance

FAULT = Fault(
    number=4,
    name="damaged SQLite file",
    cause="a bit flipped, a 512-byte block zeroed, filled with noise or exchanged, cut off, "
    "emptied, lengthened, at a random place of library.sqlite3 or of its write-ahead log, with "
    "and without the derived indexes",
    must="each read equals the undamaged library's, or an error names the library and the way back",
    full=600,
    quick=60,
)
_DAMAGES = tuple(name for name in stocked.DAMAGES if name != "delete")


def run(n: int, seed: int, folder: Path) -> Row:
    """Damages `n` copies of a library, each in one place."""
    tally = Tally(FAULT)
    made = warm.call(_stock, folder)
    if made.fault:
        raise RuntimeError(f"a library could not be made: {made.fault}")
    asked, states = made.value
    cases = [(folder, number, seed, asked) for number in range(n)]
    seen: Counter[str] = Counter()
    for case, outcome in warm.each(_one, cases):
        shutil.rmtree(folder / f"copy-{case[1]}", ignore_errors=True)
        if outcome.fault:
            tally.count(f"case {case[1]}", outcome.fault.strip().rpartition("\n")[2])
            continue
        told, logged, answers = outcome.value
        harm, kind = _judge(answers, states, logged=logged)
        seen[kind] += 1
        tally.count(f"case {case[1]}, {told}", harm)
    figures = ", ".join(f"{count} {kind}" for kind, count in sorted(seen.items()))
    return tally.row(figures)


def _judge(
    answers: observe.Answers, states: dict[str, observe.Answers], *, logged: bool
) -> tuple[str, str]:
    """The harm, or '', and how the damage showed."""
    harm = observe.harm(answers, states["logged" if logged else "whole"])
    if not harm:
        return "", "refused" if observe.refused(answers) else "unharmed"
    if logged:
        # SQLite ends its log at the first frame whose checksum fails: the library is then as it
        # was at an earlier commit, in all reads alike.
        for earlier in ("before", "between"):
            if not observe.harm(answers, states[earlier]):
                return "", "at an earlier commit, for the end of the log was lost"
    return harm, "harmed"


def _stock(folder: Path) -> tuple[observe.Names, dict[str, observe.Answers]]:
    stocked.stock(folder / "whole")
    with observe.opened(folder / "whole") as library:
        names = observe.names(library)
    states = stocked.with_log(folder / "whole", folder / "logged", names)
    return names, states


def _one(
    folder: Path, number: int, seed: int, asked: observe.Names
) -> tuple[str, bool, observe.Answers]:
    """What was damaged, whether that library has a log, and what it says afterwards."""
    luck = chance(FAULT, seed, number)
    logged = luck.random() < 1 / 3
    path = folder / f"copy-{number}"
    shutil.copytree(folder / ("logged" if logged else "whole"), path)
    bare = luck.random() < 1 / 3
    if bare:
        for file in stocked.derived_files(path):
            file.unlink()
    files = [file for file in stocked.truth_files(path) if file.stat().st_size]
    file = luck.choice(files)
    kind = luck.choice(_DAMAGES)
    place = stocked.DAMAGES[kind](file, luck)
    told = f"{kind} {file.name}: {place}{', no derived files' if bare else ''}"
    return told, logged, observe.look(path, asked)
