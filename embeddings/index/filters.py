"""Which passages a search may find, as a mask over passages that an index can hold inside."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus import Article
from embeddings.store.window import DateWindow, day_number

ANY_TIME = DateWindow()

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]

FACETS = np.dtype(
    [
        ("number", "<i8"),
        ("outlet", "<u8"),
        ("day", "<i4"),
        ("terms", "<i4"),
        ("withdrawn", "?"),
        ("alive", "?"),
    ],
    align=True,
)
"""What is known of a passage by its place in an index: its number, its article's outlet (see
`outlet_code`) and day (`date.toordinal()` or `UNDATED`), how many terms it has, whether its
article was withdrawn, and whether it is still in the library."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What a search may find; the default admits all that was not withdrawn.

    Attributes:
        window: the days of publication.
        outlets: names of outlets; None for all, those of articles without one included.
        groups: ids of groups of copies; None for all.
        withdrawn: whether withdrawn articles may be found too.
    """

    window: DateWindow = ANY_TIME
    outlets: frozenset[str] | None = None
    groups: frozenset[str] | None = None
    withdrawn: bool = False

    @classmethod
    def of(
        cls,
        window: DateWindow,
        outlets: Collection[str] | None,
        groups: Collection[str] | None,
        withdrawn: bool,
    ) -> Filter:
        """From the arguments of a library's `dense` and `lexical`."""
        return cls(
            window,
            None if outlets is None else frozenset(outlets),
            None if groups is None else frozenset(groups),
            withdrawn,
        )


class Facets:
    """The facets of n passages, in ascending order of their numbers.

    Attributes:
        numbers: shape (n,).
        terms: shape (n,), how many terms each has.
        alive: shape (n,), False for those that are no longer in the library.
        dead: the places of those, ascending.
    """

    def __init__(self, records: NDArray[np.void]) -> None:
        self.numbers: Numbers = np.ascontiguousarray(records["number"])
        self.terms: NDArray[np.int32] = np.ascontiguousarray(records["terms"])
        self.alive: Mask = np.array(records["alive"])
        self.dead = np.flatnonzero(~self.alive)
        self._outlets = np.ascontiguousarray(records["outlet"])
        self._days = np.ascontiguousarray(records["day"])
        self._withdrawn = np.ascontiguousarray(records["withdrawn"])

    def __len__(self) -> int:
        return len(self.numbers)

    def records(self) -> NDArray[np.void]:
        """As an array of `FACETS`, to be written to disk."""
        records = np.zeros(len(self), dtype=FACETS)
        for name, column in (
            ("number", self.numbers), ("outlet", self._outlets), ("day", self._days),
            ("terms", self.terms), ("withdrawn", self._withdrawn), ("alive", self.alive),
        ):  # fmt: skip
            records[name] = column
        return records

    def extended(self, records: NDArray[np.void]) -> Facets:
        """With more passages after these; their numbers must be higher."""
        return Facets(np.concatenate([self.records(), records]))

    def places(self, numbers: Numbers) -> NDArray[np.intp]:
        """Where those of the numbered passages stand that are here at all."""
        if not len(self):
            return np.zeros(0, dtype=np.intp)
        found = np.minimum(np.searchsorted(self.numbers, numbers), len(self) - 1)
        here: NDArray[np.intp] = found[self.numbers[found] == numbers]
        return here

    def bury(self, numbers: Numbers) -> None:
        """Notes that passages are no longer in the library; those that are not here are ignored."""
        if len(numbers):
            self.alive[self.places(numbers)] = False
            self.dead = np.flatnonzero(~self.alive)

    def admitted(self, wanted: Filter, of_groups: Numbers | None) -> Mask:
        """Which passages a search may find, shape (n,).

        Args:
            wanted: what to admit.
            of_groups: the numbers of the passages of `wanted.groups`, from `numbers_of_groups`.
        """
        mask = self.alive.copy()
        if not wanted.withdrawn:
            mask &= ~self._withdrawn
        if not wanted.window.is_open:
            mask &= wanted.window.mask(self._days)
        if wanted.outlets is not None:
            codes = [outlet_code(outlet) for outlet in wanted.outlets]
            mask &= np.isin(self._outlets, np.array(codes, dtype=np.uint64))
        if of_groups is not None:
            chosen = np.zeros(len(self), dtype=np.bool_)
            chosen[self.places(of_groups)] = True
            mask &= chosen
        return mask


def facets_of(number: int, article: Article, terms: int) -> tuple[int, int, int, int, bool, bool]:
    """The record of one passage that is in the library."""
    outlet = 0 if article.outlet is None else outlet_code(article.outlet)
    day = day_number(article.published)
    return (number, outlet, day, terms, article.withdrawn is not None, True)


def outlet_code(outlet: str) -> int:
    """64 bits for the name of an outlet; 0 stands for none.

    Two of 100,000 names share one with probability 3e-10.
    """
    return int.from_bytes(hashlib.blake2b(outlet.encode(), digest_size=8).digest(), "little") or 1


def numbers_of_groups(connection: sqlite3.Connection, groups: Collection[str]) -> Numbers:
    """The numbers of all passages of the groups of copies, ascending."""
    rows = connection.execute(
        "SELECT number FROM passages JOIN articles ON articles.id = article_id "
        "WHERE group_id IN (SELECT value FROM json_each(?)) ORDER BY number",
        (json.dumps(sorted(groups)),),
    )
    return np.fromiter((number for (number,) in rows), dtype=np.int64)
