"""A scene: one kind of news, with what can be told of it and what can be asked."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from rag.training.answerer.invented import Inventor


@dataclass(frozen=True, slots=True)
class Scene:
    """One kind of news, as patterns. '(a|b)' stands for one of them, '{slot}' for a slot's words,
    '{slot-}' for what a growing slot was the day before.

    Attributes:
        name: for the counts of the card.
        slots: by name, what it is filled with: see `Story`.
        says: sentences; the first tells what happened.
        asks: by slot, questions that it answers; by 'lead', questions that the first sentence
            answers as a whole.
    """

    name: str
    slots: Mapping[str, str]
    says: tuple[str, ...]
    asks: Mapping[str, tuple[str, ...]]
    keys: tuple[str, ...] = field(default=("town",))

    @property
    def growing(self) -> frozenset[str]:
        """The slots whose figure changes from day to day."""
        return frozenset(name for name, sort in self.slots.items() if sort.startswith("count+"))


SLOT = re.compile(r"\{(\w+)(-?)\}")
_CHOICE = re.compile(r"\(([^()]*\|[^()]*)\)")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_OFFICES = "(Mayor|Governor|Prefect|Minister|Commissioner|Senator|Chief Inspector|Dr|Judge)"
_BODIES = (
    "(the fire service|the health ministry|the police|the coastguard|the town council|"
    "the interior ministry|the regional governor's office|the Red Cross|the civil defence|"
    "the rescue service|the prosecutor's office|state television|the trade ministry)"
)


class Story:
    """One event: a scene with every slot filled, on one to three days.

    Slots are filled by their sort: 'count:LOW:HIGH' a figure that stays, 'count+:LOW:HIGH' one
    that changes from day to day, 'town', 'person', 'official', 'weekday', 'month', 'day', or a
    pattern.
    """

    def __init__(self, scene: Scene, rng: random.Random, days: int) -> None:
        self.scene = scene
        self._rng = rng
        self._inventor = Inventor(rng)
        self._figures: dict[str, int] = {}
        first = self._inventor.day()
        gap = rng.choice((1, 1, 2, 3, 7, 30))
        self.days = [first + timedelta(days=gap * number) for number in range(days)]
        self.values: list[dict[str, str]] = []
        for number in range(days):
            self.values.append(self._filled(number))

    def _filled(self, number: int) -> dict[str, str]:
        if number == 0:
            return {
                name: self.figure(name) if name in self.scene.growing else self.fill(sort)
                for name, sort in self.scene.slots.items()
            }
        values = dict(self.values[-1])
        for name in sorted(self.scene.growing):
            values[name] = self.other(name, {day[name] for day in self.values})
        return values

    def figure(self, slot: str) -> str:
        """Another figure for a growing slot, of the size of the one before."""
        low, high = map(int, self.scene.slots[slot].partition(":")[2].split(":"))
        last = self._figures.get(slot)
        if last is not None:
            low, high = max(low, round(last * 0.8)), min(max(high, last + 3), round(last * 2.2) + 3)
        figure = self._figures[slot] = self._inventor.count(low, high)
        return self._inventor.written(figure)

    def _sorted(self, slot: str) -> str:
        return self.fill(self.scene.slots[slot])

    def fill(self, sort: str) -> str:
        """New words of a sort."""
        name, _, rest = sort.partition(":")
        match name:
            case "count":
                low, high = map(int, rest.split(":"))
                return self._inventor.written(self._inventor.count(low, high))
            case "town":
                return self._inventor.town()
            case "person":
                return self._inventor.person()
            case "official":
                return self._official()
            case "weekday":
                return self._rng.choice(_WEEKDAYS)
            case "month":
                return self._rng.choice(_MONTHS)
            case "day":
                return f"{self._rng.randint(1, 28)} {self._rng.choice(_MONTHS)}"
        return self.expand(sort)

    def other(self, slot: str, known: set[str]) -> str:
        """Words of a slot that are none of those known."""
        for _ in range(200):
            words = self.figure(slot) if slot in self.scene.growing else self._sorted(slot)
            if words not in known:
                return words
        raise AssertionError(f"the scene {self.scene.name} has too few words for {slot}")

    def expand(self, pattern: str) -> str:
        """A pattern with its choices made, and the names of towns and people in it invented."""
        while _CHOICE.search(pattern):
            pattern = _CHOICE.sub(lambda one: self._rng.choice(one[1].split("|")), pattern, 1)
        return (
            pattern.replace("<town>", self._inventor.town())
            .replace("<family>", self._inventor.family())
            .replace("<person>", self._inventor.person())
        )

    def _official(self) -> str:
        chance = self._rng.random()
        if chance < 0.45:
            return self.expand(f"{_OFFICES} {self._inventor.person()}")
        if chance < 0.8:
            return self.expand(_BODIES)
        body = self.expand("(police|coastguard|council|ministry|hospital|company|army|Red Cross)")
        return f"{body} spokes{self._rng.choice(('man', 'woman'))} {self._inventor.person()}"
