"""What one process does to take articles in, Dateline's way or the plain one; prints JSON.

python -m evals.speed.intake library|plain SOURCE FOLDER EVERY FIRST

Every EVERY-th article from the FIRST on is taken in; EVERY 1 is the whole of SOURCE.
"""

from __future__ import annotations

import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from itertools import islice
from json import dumps
from pathlib import Path

import corpus
from corpus import Article, Rejected
from embeddings import Embedder, Library, load_embedder
from embeddings.embedders.models import DEFAULT_EMBEDDER
from embeddings.intake.preparing import prepare
from evals.speed.contenders import PLAIN, make_contender

_KIB = 1024
_WARM_UP = "A sentence that has the weights read before the clock starts."


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the articles.

    Attributes:
        articles: that were handed in, readable ones.
        passages: embedded.
        seconds: from the first article to the last byte on disk. A model is loaded before; the
            whole of SOURCE is read meanwhile, a part of it before.
        peak: the most memory that the process held, in bytes.
        disk: what was written, in bytes.
        counts: by the names of `IngestReport`; empty for the plain way.
        rejected: reason, without the article's number → how many times.
    """

    articles: int
    passages: int
    seconds: float
    peak: int
    disk: int
    counts: dict[str, int] = field(default_factory=dict)
    rejected: dict[str, int] = field(default_factory=dict)


def _library(source: Path, folder: Path, every: int, first: int) -> Taken:
    embedder = load_embedder()
    embedder.embed([_WARM_UP])
    articles = _articles(source, every, first)
    started = time.perf_counter()
    with Library.open(folder, embedder, create=True) as library:
        report = library.add(articles)
    seconds = time.perf_counter() - started
    counts = {
        name: count for name, count in asdict(report).items() if isinstance(count, int) and count
    }
    return Taken(
        report.taken,
        report.passages,
        seconds,
        _peak(),
        _disk(folder),
        counts,
        dict(Counter(one.reason.partition(" (")[0] for one in report.rejected)),
    )


def _plain(source: Path, folder: Path, every: int, first: int) -> Taken:
    """The same passages through `SentenceTransformer.encode` into an exact FAISS index."""
    import faiss

    splitter: Embedder = load_embedder()
    plain = make_contender(PLAIN, DEFAULT_EMBEDDER, folder)
    plain.embed([_WARM_UP])
    found = _articles(source, every, first)
    started = time.perf_counter()
    articles, texts = 0, []
    for one in found:
        if isinstance(one, Article):
            articles += 1
            texts += prepare(one, splitter).texts
    vectors = plain.embed(texts)
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    folder.mkdir(parents=True, exist_ok=True)
    faiss.write_index(index, str(folder / "plain.faiss"))
    (folder / "plain.json").write_text(dumps(texts), encoding="utf-8")
    seconds = time.perf_counter() - started
    return Taken(articles, len(texts), seconds, _peak(), _disk(folder))


def _articles(source: Path, every: int, first: int) -> Iterable[Article | Rejected]:
    if every == 1:
        return corpus.read([source])
    # All of it has to be read to take a part; that is not the part's time.
    return list(islice(corpus.read([source]), first, None, every))


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KIB


def _disk(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


WAYS: dict[str, Callable[[Path, Path, int, int], Taken]] = {"library": _library, "plain": _plain}
"""Name → the way. Both read, clean and split alike; they differ in embedding and in what is kept:
the plain way groups no copies, knows no versions and survives no crash."""


if __name__ == "__main__":
    _way, _source, _folder, _every, _first = sys.argv[1:]
    print(dumps(asdict(WAYS[_way](Path(_source), Path(_folder), int(_every), int(_first)))))
