"""Everything that a library can be asked, so that two libraries can be compared read by read."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from corpus import Article
from corpus.errors import DatelineError, LibraryLocked, LibraryMissing, NotInLibrary
from embeddings.embedders.embedder import Embedder, Vectors
from embeddings.embedders.hashing import HashEmbedder
from embeddings.library import Library
from embeddings.store import figures, storage
from embeddings.store.window import DateWindow

QUESTIONS = (
    "Who closed the stone bridge before dawn?",
    "What did the ministry pay for two lighthouses and the tramline?",
    "report edition archive of maps",
)
_WINDOWS = (
    DateWindow(),
    DateWindow(since=date(2023, 1, 5)),
    DateWindow(since=date(2023, 1, 2), until=date(2023, 1, 20)),
)
_MANY = 10_000
# That the file cannot be trusted is an answer to damage; that an article is not there, when it
# is, or that another process is busy, when none is, is a wrong one.
_NO_ANSWER_TO_DAMAGE = (NotInLibrary, LibraryMissing, LibraryLocked)


@dataclass(frozen=True, slots=True)
class Names:
    """What is in a library that is asked about, by name: taken before it is damaged."""

    articles: tuple[str, ...]
    passages: tuple[str, ...]
    outlets: tuple[str, ...]
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A read that raised one of Dateline's errors.

    Attributes:
        kind: the error's class.
        told: what it says.
        honest: whether it says of a damaged library what is the matter, and of which folder.
    """

    kind: str
    told: str
    honest: bool


@dataclass(frozen=True, slots=True)
class Broken:
    """A read that raised anything else."""

    told: str


Read = Callable[[], object]
Answers = Mapping[str, object]
"""By the name of the read: what came back, or how it was refused."""


def names(library: Library) -> Names:
    """What the library holds now."""
    articles = list(library.articles())
    return Names(
        articles=tuple(article.id for article in articles),
        passages=tuple(p.id for article in articles for p in library.passages(article.id)),
        outlets=tuple(sorted({article.outlet for article in articles if article.outlet})),
        groups=tuple(sorted({library.group(article.id).id for article in articles})),
    )


def ask_all(library: Library, asked: Names) -> Answers:
    """Every read of an open library."""
    return {name: _answer(read, library.path) for name, read in _reads(library, asked).items()}


def look(path: Path, asked: Names | None = None, embedder: Embedder | None = None) -> Answers:
    """Opens a library, asks it everything, closes it. What it cannot open is a read too."""
    try:
        with Library.open(path, embedder or HashEmbedder()) as library:
            return ask_all(library, asked or names(library))
    except DatelineError as error:
        return {"open": _refused(error, path)}


def opened(path: Path) -> Library:
    """A library whose vectors were made by hashing."""
    return Library.open(path, HashEmbedder())


def create(path: Path) -> None:
    """An empty library."""
    Library.open(path, HashEmbedder(), create=True).close()


def harm(answers: Answers, undamaged: Answers) -> str:
    """What is wrong with the answers of a library that was damaged, or '' where nothing is.

    A read may give what the undamaged library gave, or an error that says that the library is
    damaged and where it is; nothing else.
    """
    for name, answer in answers.items():
        if isinstance(answer, Broken):
            return f"{name} raised {answer.told}"
        if isinstance(answer, Refused):
            if not answer.honest and not _same_refusal(answer, undamaged.get(name)):
                return f"{name} said {answer.kind}: {answer.told}"
        elif answer != undamaged.get(name):
            return f"{name} gave {_difference(answer, undamaged.get(name))}"
    return ""


def unread(path: Path) -> list[str]:
    """The ids of articles whose figures are not kept beside them."""
    with closing(storage.connect(path)) as connection:
        return list(figures.unread(connection))


def refused(answers: Answers) -> bool:
    """Whether any read was refused."""
    return any(isinstance(answer, Refused) for answer in answers.values())


def contents(library: Library) -> dict[str, Article]:
    """Every article, by its id."""
    return {article.id: article for article in library.articles()}


def _reads(library: Library, asked: Names) -> dict[str, Read]:
    reads: dict[str, Read] = {
        # Whether figures are kept or have to be read changes nothing of what they are.
        "stats": lambda: replace(library.stats(), size=0, generation=0, unread=0),
        "articles": lambda: list(library.articles()),
    }
    for article in asked.articles:
        reads[f"article {article}"] = partial(library.article, article)
        reads[f"versions {article}"] = partial(library.versions, article)
        reads[f"passages {article}"] = partial(library.passages, article)
        reads[f"group {article}"] = partial(library.group, article)
        reads[f"changes {article}"] = partial(library.changes, article)
        reads[f"figures {article}"] = partial(_figures, library, article)
    for passage in asked.passages:
        reads[f"passage {passage}"] = partial(library.passage, passage)
        reads[f"vector {passage}"] = partial(_vector, library, passage)
    embedder = HashEmbedder(library.stats().dimensions)
    for question in QUESTIONS:
        reads |= _searches(library, asked, question, embedder.embed([question])[0])
    return reads


def _searches(library: Library, asked: Names, question: str, vector: Vectors) -> dict[str, Read]:
    """The question asked in both ways, in several windows, of outlets and of groups of copies."""
    ways: tuple[tuple[str, Callable[..., object]], ...] = (
        ("dense", partial(library.dense, vector)),
        ("lexical", partial(library.lexical, question)),
    )
    reads: dict[str, Read] = {}
    for way, search in ways:
        name = f"{way} {question!r}"
        for number, window in enumerate(_WINDOWS):
            for k in (5, _MANY):
                reads[f"{name}, window {number}, {k}"] = partial(search, k, window)
        for outlet in asked.outlets:
            reads[f"{name} of {outlet}"] = partial(search, 9, outlets=[outlet])
        reads[f"{name} in groups"] = partial(search, 9, groups=asked.groups[::2], withdrawn=True)
    return reads


def _figures(library: Library, article: str) -> object:
    with library.reading():
        return library.figures(library.article(article))


def _vector(library: Library, passage: str) -> bytes:
    return library.vectors([passage]).tobytes()


def _answer(read: Read, path: Path) -> object:
    try:
        return read()
    except DatelineError as error:
        return _refused(error, path)
    except Exception as error:  # noqa: BLE001 - that it is none of Dateline's is the finding
        place = traceback.extract_tb(error.__traceback__)[-1]
        return Broken(
            f"{type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno})"
        )


def _refused(error: DatelineError, path: Path) -> Refused:
    honest = (
        not isinstance(error, _NO_ANSWER_TO_DAMAGE)
        and str(path) in str(error)
        and bool(error.next_step)
    )
    return Refused(type(error).__name__, str(error), honest)


def _same_refusal(answer: Refused, undamaged: object) -> bool:
    return isinstance(undamaged, Refused) and undamaged.kind == answer.kind


def _difference(answer: object, undamaged: object) -> str:
    if isinstance(answer, list) and isinstance(undamaged, list):
        pairs = [(a, b) for a, b in zip(answer, undamaged, strict=False) if a != b]
        found = f"{len(answer)} for {len(undamaged)}"
        return f"{found}; {pairs[0][0]!s:.150} for {pairs[0][1]!s:.150}" if pairs else found
    return f"{answer!s:.200} for {undamaged!s:.200}"
