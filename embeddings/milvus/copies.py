"""Groups of copies in Milvus, by the rules of `embeddings.intake.groups`.

A group is what links of `corpus.copies.is_copy` connect. Whoever's group changes is written anew,
passages and all, because a search filters passages by their article's group.
"""

from __future__ import annotations

from collections.abc import Iterable

from corpus.copies import could_be_copies, is_copy
from embeddings.milvus.shelf import Shelf, Shelved


class Copies:
    """Changes the groups of the articles in hand."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def enter(self, one: Shelved) -> bool:
        """Puts an article that is in a group of its own into that of its copies.

        Returns:
            Whether there is a copy of it.
        """
        if one.traits.signature is None:
            return False
        groups: dict[str, None] = {}
        for name in self._shelf.sharing(one):
            other = self._shelf.find(name)
            if other is not None and other.group not in groups and _are_copies(one, other):
                groups[other.group] = None
        if groups:
            members = self._shelf.members([one.group, *groups])
            _assign(members, members[0].article.id)
        return bool(groups)

    def leave(self, one: Shelved) -> None:
        """Takes an article out of its group, which may fall apart without it."""
        others = [other for other in self._shelf.members([one.group]) if other is not one]
        for part in _parts(others):
            _assign(part, part[0].article.id)
        _assign([one], one.article.id)


def _parts(members: Iterable[Shelved]) -> list[list[Shelved]]:
    """The parts that links still connect, each in the order in which its articles came."""
    parts: list[list[Shelved]] = []
    for one in members:
        linked = [part for part in parts if any(_are_linked(one, other) for other in part)]
        parts = [part for part in parts if part not in linked]
        parts.append([*(member for part in linked for member in part), one])
    return [sorted(part, key=lambda one: one.came) for part in parts]


def _are_linked(one: Shelved, other: Shelved) -> bool:
    return bool(one.traits.bands & other.traits.bands) and _are_copies(one, other)


def _are_copies(one: Shelved, other: Shelved) -> bool:
    mine, theirs = one.traits.signature, other.traits.signature
    if mine is None or theirs is None:
        return False
    return could_be_copies(mine, theirs) and is_copy(one.article, other.article)


def _assign(members: Iterable[Shelved], group: str) -> None:
    for one in members:
        if one.group != group:
            one.group = group
            one.changed = True
