"""`desk:FOLDER`: questions on real reports that stay where they are, proved by places in them.

The questions come with Dateline; the reports do not, because they are not ours to hand on. A gold
span is told by its article's file name, its character offsets in the cleaned article, and the
first 16 hexadecimal digits of the SHA-256 of its words, so that a report that was replaced, or a
cleaner that reads it otherwise, is noticed and never scored against.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib import resources
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

import corpus
from corpus.article import Article, identify
from corpus.errors import EvalError
from corpus.readers.record import Rejected
from evals.sample import Sample, is_named
from evals.suite import Suite
from evals.suites.form import to_sample
from evals.suites.rows import Row, read_rows

NAME = "desk-reports"
DIGITS = 16
"""Of a span's SHA-256: 64 bits, which no two spans of a folder share by chance."""


class _Span(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    article: str = Field(min_length=1)
    start: int = Field(ge=0)
    end: int = Field(gt=0)
    sha256: str = Field(pattern=f"^[0-9a-f]{{{DIGITS}}}$")


def open_desk(path: Path, questions: Path | None = None) -> Suite:
    """Questions on real reports, asked of the reports in a folder of the reader's own.

    Args:
        path: the folder of the reports.
        questions: a JSONL file of questions with spans; the shipped one if None.

    Raises:
        EvalError: a report cannot be read, is not there, or does not say what it said when the
            questions were written.
    """
    articles = _reports(path)
    file = questions or Path(str(resources.files("evals"))) / "suites" / NAME / "spans.jsonl"
    samples = tuple(_sample(row, file, articles, path) for row in read_rows(file))
    return Suite(NAME, samples, {NAME: articles})


def digest(words: str) -> str:
    """What a span's words are known by."""
    return hashlib.sha256(words.encode()).hexdigest()[:DIGITS]


def _reports(folder: Path) -> tuple[Article, ...]:
    """The reports, known by their file names, so that the suite is the same wherever they lie."""
    found: list[Article] = []
    for article in corpus.read([folder]):
        if isinstance(article, Rejected):
            raise EvalError(
                f"a report of the suite cannot be read: {article.reason}",
                where=article.source,
                next_step="take it out of the folder, or name the folder of the reports",
            )
        source = f"{NAME}/{Path(article.source).name}"
        found.append(
            replace(article, source=source, id=article.id if article.url else identify(source))
        )
    return tuple(found)


def _sample(row: Row, file: Path, articles: Sequence[Article], folder: Path) -> Sample:
    where = f"{file}, {row.place}"
    fields = dict(row.fields)
    target = fields.get("target")
    if isinstance(target, Mapping) and "spans" in target:
        rest = {name: value for name, value in target.items() if name != "spans"}
        spans = _spans(target["spans"], where)
        quotes = [_words(span, articles, folder) for span in spans]
        named = list(dict.fromkeys(span.article for span in spans))
        fields["target"] = {**rest, "articles": named, "quotes": list(dict.fromkeys(quotes))}
    try:
        sample, _ = to_sample(fields, row.default_id)
    except EvalError as error:
        raise EvalError(error.what, where=where, next_step=error.next_step) from error
    return replace(sample, world=NAME)


def _spans(given: object, where: str) -> list[_Span]:
    try:
        return [
            _Span.model_validate(one) for one in (given if isinstance(given, list) else [given])
        ]
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise EvalError(
            f"This is not a span: {'.'.join(map(str, first['loc']))}: {first['msg']}",
            where=where,
            next_step='write {"article": "FILE", "start": 0, "end": 9, "sha256": "16 digits"}',
        ) from error


def _words(span: _Span, articles: Sequence[Article], folder: Path) -> str:
    """The words of a span, as the report has them today.

    Raises:
        EvalError: the report is not there, or has other words in that place.
    """
    report = next((one for one in articles if is_named(one, span.article)), None)
    if report is None:
        raise EvalError(
            f"the questions are on '{span.article}', which is not among the {len(articles)} "
            "reports of the folder",
            where=folder,
            next_step="name the folder of the reports that the questions were written on",
        )
    words = report.text[span.start : span.end]
    if digest(words) != span.sha256:
        raise EvalError(
            f"'{span.article}' has other words at {span.start}–{span.end} than those that prove "
            "an answer",
            where=folder,
            next_step="put back the report that the questions were written on, or write the span "
            "anew if the cleaning of articles has changed",
        )
    return words
