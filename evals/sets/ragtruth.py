"""`ragtruth:FILE-OR-FOLDER`: models' answers in which people marked what the source does not say.

RAGTruth: Niu et al. 2024 (arXiv:2401.00396, github.com/ParticleMedia/RAGTruth). Two forms are read:
a folder with the original's response.jsonl and source_info.jsonl, and a file, or a folder of files,
with a source and its responses in each line (source_id, source, responses).

How it is read: a claim is a whole answer. It is supported when nothing in it is marked, as the
paper counts answers; that includes marks that are 'implicit_true', true but not in the source. The
kind is the task and what is wrong: 'Data2txt: conflict' when any mark is a conflict, else
'Data2txt: baseless', else 'Data2txt: faithful'. Of the original, only answers of the split 'test'
and of quality 'good' are taken, on which the paper's figures stand. A source that is structured
is rendered as one sentence a fact, 'Hours, Monday: 9:00-22:30.', see `rendered`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import JsonValue

from evals.sets.files import Form, Row
from evals.support.claim import Claim, ClaimSet

_FORM = Form(
    "RAGTruth",
    "a folder with response.jsonl and source_info.jsonl, or a file of JSON lines with source_id, "
    "source, responses, plain or .gz",
)
DATA2TXT = "Data2txt"
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d)(?!\d)")


class _Mark(Row):
    label_type: str


class _Response(Row):
    response: str
    model: str
    labels: list[_Mark]


class _Line(Row):
    source_id: str
    source: str | dict[str, JsonValue]
    responses: list[_Response]


class _OriginalResponse(_Response):
    id: str
    source_id: str
    split: str
    quality: str


class _OriginalSource(Row):
    source_id: str
    task_type: str
    source_info: str | dict[str, JsonValue]


def open_ragtruth(path: Path) -> ClaimSet:
    """The answers of a file, or of the original's folder.

    Raises:
        EvalError: a line is not of that form, or an answer's source is not there.
    """
    original = path.is_dir() and any(path.glob("source_info.jsonl*"))
    claims = _original(path) if original else _gathered(path)
    return ClaimSet(_FORM.set_name(path), tuple(claims))


def _gathered(path: Path) -> Iterator[Claim]:
    for file in _FORM.files(path, ".jsonl"):
        for _, line in _FORM.lines(file, _Line):
            document = rendered(line.source)
            for one in line.responses:
                yield _claim(f"{line.source_id}/{one.model}", one, document, DATA2TXT)


def _original(path: Path) -> Iterator[Claim]:
    sources = {
        line.source_id: (_reference(line), line.task_type)
        for _, line in _FORM.lines(_FORM.part(path, "source_info.jsonl"), _OriginalSource)
    }
    responses = _FORM.part(path, "response.jsonl")
    for number, one in _FORM.lines(responses, _OriginalResponse):
        if one.split != "test" or one.quality != "good":
            continue
        if one.source_id not in sources:
            raise _FORM.error(
                f"source_id: there is no source '{one.source_id}'", f"{responses}, line {number}"
            )
        yield _claim(one.id, one, *sources[one.source_id])


def _claim(id_: str, one: _Response, document: str, task: str) -> Claim:
    kinds = [mark.label_type.lower() for mark in one.labels]
    wrong = "conflict" if any("conflict" in kind for kind in kinds) else "baseless"
    return Claim(
        id=id_,
        text=one.response,
        document=document,
        supported=not kinds,
        kind=f"{task}: {wrong if kinds else 'faithful'}",
    )


def _reference(line: _OriginalSource) -> str:
    """What the model was given: of a question's source its passages, without the question."""
    source = line.source_info
    passages = source.get("passages") if isinstance(source, dict) else None
    return passages if isinstance(passages, str) else rendered(source)


def rendered(source: str | dict[str, JsonValue]) -> str:
    """A structured source as text, one line a fact; text stays as it is.

    The names of the fields on the way to a value stand before it, in words: 'Attributes,
    business parking, garage: yes.' Of a list each item has its number. True and false are 'yes'
    and 'no', what is not known says so, and the clock's '9:0' is written '9:00'. A value that is
    several sentences ('review_text') stands as it is behind its name.
    """
    if isinstance(source, str):
        return source
    return "\n\n".join(
        f"{_words(trail)}: {value}" + ("" if value.endswith((".", "!", "?")) else ".")
        for trail, value in _facts(source, ())
    )


def _facts(value: JsonValue, trail: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _facts(inner, (*trail, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value, start=1):
            yield from _facts(inner, (*trail, str(number)))
    else:
        yield trail, _said(value)


def _said(value: str | bool | float | None) -> str:
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return _CLOCK.sub(r"\1:0\2", " ".join(value.split())) or "not known"
    return f"{value:g}"


def _words(trail: Sequence[str]) -> str:
    """('hours', 'Monday') as 'Hours, Monday'; ('review_info', '2') as 'Review info 2'."""
    text = ""
    for name in trail:
        plain = " ".join(_HUMP.sub(" ", name.replace("_", " ")).split())
        text += f" {plain}" if name.isdigit() else f", {plain}" if text else plain
    return text[:1].upper() + text[1:]
