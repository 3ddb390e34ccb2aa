"""The questions of a file one by one, each with the place that an error can name.

JSONL holds an object a line. CSV has a header, and is parted by commas, semicolons or tabs;
several answers stand in one cell as 'one | another', several parts of `also` as 'a | b || c'.
YAML holds a list of mappings, and every value in it is taken as it is written, so that 'no',
1.50 and 2024-03-01 need no quotation marks.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from corpus.errors import EvalError
from evals.suites.form import FLAT_FIELDS

_SEVERAL = {"answers", "articles", "quotes", "before", "stale", "planted", "speaker", "never"}
_BAR = re.compile(r"\s*(?<!\|)\|(?!\|)\s*")
_BARS = re.compile(r"\s*\|\|\s*")


@dataclass(frozen=True, slots=True)
class Row:
    """One question as its file holds it.

    Attributes:
        place: 'line 3' or 'row 3', as an editor or a spreadsheet counts.
        default_id: for a question without an id.
        fields: by name, in either layout of `evals.suites.form`.
    """

    place: str
    default_id: str
    fields: Mapping[str, object]


def read_rows(path: Path) -> Iterator[Row]:
    """Each question of a .jsonl, .csv, .yaml or .yml file.

    Raises:
        EvalError: the file is of another form or cannot be read; a line holds no question.
    """
    read = READERS.get(path.suffix.lower())
    if read is None:
        raise EvalError(
            f"a file of questions ends in {', '.join(READERS)}",
            where=path,
            next_step="save it in one of these forms",
        )
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise EvalError(
            f"the questions cannot be read as UTF-8 text: {error}",
            where=path,
            next_step="save the file as UTF-8",
        ) from error
    return read(path, text)


def _json_lines(path: Path, text: str) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        place = f"line {number}"
        try:
            fields = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise EvalError(
                f"Invalid JSON: {error}",
                where=f"{path}, {place}",
                next_step="write one JSON object a line",
            ) from error
        if not isinstance(fields, dict):
            raise EvalError(
                "the line holds no JSON object",
                where=f"{path}, {place}",
                next_step='write one object a line: {"question": "…", "answer": "…"}',
            )
        yield Row(place, f"line-{number}", fields)


def _table(path: Path, text: str) -> Iterator[Row]:
    # The header has no cell that holds a mark, so that whichever mark stands in it parts cells.
    first = text.partition("\n")[0]
    mark = next((mark for mark in ("\t", ";", ",") if mark in first), ",")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    header: list[str] | None = None
    number = 0
    try:
        for number, cells in enumerate(lines, start=1):
            if header is None:
                header = _header(path, cells)
            elif any(cell.strip() for cell in cells):
                yield Row(f"row {number}", f"row-{number}", _cells(path, number, header, cells))
    except csv.Error as error:
        raise EvalError(
            f"the table cannot be read: {error}",
            where=f"{path}, row {number + 1}",
            next_step='put a cell that holds a mark or a line break in quotes, with " as ""',
        ) from error


def _header(path: Path, cells: list[str]) -> list[str]:
    names = [cell.strip().lower() for cell in cells]
    unknown = [name for name in names if name not in FLAT_FIELDS]
    twice = [name for name in names if names.count(name) > 1]
    if unknown or twice or "question" not in names:
        what = (
            f"there is no column '{unknown[0]}'" if unknown
            else f"the column '{twice[0]}' stands twice" if twice
            else "there is no column 'question'"
        )  # fmt: skip
        raise EvalError(
            what, where=f"{path}, row 1", next_step=f"known columns: {', '.join(FLAT_FIELDS)}"
        )
    return names


def _cells(path: Path, number: int, header: list[str], cells: list[str]) -> dict[str, object]:
    if len(cells) > len(header):
        raise EvalError(
            f"the row has {len(cells)} cells and the header {len(header)}",
            where=f"{path}, row {number}",
            next_step="put a cell that holds the parting mark in quotes",
        )
    fields: dict[str, object] = {}
    for name, cell in zip(header, cells, strict=False):
        held = cell.strip()
        if held and name in _SEVERAL:
            fields[name] = _BAR.split(held)
        elif held and name == "also":
            fields[name] = [_BAR.split(part) for part in _BARS.split(held)]
        else:
            fields[name] = held
    return fields


def _yaml(path: Path, text: str) -> Iterator[Row]:
    try:
        # The base loader makes text of every value: to YAML proper, 'no' is a truth value.
        loader = yaml.BaseLoader(text)
        root = loader.get_single_node()
        if not isinstance(root, yaml.SequenceNode):
            raise EvalError(
                "the file holds no list of questions",
                where=path,
                next_step="begin each question with '- question: …'",
            )
        for ordinal, node in enumerate(root.value, start=1):
            place = f"line {node.start_mark.line + 1}"
            fields = loader.construct_object(node, deep=True)
            if not isinstance(fields, dict):
                raise EvalError(
                    "this is no question",
                    where=f"{path}, {place}",
                    next_step="write '- question: …' and 'answer: …' below it",
                )
            yield Row(place, f"question-{ordinal}", fields)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise EvalError(
            f"this is no YAML: {getattr(error, 'problem', None) or error}",
            where=f"{path}, line {mark.line + 1}" if mark else path,
            next_step="put a text that holds ': ' or begins with a mark in quotes",
        ) from error


READERS: dict[str, Callable[[Path, str], Iterator[Row]]] = {
    ".jsonl": _json_lines,
    ".csv": _table,
    ".yaml": _yaml,
    ".yml": _yaml,
}
"""How each form of file is read, by its ending."""
