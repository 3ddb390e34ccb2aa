"""How far an ingest is: articles so far and, where it can be told honestly, the time that is left.

What is still to read is known for files, by their bytes, and for nothing else. The time left is
told only where the bytes that lie behind are known well enough, in words as coarse as they are.
"""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from corpus import Article, Rejected
from corpus.errors import CorpusError
from corpus.walk import expanded, find_files, shown

_LINED = frozenset({".csv", ".tsv", ".jsonl", ".ndjson", ".sgm"})
"""Endings of the files whose articles name their line after '#' in `Article.source`."""

_BLOCK = 1 << 20
_PAUSE = 0.2
"""Seconds between two looks of the line on the terminal."""


@dataclass(frozen=True, slots=True)
class PaceOptions:
    """When the time that is left may be told.

    Attributes:
        span: seconds that the rate is taken over: articles that are there already go by a hundred
            times as fast as new ones, so the rate of the first minutes says nothing of the last.
        settle: seconds that must have passed before the first estimate.
        doubt: the largest share of all bytes that may lie in a file whose inner progress nobody
            can tell (the first archive, feed or crawl of its form), for a percentage to be shown
            meanwhile. The time left is not told there.
    """

    span: float = 120.0
    settle: float = 5.0
    doubt: float = 0.1


class Pace:
    """Which share of the bytes lies behind, and how long the rest will take.

    Args:
        sizes: bytes of each file in the order of reading, by its path as `Article.source` shows
            it; empty where the total is not known.
        clock: gives seconds.
    """

    def __init__(
        self,
        sizes: dict[str, int],
        options: PaceOptions | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._options = options or PaceOptions()
        self._clock = clock
        self._sizes = sizes
        self._before: dict[str, int] = {}
        total = 0
        for path, size in sizes.items():
            self._before[path] = total
            total += size
        self._total = total
        self._lines: dict[str, int] = {}
        self._inner = 0  # articles so far of the file that is being read
        self._current = ""
        # Of each form's files that lie behind: their bytes and their articles.
        self._behind: dict[str, tuple[int, int]] = {}
        self._share: float | None = 0.0 if total else None
        self._began = clock()
        self._seen: deque[tuple[float, float]] = deque([(self._began, 0.0)])

    @property
    def share(self) -> float | None:
        """In [0, 1]: the bytes that lie behind; None where that cannot be told."""
        return self._share

    def read(self, source: str, line: int | None = None) -> None:
        """Take note that what lies at `source` has been read, and all before it."""
        if not self._total or (path := self._file_of(source)) is None:
            return
        self._enter(path)
        inside = self._inside(path, source, line)
        if inside is None:
            # Somewhere in this file: a share of all only where it is too small to matter.
            small = self._sizes[path] <= self._options.doubt * self._total
            self._share = self._before[path] / self._total if small else None
            self._seen.clear()
            return
        self._share = (self._before[path] + inside) / self._total
        now = self._clock()
        self._seen.append((now, self._share))
        while len(self._seen) > 2 and now - self._seen[1][0] >= self._options.span:
            self._seen.popleft()

    def seconds_left(self) -> float | None:
        """An estimate from the rate of late, or None while there is too little to go by."""
        now = self._clock()
        if not self._seen or now - self._began < self._options.settle:
            return None
        (then, share), (_, reached) = self._seen[0], self._seen[-1]
        if reached <= share or now - then < self._options.settle:
            return None
        return (1.0 - reached) * (now - then) / (reached - share)

    def _file_of(self, source: str) -> str | None:
        """The file that a source lies in: 'a.csv#7' is in 'a.csv', 'b.zip!/c.txt' in 'b.zip'."""
        path = source
        while path not in self._sizes:
            cut = max(path.rfind("#"), path.rfind("/"), path.rfind("!"))
            if cut <= 0:
                return None
            path = path[:cut]
        return path

    def _enter(self, path: str) -> None:
        """Count an article to its file; a file that is left tells what its form's articles take."""
        if path != self._current:
            if self._current:
                form = Path(self._current).suffix
                size, articles = self._behind.get(form, (0, 0))
                size += self._sizes[self._current]
                self._behind[form] = (size, articles + self._inner)
            self._current, self._inner = path, 0
        self._inner += 1

    def _inside(self, path: str, source: str, line: int | None) -> float | None:
        """How many bytes of its own file lie behind; None where nobody can tell."""
        size = self._sizes[path]
        if source == path and line is None:
            return size
        number = line if line is not None else _line_of(source)
        if number is not None and Path(path).suffix.lower() in _LINED:
            if path not in self._lines:
                self._lines[path] = _count_lines(Path(path))
            return size * min(1.0, number / max(1, self._lines[path]))
        behind = self._behind.get(Path(path).suffix)
        if behind is not None:
            return min(size, self._inner * behind[0] / behind[1])
        return None


def sizes_of(paths: Iterable[str | Path]) -> dict[str, int]:
    """Bytes of every file that these paths stand for; empty where one of them is no local path."""
    sizes: dict[str, int] = {}
    for path in paths:
        try:
            found = find_files(expanded(path))
            sizes |= {shown(one): one.stat().st_size for one in found if isinstance(one, Path)}
        except (CorpusError, OSError, ValueError):
            return {}
    return sizes


def about(seconds: float) -> str:
    """'less than a minute', 'about 4 min', 'about 2.5 h'."""
    if seconds < 50:
        return "less than a minute"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"about {max(1, minutes)} min"
    return f"about {math.ceil(minutes / 30) / 2:g} h"


@contextmanager
def shown_progress(
    paths: Iterable[str | Path], *, progress: bool
) -> Iterator[Callable[[Iterable[Article | Rejected]], Iterator[Article | Rejected]]]:
    """A way to pass articles on while a line on standard error says how far one is.

    The line is there only on a terminal, and goes when the block ends.
    """
    with tqdm(bar_format="{desc}", leave=False, disable=None if progress else True) as line:
        # The files are looked for once more only where somebody looks.
        pace = Pace({} if line.disable else sizes_of(paths))

        def passed(articles: Iterable[Article | Rejected]) -> Iterator[Article | Rejected]:
            if line.disable:
                yield from articles
                return
            began = late = time.monotonic()
            number = 0
            for number, one in enumerate(articles, start=1):
                yield one
                # Back here: whoever takes the articles is done with this one, or has put it by.
                pace.read(one.source, one.line if isinstance(one, Rejected) else None)
                if (now := time.monotonic()) - late >= _PAUSE:
                    late = now
                    line.set_description_str(_words(number, now - began, pace))
            line.set_description_str(f"{number:,} articles read; bringing the indexes up to date")

        yield passed


def _words(number: int, seconds: float, pace: Pace) -> str:
    parts = [f"Reading: {number:,} articles", f"{number / seconds:.1f} a second"]
    if pace.share is not None:
        parts.append(f"{pace.share:.0%}")
    left = pace.seconds_left()
    if left is not None:
        parts.append(f"{about(left)} left")
    return ", ".join(parts)


def _line_of(source: str) -> int | None:
    digits = source.rpartition("#")[2]
    return int(digits) if digits.isascii() and digits.isdigit() else None


def _count_lines(path: Path) -> int:
    """0 where it cannot be read any more."""
    try:
        with path.open("rb") as file:
            return sum(block.count(b"\n") for block in iter(lambda: file.read(_BLOCK), b"")) + 1
    except OSError:
        return 0
