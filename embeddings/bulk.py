"""Many articles at once: read, split and embedded by Ray Data, committed by one writer.

Ray's workers do what can be done by many: they read files, split articles and embed passages.
What becomes of an article is decided by the library's own `add`, in the order of the files, with
the vectors that came back: so the library is the same as without Ray. Where `add` needs a text
that no worker foresaw, its own embedder embeds it.

Ray is an optional extra: pip install 'dateline[ray]'.
"""

from __future__ import annotations

import logging
import os
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from corpus import Article, ReadOptions, Rejected, read
from corpus.errors import LibraryError
from corpus.identity import identified
from corpus.walk import expanded, find_files
from embeddings.embedders.embedder import Embedder, EmbedderFingerprint, Vectors
from embeddings.intake.preparing import embed, prepare
from embeddings.intake.report import IngestReport, Progress
from embeddings.libraries import open_library

MakeEmbedder = Callable[[], Embedder]
"""Gives an embedder; called once in every worker, so it must be a function that Ray can pickle."""

INSTALL = "pip install 'dateline[ray]'"

# Files are shared out in so many parts at most: a task each would cost more than reading them.
_MOST_BLOCKS = 200


@dataclass(frozen=True, slots=True)
class BulkOptions:
    """How the work is shared out.

    Attributes:
        workers: how many embedders at once. Each loads the model: 100 MB for MiniLM.
        cpus: processor cores of one.
        gpus: graphics cards of one; a part of one is allowed.
        batch_articles: how many articles an embedder is given at a time.
        remembered: passages whose vectors the writer keeps at hand until it needs them. 50,000
            of 384 dimensions are 77 MB, and their texts about as much.
    """

    workers: int = 1
    cpus: float = 1.0
    gpus: float = 0.0
    batch_articles: int = 32
    remembered: int = 50_000


