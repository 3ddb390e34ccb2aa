"""What may be found, as Milvus's boolean expressions, so that it holds inside the search."""

from __future__ import annotations

from collections.abc import Iterable

from embeddings.index.filters import Filter
from embeddings.store.window import UNDATED, day_number

_ESCAPES = str.maketrans(
    {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"},
)


def condition(wanted: Filter) -> str:
    """What a search may find, as a condition on the passages' fields; '' for everything."""
    conditions = []
    since, until = wanted.window.since, wanted.window.until
    if since is not None:
        conditions.append(f"day >= {day_number(since)}")
    if until is not None:
        conditions.append(f"day > {UNDATED} and day <= {day_number(until)}")
    if wanted.outlets is not None:
        # '' stands for an article without an outlet, which no name of one asks for.
        conditions.append(one_of("outlet", sorted(wanted.outlets - {""})))
    if wanted.groups is not None:
        conditions.append(one_of("group_id", sorted(wanted.groups)))
    if not wanted.withdrawn:
        conditions.append("withdrawn == false")
    return " and ".join(conditions)


def admits_nothing(wanted: Filter) -> bool:
    """Whether no passage at all can pass; Milvus takes no empty list of values."""
    named = wanted.outlets is not None and not wanted.outlets - {""}
    return named or (wanted.groups is not None and not wanted.groups)


def quoted(text: str) -> str:
    """A string literal of Milvus's expressions, whatever the text holds."""
    return f'"{text.translate(_ESCAPES)}"'


def one_of(field: str, values: Iterable[str]) -> str:
    """The field has one of these values."""
    return f"{field} in [{', '.join(quoted(value) for value in values)}]"


def both(*conditions: str) -> str:
    """All of the conditions that say anything."""
    return " and ".join(f"({condition})" for condition in conditions if condition)
