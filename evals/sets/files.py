"""Published data files, plain or gzipped, read as JSON or JSON lines and checked at the door."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeVar, cast

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from corpus.errors import EvalError
from corpus.walk import shown

_SUFFIXES = (".gz", ".json", ".jsonl")
_UNREADABLE = (OSError, EOFError, zlib.error, UnicodeDecodeError)

Whole = TypeVar("Whole")
RowType = TypeVar("RowType", bound="Row")


class Row(BaseModel):
    """One item of a file: the fields that are used; all others are passed over."""

    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True)


def opened(path: Path) -> IO[str]:
    """The file as UTF-8 text; one whose name ends in .gz is unpacked while it is read."""
    if path.suffix == ".gz":
        return cast("IO[str]", gzip.open(path, "rt", encoding="utf-8"))
    return path.open(encoding="utf-8")


def plain_name(path: Path) -> str:
    """The name of a file or folder without the suffixes of JSON and of gzip."""
    name = shown(Path(path.name))
    while name.endswith(_SUFFIXES):
        name = name.rpartition(".")[0]
    return name


@dataclass(frozen=True, slots=True)
class Form:
    """A form of files, and how to say that one is not of it.

    Attributes:
        name: as in 'not in SQuAD form'.
        shape: what to name instead, as in 'name …'.
    """

    name: str
    shape: str

    def set_name(self, path: Path) -> str:
        """The set's name in reports, such as 'squad:xquad.en'."""
        return f"{self.name.lower()}:{plain_name(path)}"

    def error(self, what: str, where: Path | str) -> EvalError:
        """What is wrong with a file or folder of this form, where, and what to name."""
        return EvalError(
            f"Not in {self.name} form: {what}", where=where, next_step=f"name {self.shape}"
        )

    def whole(self, path: Path, adapter: TypeAdapter[Whole]) -> Whole:
        """A JSON file.

        Raises:
            EvalError: it cannot be read, or is not what the adapter wants, with the item.
        """
        try:
            with opened(path) as file:
                text = file.read()
        except _UNREADABLE as error:
            raise self.error(f"it cannot be read: {error}", path) from error
        try:
            return adapter.validate_json(text)
        except ValidationError as error:
            raise self.error(_first(error, "the file"), path) from error

    def lines(self, path: Path, row: type[RowType]) -> Iterator[tuple[int, RowType]]:
        """Each line of a JSON lines file with its number, from 1; blank ones are passed over.

        Raises:
            EvalError: it cannot be read, or a line is not a `row`, with the line.
        """
        try:
            with opened(path) as file:
                for number, line in enumerate(file, start=1):
                    if line.strip():
                        yield number, self._row(row, line, f"{path}, line {number}")
        except _UNREADABLE as error:
            raise self.error(f"it cannot be read: {error}", path) from error

    def _row(self, row: type[RowType], line: str, where: str) -> RowType:
        try:
            return row.model_validate_json(line)
        except ValidationError as error:
            raise self.error(_first(error, "the line"), where) from error

    def part(self, folder: Path, name: str) -> Path:
        """The file of that name in the folder, or the same name with .gz.

        Raises:
            EvalError: neither is there.
        """
        for path in (folder / name, folder / f"{name}.gz"):
            if path.is_file():
                return path
        raise self.error(f"there is no file '{name}', plain or .gz", folder)

    def files(self, path: Path, suffix: str, *, deep: bool = False) -> tuple[Path, ...]:
        """The file itself; of a folder, its files of that suffix, plain or .gz, by name.

        Args:
            deep: those of the folders inside it as well.

        Raises:
            EvalError: the folder has none.
        """
        if path.is_file():
            return (path,)
        inside = path.rglob("*") if deep else path.iterdir()
        found = sorted(one for one in inside if one.name.endswith((suffix, f"{suffix}.gz")))
        if not found:
            raise self.error(f"the folder has no {suffix} file, plain or .gz", path)
        return tuple(found)


def _first(error: ValidationError, whole: str) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"]) or whole
    return f"{place}: {first['msg']}"
