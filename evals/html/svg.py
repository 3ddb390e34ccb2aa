"""Drawing small SVG plots: elements, scales and axes.

Colours, line widths and letters stand in style.css, by class, so that one drawing serves a light
page, a dark one and paper. Text is set by the XML library, so nothing that it holds can break out.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from markupsafe import Markup

from evals.html.text import printable

WIDTH = 360.0
"""Units across a drawing. A phone shows about as many pixels, so letters keep their size there."""

Point = tuple[float, float]


class Drawing:
    """One SVG with a name and a description for those who do not see it.

    Args:
        key: unique in the page; the ids in the drawing start with it.
        title: what it shows.
        told: the same in words, with its main figures.
        height: in the units of `WIDTH`.
    """

    def __init__(self, key: str, title: str, told: str, height: float) -> None:
        self.key = key
        self.height = height
        self._root = ET.Element(
            "svg",
            {
                "class": "plot",
                "viewBox": f"0 0 {_n(WIDTH)} {_n(height)}",
                "role": "img",
                "aria-labelledby": f"{key}-title {key}-told",
            },
        )
        for tag, words in (("title", title), ("desc", told)):
            element = ET.SubElement(
                self._root, tag, {"id": f"{key}-{'told' if tag == 'desc' else tag}"}
            )
            element.text = printable(words)
        self._at = self._root

    @contextmanager
    def tip(self, words: str) -> Iterator[None]:
        """What is drawn inside shows these words where a pointer rests on it."""
        outer = self._at
        self._at = ET.SubElement(outer, "g")
        ET.SubElement(self._at, "title").text = printable(words)
        yield
        self._at = outer

    def clip(self, left: float, top: float, right: float, bottom: float) -> None:
        """Make the clip that `area(…, clipped=True)` is cut to."""
        holder = ET.SubElement(self._root, "clipPath", {"id": f"{self.key}-clip"})
        box = {"x": left, "y": top, "width": right - left, "height": bottom - top}
        ET.SubElement(holder, "rect", {name: _n(value) for name, value in box.items()})

    def line(self, start: Point, end: Point, css: str) -> None:
        """A straight line."""
        ends = {"x1": start[0], "y1": start[1], "x2": end[0], "y2": end[1]}
        self._add("line", css, **{name: _n(value) for name, value in ends.items()})

    def box(self, left: float, top: float, width: float, height: float, css: str) -> None:
        """A rectangle; one without width or height is left out."""
        if width > 0 and height > 0:
            sides = {"x": left, "y": top, "width": width, "height": height}
            self._add("rect", css, **{name: _n(value) for name, value in sides.items()})

    def dot(self, at: Point, radius: float, css: str) -> None:
        """A filled circle."""
        self._add("circle", css, cx=_n(at[0]), cy=_n(at[1]), r=_n(radius))

    def path(self, points: Sequence[Point], css: str) -> None:
        """A line through points."""
        self._add("path", css, d=_through(points))

    def area(self, edge: Sequence[Point], back: Sequence[Point], css: str) -> None:
        """What lies between two lines over the same x, cut to the clip."""
        whole = [*edge, *reversed(back)]
        self._add("path", css, d=_through(whole) + "Z", clip_path=f"url(#{self.key}-clip)")

    def text(self, at: Point, words: str, css: str = "", anchor: str = "start") -> None:
        """One line of letters; `at` is on its base line."""
        spot = {"x": _n(at[0]), "y": _n(at[1]), "text_anchor": anchor}
        self._add("text", css, **spot).text = printable(words)

    def markup(self) -> Markup:
        """The drawing as it stands in a page."""
        # Each text and attribute in it was escaped by ElementTree.
        return Markup(ET.tostring(self._root, encoding="unicode"))

    def _add(self, tag: str, css: str, /, **attributes: str) -> ET.Element:
        named = {name.replace("_", "-"): value for name, value in attributes.items()}
        return ET.SubElement(self._at, tag, {**({"class": css} if css else {}), **named})


@dataclass(frozen=True, slots=True)
class Scale:
    """From values to places: `low` lies at `start`, `high` at `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The place of a value; values beyond the ends stay at the ends."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def ticks(low: float, high: float, wanted: int = 5) -> list[float]:
    """About so many round values from `low` to `high`: multiples of 1, 2 or 5 times a power of 10.

    Args:
        high: above `low`.
    """
    rough = (high - low) / wanted
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= rough * 0.999)
    first = math.ceil(low / step - 1e-9)
    return [round(at * step, 12) for at in range(first, math.floor(high / step + 1e-9) + 1)]


@dataclass(frozen=True, slots=True)
class Frame:
    """The two axes of a plot.

    Attributes:
        across, up: the scales; `up.start` is the bottom.
        name_across, name_up: what the axes measure.
        say_across, say_up: how a tick is written.
    """

    across: Scale
    up: Scale
    name_across: str
    name_up: str
    say_across: Callable[[float], str]
    say_up: Callable[[float], str]

    def draw(self, drawing: Drawing) -> None:
        """Ticks, their lines across the plot, and names."""
        left, right = self.across.start, self.across.end
        bottom = self.up.start
        for value in ticks(self.up.low, self.up.high, 5):
            y = self.up(value)
            drawing.line((left, y), (right, y), "grid")
            drawing.text((left - 6, y + 4), self.say_up(value), "tick", "end")
        for value in ticks(self.across.low, self.across.high, 5):
            x = self.across(value)
            drawing.line((x, bottom), (x, bottom + 4), "axis")
            drawing.text((x, bottom + 16), self.say_across(value), "tick", "middle")
        drawing.line((left, bottom), (right, bottom), "axis")
        drawing.text(((left + right) / 2, bottom + 33), self.name_across, "name", "middle")
        drawing.text((2, 12), self.name_up, "name")


def _through(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points)


def _n(value: float) -> str:
    """A place to a tenth of a unit, which is finer than a pixel."""
    return f"{value:.1f}".removesuffix(".0")
