"""Columns: which column of a table, or name in an object, holds which field of an article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from corpus.metadata import Metadata, field_name, text_names


def metadata(fields: Mapping[str, object], columns: Mapping[str, str]) -> Metadata:
    """What a row says, where `columns` (field → column) goes before the column's own name."""
    if not columns:
        return Metadata.from_fields(fields)
    places = {field_name(name): name for name in fields}
    taken = {field: _place(column, fields, places) for field, column in columns.items()}
    chosen = {field: fields[place] for field, place in taken.items() if place is not None}
    spent = set(taken.values())
    rest = {name: value for name, value in fields.items() if name not in spent}
    return Metadata.from_fields({**chosen, **{n: v for n, v in rest.items() if n not in chosen}})


def absent(there: Iterable[str], columns: Mapping[str, str]) -> dict[str, str]:
    """Of the mapping, the fields whose column is not there."""
    names = list(there)
    places = {field_name(name): name for name in names}
    return {f: column for f, column in columns.items() if _place(column, names, places) is None}


def unknown(there: Iterable[str], absent_columns: Mapping[str, str]) -> str:
    """What to say of mapped columns that are not there."""
    wanted = ", ".join(f"{column!r} for {name}" for name, column in absent_columns.items())
    return f"no column {wanted}; its columns: {_listed(list(there))}"


def missing(there: Iterable[str], columns: Mapping[str, str]) -> str | None:
    """What is wrong with the columns of a table; None if nothing is."""
    names = list(there)
    if gone := absent(names, columns):
        return unknown(names, gone)
    if "text" not in columns and not {field_name(name) for name in names} & set(text_names()):
        return f"no column named any of: {', '.join(text_names())}; its columns: {_listed(names)}"
    return None


def no_text(there: Iterable[str], columns: Mapping[str, str]) -> str:
    """Why an object with these names holds no article."""
    wanted = repr(columns["text"]) if "text" in columns else f"any of: {', '.join(text_names())}"
    return f"no text under {wanted}; it has: {_listed(list(there))}"


def _place(column: str, names: Iterable[str], places: Mapping[str, str]) -> str | None:
    """The column of exactly that name, else the one whose name compares equal."""
    return column if column in names else places.get(field_name(column))


def _listed(names: list[str], most: int = 20) -> str:
    """The names; of a row that has hundreds the first, each cut where it has no end."""
    shown = ", ".join(repr(name[:40]) for name in names[:most]) or "none"
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown
