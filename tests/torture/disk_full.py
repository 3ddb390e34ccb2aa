"""Row 5: the disk runs full at any point of an ingest."""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import DatelineError
from embeddings.embedders.hashing import HashEmbedder
from embeddings.intake.ingest import IngestOptions, IngestReport
from embeddings.library import Library
from tests.torture import observe, warm
from tests.torture.heard import Heard
from tests.torture.made import every
from tests.torture.row import Fault, Row, Tally, chance

FAULT = Fault(
    number=5,
    name="disk full",
    cause="an ingest under RLIMIT_FSIZE, and in a tmpfs too small for it where one can be mounted, "
    "at limits from what the library had to what it needs",
    must="a clear error or a whole ingest; what was acknowledged serves; no index file is short; "
    "with room again the same ingest ends as if nothing had happened",
    full=60,
    quick=8,
)
_BEFORE, _AFTER = 6, 30
_OPTIONS = IngestOptions(batch_passages=8)
_ROOM = 64_000_000
_PAGE = 4096
# <sched.h>, <sys/mount.h>: the same on every Linux.
_CLONE_NEWNS, _CLONE_NEWUSER = 0x00020000, 0x10000000
_MS_REMOUNT = 32


@dataclass(frozen=True, slots=True)
class _Case:
    whole: Path
    path: Path
    limit: int
    mounted: bool
    expected: observe.Answers


def run(n: int, seed: int, folder: Path) -> Row:
    """Tries `n` limits; every second one is a mounted disk, where this process may mount one."""
    tally = Tally(FAULT)
    made = warm.call(_stock, folder)
    if made.fault:
        raise RuntimeError(f"a library could not be made: {made.fault}")
    sizes, expected = made.value
    mounts = not warm.call(_mounts, folder).fault
    cases = []
    for number in range(n):
        mounted = mounts and number % 2 == 1
        low, high = sizes["disk" if mounted else "file"]
        place = (number + chance(FAULT, seed, number).random()) / n
        limit = round(low + place * 1.1 * (high - low))
        path = folder / f"case-{number}"
        cases.append((_Case(folder / "before", path, limit, mounted, expected),))
    ends: Counter[str] = Counter()
    for (case,), outcome in warm.each(_one, cases, patience=120):
        harm, end = outcome.value or ("", "crashed")
        ends[end] += 1
        kind = "tmpfs" if case.mounted else "RLIMIT_FSIZE"
        tally.count(
            f"{kind} {case.limit:,} bytes", outcome.fault.strip().rpartition("\n")[2] or harm
        )
        shutil.rmtree(case.path, ignore_errors=True)
    figures = ", ".join(f"{count} {end}" for end, count in sorted(ends.items()))
    disk = "with tmpfs" if mounts else "no tmpfs could be mounted here"
    return tally.row(f"{disk}; {figures}")


def _stock(folder: Path) -> tuple[dict[str, tuple[int, int]], observe.Answers]:
    path = folder / "before"
    with Library.open(path, HashEmbedder(), create=True, options=_OPTIONS) as library:
        library.add(every(_BEFORE))
        _search(library)
    shutil.copytree(path, folder / "after")
    low = _sizes(path)
    with Library.open(folder / "after", HashEmbedder(), options=_OPTIONS) as library:
        library.add(every(_AFTER))
        _search(library)
        high = _sizes(folder / "after")
    sizes = {name: (low[name], high[name]) for name in low}
    return sizes, observe.look(folder / "after")


def _sizes(path: Path) -> dict[str, int]:
    sizes = [file.stat().st_size for file in path.rglob("*") if file.is_file()]
    # A tmpfs counts whole pages, a folder and a file's own record among them.
    disk = sum(-(-size // _PAGE) * _PAGE for size in sizes) + 8 * _PAGE
    return {"file": max(sizes) // 2, "disk": disk}


def _one(case: _Case) -> tuple[str, str]:
    """What went wrong, and how the ingest ended."""
    case.path.mkdir()
    if case.mounted:
        _mount(case.path, case.limit)
    path = case.path / "library"
    shutil.copytree(case.whole, path)
    if not case.mounted:
        _limit(case.limit)
    safe, end, harm = _add(path)
    harm = harm or _serves(path, safe)
    if case.mounted:
        _mount(case.path, _ROOM, more=_MS_REMOUNT)
    else:
        _limit(resource.RLIM_INFINITY)
    return harm or _goes_on(path, case.expected), end


def _add(path: Path) -> tuple[int, str, str]:
    """How many articles are acknowledged, how the ingest ended, and what is wrong with that."""
    acknowledged = _BEFORE

    def acknowledge(report: IngestReport) -> None:
        nonlocal acknowledged
        acknowledged = report.added + report.unchanged

    try:
        with Library.open(path, HashEmbedder(), options=_OPTIONS) as library:
            library.add(every(_AFTER), progress=acknowledge)
            return _AFTER, "took everything in", ""
    except DatelineError as error:
        told = str(error)
        clear = str(path) in told and bool(error.next_step) and ("disk" in told or "full" in told)
        return acknowledged, "said so", "" if clear else f"not clear: {told}"


def _serves(path: Path, safe: int) -> str:
    """Whether what is safe can be read while the disk is still full."""
    try:
        with Library.open(path, HashEmbedder()) as library:
            held = observe.contents(library)
            _search(library)
    except DatelineError as error:
        return f"the full disk shuts out readers: {error}"
    lost = [article.source for article in every(safe) if held.get(article.id) != article]
    return f"{len(lost)} acknowledged articles are lost" if lost else ""


def _goes_on(path: Path, expected: observe.Answers) -> str:
    """Whether the same ingest ends as it should once there is room."""
    heard = Heard()
    with heard.listening(), Library.open(path, HashEmbedder(), options=_OPTIONS) as library:
        library.check()
        _search(library)
    if heard.warnings:
        return f"a short file was left: {heard.warnings[0]}"
    with Library.open(path, HashEmbedder(), options=_OPTIONS) as library:
        library.add(every(_AFTER))
    return observe.harm(observe.look(path), expected)


def _search(library: Library) -> None:
    library.lexical(observe.QUESTIONS[0], 5)
    library.dense(HashEmbedder().embed(observe.QUESTIONS[:1])[0], 5)


def _limit(size: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))


def _mounts(folder: Path) -> None:
    place = folder / "mount"
    place.mkdir()
    _mount(place, _ROOM)


def _mount(place: Path, size: int, more: int = 0) -> None:
    """Mounts a tmpfs that only this process sees, and that goes when it ends."""
    libc = ctypes.CDLL(None, use_errno=True)
    if not more:
        flags = _CLONE_NEWNS if os.geteuid() == 0 else _CLONE_NEWNS | _CLONE_NEWUSER
        _called(libc.unshare(flags))
        private = 1 << 18 | 1 << 14  # MS_PRIVATE | MS_REC: what is mounted here stays here
        _called(libc.mount(b"none", b"/", None, private, None))
    _called(libc.mount(b"tmpfs", bytes(place), b"tmpfs", more, f"size={size}".encode()))


def _called(status: int) -> None:
    if status != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
