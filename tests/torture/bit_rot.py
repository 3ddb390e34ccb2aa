"""Row 3: a derived index file rots; it is noticed and made anew, and no hit is ever wrong."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

from tests.torture import observe, stocked, warm
from tests.torture.heard import Heard
from tests.torture.row import Fault, Row, Tally, chance

FAULT = Fault(
    number=3,
    name="damage to a derived index",
    cause="a bit flipped, a 512-byte block zeroed, filled with noise or exchanged, cut off, "
    "emptied, deleted, lengthened, at a random place of a random file below `indexes/`",
    must="noticed: every read equals the undamaged library's, and the damaged file is not used",
    full=300,
    quick=30,
)


def run(n: int, seed: int, folder: Path) -> Row:
    """Damages `n` copies of a library, each in one place."""
    tally = Tally(FAULT)
    path = folder / "whole"
    made = warm.call(_stock, path)
    if made.fault:
        raise RuntimeError(f"a library could not be made: {made.fault}")
    asked, undamaged = made.value
    files = [file.relative_to(path) for file in stocked.derived_files(path)]
    if not files:
        raise RuntimeError("the library has no derived file to damage")
    cases = [(path, folder / f"copy-{number}", number, seed, files, asked) for number in range(n)]
    kinds: Counter[str] = Counter()
    for case, outcome in warm.each(_one, cases):
        shutil.rmtree(case[1], ignore_errors=True)
        if outcome.fault:
            tally.count(f"case {case[2]}", outcome.fault.strip().rpartition("\n")[2])
            continue
        told, noticed, answers = outcome.value
        kinds[told.partition(" ")[0]] += 1
        harm = _harm(answers, undamaged)
        tally.count(f"case {case[2]}, {told}", harm or ("" if noticed else "nobody noticed"))
    names = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    return tally.row(f"{len(files)} files; {names}")


def _stock(path: Path) -> tuple[observe.Names, observe.Answers]:
    stocked.stock(path)
    answers = observe.look(path)
    with observe.opened(path) as library:
        asked = observe.names(library)
    assert not observe.refused(answers), answers
    return asked, answers


def _one(
    whole: Path, path: Path, number: int, seed: int, files: list[Path], asked: observe.Names
) -> tuple[str, bool, observe.Answers]:
    """What was damaged, whether that was noticed, and what the library says afterwards."""
    shutil.copytree(whole, path)
    luck = chance(FAULT, seed, number)
    file = path / luck.choice(files)
    kind = luck.choice([name for name in stocked.DAMAGES if file.stat().st_size or name != "flip"])
    place = stocked.DAMAGES[kind](file, luck)
    damaged = file.read_bytes() if file.exists() else None
    heard = Heard()
    with heard.listening():
        answers = observe.look(path, asked)
    now = file.read_bytes() if file.exists() else None
    noticed = bool(heard.warnings) or now != damaged
    return f"{kind} {file.relative_to(path)}: {place}", noticed, answers


def _harm(answers: observe.Answers, undamaged: observe.Answers) -> str:
    if observe.refused(answers):
        name, answer = next((n, a) for n, a in answers.items() if isinstance(a, observe.Refused))
        return f"{name} was refused, though the articles are whole: {answer}"
    return observe.harm(answers, undamaged)
