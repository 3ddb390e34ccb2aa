"""Suites of questions: one JSON object a line, checked line by line as they are read.

    {"id": "date-01", "kind": "date", "question": "…", "as_of": "2024-03-31",
     "target": {"answers": ["…"], "also": [["…"]], "articles": ["…"], "quotes": ["…"],
                "refuse": false}}

`as_of`, `also` and `refuse` may be left out; so may `answers`, `articles` and `quotes` where
`refuse` is true. `sample` is the suite on the sample articles of `corpus.samples`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError, model_validator

from corpus.errors import EvalError
from evals.sample import Kind, Sample, Target

_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _TargetLine(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    answers: tuple[_Words, ...] = ()
    also: tuple[tuple[_Words, ...], ...] = ()
    articles: tuple[_Words, ...] = ()
    quotes: tuple[_Words, ...] = ()
    refuse: bool = False

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> _TargetLine:
        if not self.refuse and not (self.answers and self.articles and self.quotes):
            raise ValueError("an answerable target needs answers, articles and quotes")
        if self.also and (not self.answers or not all(self.also)):
            raise ValueError("'also' needs 'answers' before it and no empty part")
        if self.quotes and not self.articles:
            raise ValueError("quotes need the articles that they stand in")
        return self


class _SampleLine(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: _Words
    question: _Words
    kind: Kind
    target: _TargetLine
    as_of: date | None = None

    def sample(self) -> Sample:
        return Sample(
            id=self.id,
            question=self.question,
            kind=self.kind,
            target=Target(
                answers=self.target.answers,
                also=self.target.also,
                articles=self.target.articles,
                quotes=self.target.quotes,
                refuse=self.target.refuse,
            ),
            as_of=self.as_of,
        )


def _folder() -> Path:
    return Path(str(resources.files("evals"))) / "suites"


def suite_names() -> tuple[str, ...]:
    """The suites that come with Dateline, sorted."""
    return tuple(sorted(path.stem for path in _folder().glob("*.jsonl")))


def suite_path(suite: str | Path) -> Path:
    """The file of a suite: one of `suite_names()`, or a path to a JSON lines file.

    Raises:
        EvalError: neither of the two.
    """
    if str(suite) in suite_names():
        return _folder() / f"{suite}.jsonl"
    path = Path(suite)
    if not path.is_file():
        raise EvalError(
            "There is no such suite",
            where=str(suite),
            next_step=f"name one of {', '.join(suite_names())}, or the path of a .jsonl file",
        )
    return path


def load_suite(suite: str | Path = "sample") -> tuple[Sample, ...]:
    """The samples of a suite, in file order.

    Raises:
        EvalError: no such suite; no samples in it; or a line that is not a sample, with the
            file and the number of the line.
    """
    path = suite_path(suite)
    samples: list[Sample] = []
    first_line: dict[str, int] = {}
    for number, sample in _read(path):
        if sample.id in first_line:
            raise EvalError(
                f"The id '{sample.id}' is already used on line {first_line[sample.id]}",
                where=f"{path}, line {number}",
                next_step="give each sample an id of its own",
            )
        first_line[sample.id] = number
        samples.append(sample)
    if not samples:
        raise EvalError(
            "The suite has no samples", where=path, next_step="write one JSON object a line"
        )
    return tuple(samples)


def _read(path: Path) -> Iterator[tuple[int, Sample]]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EvalError(
            f"The suite cannot be read as UTF-8 text: {error}",
            where=path,
            next_step="save it as UTF-8, one JSON object a line",
        ) from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield number, _SampleLine.model_validate_json(line).sample()
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"]) or "the line"
            raise EvalError(
                f"This is not a sample: {field}: {first['msg']}",
                where=f"{path}, line {number}",
                next_step="compare it with the suite 'sample' and correct the line",
            ) from error
