"""Invented names, days and figures: nothing here means a real town or person."""

from __future__ import annotations

import random
from datetime import date, timedelta

_HEADS = (
    "Al", "Bar", "Bel", "Bran", "Cal", "Cor", "Dar", "Dor", "El", "Fen", "Gar", "Hal", "Ister",
    "Kar", "Kel", "Lor", "Mar", "Mor", "Nar", "Nor", "Or", "Pel", "Quin", "Ral", "Sar", "Sel",
    "Tar", "Thorn", "Ul", "Val", "Ver", "Wel", "Yar", "Zel", "Ash", "Brey", "Cold", "Dun",
)  # fmt: skip
_TAILS = (
    "ano", "bridge", "by", "dale", "den", "eva", "field", "ford", "gate", "haven", "ia", "ina",
    "lund", "mere", "minster", "mouth", "ona", "or", "ova", "port", "rick", "sk", "stad", "stead",
    "ton", "une", "vale", "vik", "wick", "worth", "ay", "essa",
)  # fmt: skip
_GIVEN = (
    "Ada", "Amir", "Anneke", "Bora", "Carla", "Dimas", "Edda", "Emre", "Farid", "Greta", "Hana",
    "Ines", "Ivo", "Jonas", "Kadri", "Lena", "Malik", "Mira", "Nadia", "Olek", "Petra", "Rafe",
    "Samira", "Stefan", "Tariq", "Una", "Vera", "Wim", "Yusuf", "Zora", "Tomas", "Leila",
)  # fmt: skip
_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
)  # fmt: skip
_FIRST_DAY = date(2009, 1, 1)


class Inventor:
    """Invents from one source of chance."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng

    def town(self) -> str:
        """A name of one word, now and then of two."""
        name = self._rng.choice(_HEADS) + self._rng.choice(_TAILS)
        ahead = self._rng.choice(("", "", "", "", "Port ", "New ", "Upper ", "Saint "))
        return ahead + name

    def family(self) -> str:
        """A person's last name."""
        tail = self._rng.choice(("sen", "ić", "ova", "ard", "ini", "ak", "ez", "well", "oğlu", "a"))
        return self._rng.choice(_HEADS) + tail

    def person(self) -> str:
        """First and last name."""
        return f"{self._rng.choice(_GIVEN)} {self.family()}"

    def day(self) -> date:
        """A day of the years 2009 to 2026."""
        return _FIRST_DAY + timedelta(days=self._rng.randrange(17 * 365))

    def count(self, low: int, high: int) -> int:
        """A figure; small ones and round ones come more often than their share."""
        drawn = int(low * (high / low) ** self._rng.random())
        return round(drawn, -len(str(drawn)) + 2) if drawn > 200 else drawn

    def written(self, figure: int) -> str:
        """As a newspaper writes it: words for small figures, commas in large ones."""
        if figure <= 12 and self._rng.random() < 0.6:
            return _ONES[figure]
        if figure >= 1_000_000:
            millions = f"{figure / 1_000_000:.1f}".removesuffix(".0")
            return f"{millions} million"
        return f"{figure:,}"
