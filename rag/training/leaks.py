"""Does anything that is measured on stand in the training data, whole or nearly?

Two texts are taken for near copies where they share a run of 13 words, whatever their case and
marks: the length that Brown et al. (2020, appendix C) look for. A question is mostly shorter than
that, so equal questions are looked for as well.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import TrainingError

RUN = 13
"""Words in a row that two texts do not share by chance."""

_WORD = re.compile(r"\w+")
_READ = (".json", ".jsonl", ".json.gz", ".jsonl.gz", ".md", ".txt", ".tsv")


@dataclass(frozen=True, slots=True)
class Leak:
    """Something of the training data that stands in what is measured on.

    Attributes:
        learned: index of the training text.
        held_out: the file that has it too.
        words: what both have.
    """

    learned: int
    held_out: Path
    words: str


def leaks(learned: Iterable[str], held_out: Iterable[Path]) -> list[Leak]:
    """Every training text that shares a run of words, or is the same, with a held-out file.

    Args:
        learned: the texts that are learned from.
        held_out: files, or folders of files, in JSON, JSON Lines (gzipped or not) or plain text.

    Raises:
        TrainingError: a file cannot be read, or there is none.
    """
    runs: dict[str, int] = {}
    for place, text in enumerate(learned):
        for run in runs_of(text):
            runs.setdefault(run, place)
    found: dict[tuple[int, Path], Leak] = {}
    for file in _files(held_out):
        for text in texts_of(file):
            for run in runs_of(text):
                if run in runs:
                    found.setdefault((runs[run], file), Leak(runs[run], file, run))
    return list(found.values())


def texts_of(file: Path) -> Iterator[str]:
    """Every text that a file holds: each string of a JSON file, or the whole of a plain one.

    Raises:
        TrainingError: it cannot be read.
    """
    opened = gzip.open if file.suffix == ".gz" else open
    try:
        with opened(file, "rt", encoding="utf-8") as stream:
            if ".jsonl" in file.suffixes:
                for line in stream:
                    if line.strip():
                        yield from _strings(json.loads(line))
            elif ".json" in file.suffixes:
                yield from _strings(json.load(stream))
            else:
                yield stream.read()
    except (OSError, ValueError) as error:
        raise TrainingError(
            f"a held-out file cannot be read ({error})",
            where=file,
            next_step="mend or leave out the file: what is not read cannot be told apart",
        ) from error


def _files(paths: Iterable[Path]) -> list[Path]:
    files = sorted(
        file
        for path in paths
        for file in ([path] if path.is_file() else path.rglob("*"))
        if file.is_file() and file.name.endswith(_READ)
    )
    if not files:
        raise TrainingError(
            "nothing to hold the training data against",
            where=", ".join(map(str, paths)) or None,
            next_step="name the files that are measured on",
        )
    return files


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


def runs_of(text: str) -> Iterator[str]:
    """Its runs of `RUN` words; the whole of it, marked as whole, where it is a short question."""
    words = _WORD.findall(text.casefold())
    for start in range(len(words) - RUN + 1):
        yield " ".join(words[start : start + RUN])
    if text.rstrip().endswith("?") and 3 < len(words) < RUN:
        yield "? " + " ".join(words)
