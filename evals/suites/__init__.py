"""Suites of questions: those that come with Dateline, and files and folders of one's own.

    load_suite("sample")              shipped: asked of the sample library, or of --library
    load_suite("my-questions.csv")    one's own: .jsonl, .csv, .yaml or .yml
    load_suite("my-suite/")           one's own: questions.* and, beside it, articles/

A file of questions is asked of the library that the run is given. A folder that brings
`articles/` is asked of these alone. The layout of a question is in `evals.suites.form`; what a
question may leave out (quotes, articles) leaves the metrics that need it unscored.
"""

from __future__ import annotations

from dataclasses import replace
from importlib import resources
from pathlib import Path

import corpus
from corpus.article import Article, identify
from corpus.errors import EvalError
from corpus.readers.record import Rejected
from corpus.walk import expanded, is_there, shown
from evals.sample import Sample
from evals.suite import Suite
from evals.suites.form import to_sample
from evals.suites.rows import READERS, read_rows
from evals.suites.saving import save_suite

__all__ = ["load_suite", "save_suite", "suite_names", "suite_path"]

_QUESTIONS = "questions"
_ARTICLES = "articles"


def _folder() -> Path:
    return Path(str(resources.files("evals"))) / "suites"


def suite_names() -> tuple[str, ...]:
    """The suites that come with Dateline, sorted."""
    files = {path.stem for path in _folder().glob("*.jsonl")}
    return tuple(sorted(files | {p.parent.name for p in _folder().glob(f"*/{_QUESTIONS}.jsonl")}))


def suite_path(suite: str | Path) -> Path:
    """The file or folder of a suite: one of `suite_names()`, or a path.

    Raises:
        EvalError: neither of the two.
    """
    if str(suite) in suite_names():
        file = _folder() / f"{suite}.jsonl"
        return file if file.is_file() else _folder() / str(suite)
    path = expanded(suite)
    if not is_there(path):
        raise EvalError(
            "There is no such suite",
            where=str(suite),
            next_step=f"name one of {', '.join(suite_names())}, or the path of a file of "
            f"questions ({', '.join(READERS)})",
        )
    return path


def load_suite(suite: str | Path = "sample") -> Suite:
    """The suite of a name, a file or a folder; samples in the file's order.

    Questions whose `keep` is 'no' are left out. Those whose `keep` is empty are drafts that no
    person has decided on: they are asked, and the suite's name says how many they are.

    Raises:
        EvalError: there is no such suite, or it has no questions; something in it is no
            question, with the file, the line and the field; or an article in its folder cannot
            be read.
    """
    path = suite_path(suite)
    if not path.is_dir():
        samples, name = _samples(path)
        return Suite(name, samples)
    # The folder's own name, also where it was given as '.' or with a '..' in it.
    world = shown(Path(path.resolve().name))
    samples, name = _samples(_questions_in(path), name=world)
    articles = path / _ARTICLES
    if not articles.is_dir():
        return Suite(name, samples)
    moved = tuple(replace(sample, world=world) for sample in samples)
    return Suite(name, moved, {world: _articles(articles, world)})


def _questions_in(folder: Path) -> Path:
    found = [path for path in sorted(folder.glob(f"{_QUESTIONS}.*")) if path.suffix in READERS]
    if len(found) == 1:
        return found[0]
    raise EvalError(
        f"the folder has {len(found) or 'no'} file{'s' if found else ''} of questions",
        where=folder,
        next_step=f"keep one of {', '.join(_QUESTIONS + ending for ending in READERS)} in it",
    )


def _articles(folder: Path, world: str) -> tuple[Article, ...]:
    """The articles of a suite's folder, known by where they lie in it.

    A suite is the same suite wherever it is kept, so its digest must not tell the folder.
    """
    found: list[Article] = []
    for article in corpus.read([folder]):
        if isinstance(article, Rejected):
            raise EvalError(
                f"an article of the suite cannot be read: {article.reason}",
                where=article.source,
                next_step="mend it or take it out of the folder",
            )
        inside = article.source.removeprefix(str(folder)).lstrip("/\\").replace("\\", "/")
        source = f"{world}/{inside}"
        found.append(
            replace(article, source=source, id=article.id if article.url else identify(source))
        )
    return tuple(found)


def _samples(path: Path, name: str | None = None) -> tuple[tuple[Sample, ...], str]:
    """The samples of a file to be asked, and the name of the suite."""
    samples: list[Sample] = []
    first_place: dict[str, str] = {}
    undecided = dropped = 0
    for row in read_rows(path):
        where = f"{path}, {row.place}"
        try:
            sample, keep = to_sample(row.fields, row.default_id)
        except EvalError as error:
            raise EvalError(error.what, where=where, next_step=error.next_step) from error
        if sample.id in first_place:
            raise EvalError(
                f"The id '{sample.id}' is already used on {first_place[sample.id]}",
                where=where,
                next_step="give each sample an id of its own",
            )
        first_place[sample.id] = row.place
        undecided += keep is None
        dropped += keep is False
        if keep is not False:
            samples.append(sample)
    if not samples:
        every = f": all {dropped} are marked 'keep: no'" if dropped else ""
        raise EvalError(
            f"The suite has no samples{every}", where=path, next_step="write a question into it"
        )
    mark = f" ({undecided} of {len(samples)} not reviewed)" if undecided else ""
    return tuple(samples), (name or shown(Path(path.stem))) + mark