class Foreseen:
    """An embedder that knows the vectors of texts which another embedded before.

    Args:
        embedder: made the vectors, or one like it; it embeds what was not foreseen.
        remembered: how many texts to know at most; the oldest are forgotten.
    """

    def __init__(self, embedder: Embedder, remembered: int) -> None:
        self._embedder = embedder
        self._remembered = remembered
        self._known: OrderedDict[str, Vectors] = OrderedDict()
        self.unforeseen = 0
        """How many texts it had to embed itself."""

    @property
    def fingerprint(self) -> EmbedderFingerprint:
        """The embedder's own."""
        return self._embedder.fingerprint

    @property
    def engine(self) -> str:
        """The embedder's own."""
        return self._embedder.engine

    @property
    def max_tokens(self) -> int:
        """The embedder's own."""
        return self._embedder.max_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The embedder's own count."""
        return self._embedder.count_tokens(texts)

    def foresee(self, texts: Sequence[str], vectors: Vectors) -> None:
        """Remembers vectors of shape (len(texts), dimensions)."""
        self._known.update(zip(texts, vectors, strict=True))
        while len(self._known) > self._remembered:
            self._known.popitem(last=False)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimensions): those foreseen, and the rest anew."""
        unknown = [text for text in texts if text not in self._known]
        self.unforeseen += len(unknown)
        fresh = dict(zip(unknown, self._embedder.embed(unknown), strict=True)) if unknown else {}
        if not texts:
            return self._embedder.embed(texts)
        return np.stack([self._known[text] if text in self._known else fresh[text]
                         for text in texts])  # fmt: skip


def add_in_bulk(
    where: str | Path,
    paths: Iterable[str | Path],
    make_embedder: MakeEmbedder,
    *,
    read_options: ReadOptions | None = None,
    options: BulkOptions | None = None,
    progress: Progress | None = None,
) -> IngestReport:
    """Reads files and folders into a library, which is made where there is none.

    Ray is used as it is, if the program has started it; else it is started on this machine, or
    joined where RAY_ADDRESS names a cluster. Every machine must see the paths under their names.

    Args:
        where: a folder or a `milvus:` address, as for `open_library`.
        paths: files, folders and globs; no web addresses.
        make_embedder: gives the embedder.
        read_options: how the articles are read.
        options: how the work is shared out.
        progress: called after every commit.

    Raises:
        MissingPath, NothingToRead: before anything is read.
        LibraryError: Ray is not installed or has too few cores, or as `open_library` and `add` say.
    """
    ray = _driver()
    options = options or BulkOptions()
    found = [entry for path in paths for entry in find_files(expanded(path))]
    if not ray.is_initialized():
        ray.init(include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR)
    _check_cores(ray, options)
    embedder = Foreseen(make_embedder(), options.remembered)
    with open_library(where, embedder, create=True) as library:
        embedded = _embedded(found, make_embedder, read_options or ReadOptions(), options)
        return library.add(_foreseen(found, embedded, embedder), progress=progress)


class _Embed:
    """A worker: splits and embeds articles."""

    def __init__(self, make_embedder: MakeEmbedder) -> None:
        self._embedder = make_embedder()

    def __call__(self, batch: Mapping[str, Any]) -> dict[str, Any]:
        items = list(batch["item"])
        prepared = {
            place: prepare(identified(item), self._embedder)
            for place, item in enumerate(items)
            if isinstance(item, Article) and _is_sound(item)
        }
        vectors = dict(zip(prepared, embed(list(prepared.values()), self._embedder), strict=True))
        rows = [
            (item, prepared[place].texts, vectors[place]) if place in prepared else (item, [], None)
            for place, item in enumerate(items)
        ]
        return {"row": rows}


class _Read:
    """A task: reads one file, some articles at a time."""

    def __init__(self, options: ReadOptions, at_once: int) -> None:
        self._options = options
        self._at_once = at_once

    def __call__(self, batch: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        for path in batch["path"]:
            articles = read([Path(path)], options=self._options)
            while items := list(islice(articles, self._at_once)):
                yield {"item": items}


def _embedded(
    found: Sequence[Path | Rejected],
    make_embedder: MakeEmbedder,
    read_options: ReadOptions,
    options: BulkOptions,
) -> Iterator[Any]:
    """(article or Rejected, texts, vectors) of all files, in their order."""
    data = import_module("ray.data")
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    context = data.DataContext.get_current()
    context.execution_options.preserve_order = True
    context.enable_progress_bars = False
    paths = [{"path": str(path)} for path in dict.fromkeys(found) if isinstance(path, Path)]
    if not paths:
        return
    rows = (
        data.from_items(paths, override_num_blocks=min(len(paths), _MOST_BLOCKS))
        .map_batches(_Read(read_options, options.batch_articles), batch_size=1)
        .map_batches(
            _Embed,
            fn_constructor_args=(make_embedder,),
            batch_size=options.batch_articles,
            compute=data.ActorPoolStrategy(size=options.workers),
            num_cpus=options.cpus,
            num_gpus=options.gpus or None,
        )
    )
    for row in rows.iter_rows():
        yield row["row"]


def _foreseen(
    found: Sequence[Path | Rejected], embedded: Iterable[Any], embedder: Foreseen
) -> Iterator[Article | Rejected]:
    yield from (entry for entry in found if isinstance(entry, Rejected))
    for item, texts, vectors in embedded:
        if len(texts):
            embedder.foresee(list(texts), vectors)
        yield item


def _check_cores(ray: Any, options: BulkOptions) -> None:
    """Ray waits for ever for cores that it does not have.

    Raises:
        LibraryError: the workers would leave none for reading.
    """
    has, wants = ray.cluster_resources().get("CPU", 0.0), options.workers * options.cpus
    if wants + 1 > has:
        raise LibraryError(
            f"the workers want {wants:g} processor cores and Ray has {has:g}, of which reading "
            "takes one",
            next_step="ask for fewer workers, or for fewer cores a worker: BulkOptions(workers=…, "
            "cpus=…)",
        )


def _is_sound(article: Article) -> bool:
    """False for one that holds half of a surrogate pair: `add` says so, an embedder may fail."""
    try:
        article.text.encode()
        article.title.encode()
    except UnicodeEncodeError:
        return False
    return True


def _driver() -> Any:
    # Ray tells its makers of its use unless it is told not to.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        return import_module("ray")
    except ImportError as error:
        raise LibraryError(
            "adding in bulk needs the package ray, which is not installed", next_step=INSTALL
        ) from error
