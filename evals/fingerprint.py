"""Everything that a run's numbers depend on, so that two runs can be told apart or taken as one.

Nothing in it says where on a machine something lies: a model's path is cut to its name, beside the
hash of its weights, and articles count by what they say, not by their ids, which for files come
from their paths.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib import resources
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePath
from weakref import WeakKeyDictionary

from corpus.article import Article
from corpus.errors import BadModelURI, ModelMissing
from embeddings.embedders.models import resolve
from embeddings.protocol import LibraryLike
from evals.suite import HOME, Suite
from rag.newsroom import Newsroom
from rag.settings import Settings
from rag.writing import prompt

PACKAGES = ("torch", "transformers", "sentence-transformers", "faiss-cpu")
"""Whose versions can change a number."""

SOURCES = ("corpus", "embeddings", "rag", "evals")
"""The packages of Dateline that can change a number."""

_UNUSED = "not asked"


def fingerprint(
    suite: Suite,
    system: str,
    newsroom: Newsroom,
    *,
    limit: int | None = None,
    writes: bool = True,
) -> dict[str, str]:
    """Models, data, settings and code of a run of `system` over `suite`.

    Args:
        suite: as it is asked, already cut to the limit.
        system: its name.
        newsroom: the library that is given as `HOME`, with its models.
        limit: how many samples were asked for; None for all.
        writes: False for a system without a language model: the newsroom's is then not loaded,
            and does not count.

    Returns:
        By name: suite, data (its digest), limit, library, system, embedder, embedder_weights,
        generator, generator_weights, settings, prompt, dateline, code, python, and the versions
        of PACKAGES. The library of a suite whose samples all have worlds of their own is 'not
        asked', and so is the generator where it writes nothing.
    """
    asks_home = any(sample.world == HOME for sample in suite.samples)
    embedder = newsroom.embedder.fingerprint
    generator = newsroom.generator.name if writes else None
    return {
        "suite": suite.name,
        "data": suite.digest(),
        "limit": "all" if limit is None else str(limit),
        "library": _held_by(newsroom.library) if asks_home else _UNUSED,
        "system": system,
        "embedder": portable(embedder.name),
        "embedder_weights": embedder.weights,
        "generator": portable(generator) if generator else _UNUSED,
        "generator_weights": weights_digest(generator) if generator else _UNUSED,
        "settings": settings_json(newsroom.settings),
        "prompt": prompt.VERSION,
        "dateline": _version("dateline"),
        "code": code_digest(),
        "python": platform.python_version(),
        **{package: _version(package) for package in PACKAGES},
    }


def _held_by(library: LibraryLike) -> str:
    """`library_digest`, taken once for each state of a library: several systems are asked of it."""
    generation = library.generation
    taken_at, digest = _TAKEN.get(library, (None, ""))
    if taken_at != generation:
        digest = library_digest(library.articles())
        _TAKEN[library] = (generation, digest)
    return digest


_TAKEN: WeakKeyDictionary[LibraryLike, tuple[int, str]] = WeakKeyDictionary()


def library_digest(articles: Iterable[Article]) -> str:
    """SHA-256 over what the articles say, in hexadecimal; their order and ids do not count."""
    hashes = sorted(_article_digest(article) for article in articles)
    return hashlib.sha256("".join(hashes).encode()).hexdigest()


def _article_digest(article: Article) -> str:
    days = [day.isoformat() if day else None for day in (article.published, article.updated)]
    # The name of the file counts: a sample's target may name its article by it.
    said = [PurePath(article.source).name, article.title, article.outlet, *days, article.language]
    text = json.dumps([*said, article.kind, article.text], ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def weights_digest(uri: str) -> str:
    """SHA-256 over a generator's file or folder, or why there is none.

    A model is read once a process, unless a file of it changes.
    """
    try:
        ref = resolve(uri)
    except (BadModelURI, ModelMissing):
        return "no file"
    if ref.scheme == "openai":
        return "behind a server"
    if ref.scheme == "hf":
        return "at its revision"
    return _digest_of_files(tuple(_identity(ref.path, file) for file in _files(ref.path)))


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(file for file in path.rglob("*") if file.is_file())


def _identity(root: Path, file: Path) -> tuple[Path, str, int, int]:
    status = file.stat()
    return file, file.relative_to(root).as_posix(), status.st_size, status.st_mtime_ns


@lru_cache(maxsize=8)
def _digest_of_files(files: tuple[tuple[Path, str, int, int], ...]) -> str:
    # Size and time of change are part of the key: a file that was exchanged is read again.
    whole = hashlib.sha256()
    for path, name, _, _ in files:
        with path.open("rb") as stream:
            whole.update(f"{name}\0".encode("utf-8", "surrogatepass"))
            whole.update(hashlib.file_digest(stream, "sha256").digest())
    return whole.hexdigest()


def settings_json(settings: Settings) -> str:
    """The settings that bear on an answer, as JSON: without the library's folder, whose articles
    have a hash of their own, and without the folders of models."""
    values = settings.model_dump(mode="json", exclude={"library"})
    return json.dumps(
        {name: portable(v) if isinstance(v, str) else v for name, v in values.items()},
        sort_keys=True,
    )


def portable(uri: str) -> str:
    """A model URI without the folders that it lies in on this machine."""
    scheme, _, rest = uri.partition(":")
    return f"path:{PurePath(rest).name}" if scheme == "path" else uri


def code_digest(roots: Sequence[Path] | None = None) -> str:
    """SHA-256 over the Python files of Dateline's packages, in hexadecimal.

    Args:
        roots: the folders of the packages; those of SOURCES, read once a process, if None.
    """
    return _own_code() if roots is None else _digest_of_code(roots)


@cache
def _own_code() -> str:
    return _digest_of_code([Path(str(resources.files(package))) for package in SOURCES])


def _digest_of_code(roots: Sequence[Path]) -> str:
    whole = hashlib.sha256()
    for root in roots:
        for file in sorted(root.rglob("*.py")):
            name = f"{root.name}/{file.relative_to(root).as_posix()}"
            whole.update(f"{name}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
