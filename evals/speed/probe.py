"""What one process feels of a large library: run as a process of its own, prints JSON.

python -m evals.speed.probe FOLDER KIND PASSAGES QUESTIONS.json
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from corpus import Article, identify
from embeddings.index.building import IndexOptions
from embeddings.index.vector_kinds import KINDS, fitted
from embeddings.library import Library
from evals.speed.archive import embedder

DEPTH = 40
"""Candidates that each search proposes: `rag.finding.retrieve.RetrieveOptions.candidates`."""

_WARMING = 20
_TOP = 10


def only(name: str, passages: int) -> IndexOptions:
    """One kind of vector index for a library, whatever its size."""
    return IndexOptions(kinds=tuple(fitted(kind, passages) for kind in KINDS if kind.name == name))


def probe(folder: Path, options: IndexOptions, questions: Path) -> dict[str, Any]:
    """Opens, asks, adds and deletes, and says how long each took (seconds) and what it held."""
    asked = json.loads(questions.read_text())
    vectors = np.array([question["vector"] for question in asked], dtype=np.float32)
    told: dict[str, Any] = {"resident_before": _resident()}
    started = time.perf_counter()
    with Library.open(folder, embedder(), indexes=options) as library:
        first = library.dense(vectors[0], DEPTH), library.lexical(asked[0]["text"], DEPTH)
        told["open"] = time.perf_counter() - started
        told["found_first"] = [len(found) for found in first]
        dense, lexical, both, recall = [], [], [], []
        for place, (question, vector) in enumerate(zip(asked, vectors, strict=True)):
            begun = time.perf_counter()
            near = library.dense(vector, DEPTH)
            middle = time.perf_counter()
            library.lexical(question["text"], DEPTH)
            ended = time.perf_counter()
            if place >= min(_WARMING, len(asked) // 2):
                dense.append(middle - begun)
                lexical.append(ended - middle)
                both.append(ended - begun)
            found = {name for name, _ in near[:_TOP]}
            recall.append(len(found & set(question["nearest"])) / len(question["nearest"]))
        for name, seconds in (("dense", dense), ("lexical", lexical), ("hybrid", both)):
            told[f"{name}_50"], told[f"{name}_95"] = np.percentile(seconds, (50, 95)).tolist()
        told["recall"] = float(np.mean(recall))
        told["resident"] = _resident()
        told |= _changes(folder, library, options)
    told["peak"] = _status("VmHWM")
    return told


def _changes(folder: Path, library: Library, options: IndexOptions) -> dict[str, float]:
    """Seconds from adding, and from deleting, until another reader's search shows it."""
    word = "quixotically"
    article = Article(
        identify(word), "Added just now", "Outlet 1", None, "none", f"It went {word} well.", word
    )
    with Library.open(folder, embedder(), indexes=options) as reader:
        reader.lexical(word, 1)
        added = _until(lambda: library.add([article]), reader, word, present=True)
        deleted = _until(lambda: library.delete(article.id), reader, word, present=False)
    return {"added": added, "deleted": deleted}


def _until(change: Callable[[], object], reader: Library, word: str, *, present: bool) -> float:
    started = time.perf_counter()
    change()
    if bool(reader.lexical(word, 1)) is not present:
        raise RuntimeError("what was committed is not what the next search shows")
    return time.perf_counter() - started


def _resident() -> dict[str, int]:
    return {name: _status(name) for name in ("VmRSS", "RssAnon", "RssFile")}


def _status(name: str) -> int:
    """Bytes, from /proc/self/status."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:"))


if __name__ == "__main__":
    _folder, _kind, _passages, _questions = sys.argv[1:]
    _told = probe(Path(_folder), only(_kind, int(_passages)), Path(_questions))
    print(json.dumps(_told))
