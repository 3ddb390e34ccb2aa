"""When a library's articles are from: columns by month, for all of them and for each outlet.

It is a table whose cells hold a bar, so that a screen reader reads the figures that the bars show.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from page.drawing.markup import count, plain, shortened
from page.library.list import Heading, Holdings

MOST_PERIODS = 24
"""Columns of the plot: as many as a phone's width shows apart."""
MOST_OUTLETS = 8
_UNNAMED = "unknown outlet"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A month, a quarter or a year.

    Attributes:
        year: of it.
        first: its first month, from 1.
        months: how many it has: 1, 3 or 12.
    """

    year: int
    first: int
    months: int

    @classmethod
    def of(cls, day: date, months: int) -> Period:
        """The period that a day is in."""
        return cls(day.year, (day.month - 1) // months * months + 1, months)

    @property
    def next(self) -> Period:
        """The one after it."""
        at = self.first - 1 + self.months
        return Period(self.year + at // 12, at % 12 + 1, self.months)

    def __str__(self) -> str:
        """'March 2024', 'January to March 2024', '2024'."""
        if self.months == 12:
            return str(self.year)
        last = date(self.year, self.first + self.months - 1, 1)
        begin = f"{date(self.year, self.first, 1):%B} to " if self.months > 1 else ""
        return f"{begin}{last:%B} {self.year}"


def plot_html(held: Holdings) -> str:
    """The columns; '' where no article has a day."""
    days = [one.published for one in held.headings if one.published]
    if not days:
        return ""
    periods = periods_of(min(days), max(days))
    earlier = sum(Period.of(day, periods[0].months) < periods[0] for day in days)
    rows = _rows(held, periods)
    head = "".join(
        f'<th><span class="dl-unseen">{period}</span>{_year(period, at, periods)}</th>'
        for at, period in enumerate(periods)
    )
    body = "".join(_row(name, counted, periods) for name, counted in rows)
    cut = ""
    if earlier:
        cut = f" · {count(earlier, 'article')} from before {periods[0]} not shown"
    undated = len(held.headings) - len(days)
    if undated:
        cut += f" · {undated:,} undated not shown"
    each = {1: "month", 3: "quarter", 12: "year"}[periods[0].months]
    return (
        f"<h3>By outlet and {each}</h3>"
        '<div class="dl-scroll"><table class="dl-columns"><thead><tr><th>'
        f'<span class="dl-unseen">Outlet</span></th>{head}<th>all</th></tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
        f'<p class="dl-soft">{periods[0]} to {periods[-1]}{cut}</p>'
    )


def periods_of(first: date, last: date) -> list[Period]:
    """Every period from the first day to the last, oldest first.

    Months where they are few enough, else quarters, else years, of which the last are shown.
    """
    periods: list[Period] = []
    for months in (1, 3, 12):
        period, end = Period.of(first, months), Period.of(last, months)
        periods = [period]
        while period < end:
            period = period.next
            periods.append(period)
        if len(periods) <= MOST_PERIODS:
            break
    return periods[-MOST_PERIODS:]


def _rows(held: Holdings, periods: Sequence[Period]) -> list[tuple[str, Counter[Period]]]:
    """All articles, then the outlets with the most, then the rest together."""
    months = periods[0].months
    outlets = held.outlets
    shown = list(islice(outlets, MOST_OUTLETS))
    everything: Counter[Period] = Counter()
    by_outlet: dict[str, Counter[Period]] = {name: Counter() for name in shown}
    rest: Counter[Period] = Counter()
    unnamed: Counter[Period] = Counter()
    for one in held.headings:
        period = _period(one, months)
        if period is None:
            continue
        everything[period] += 1
        if one.outlet is None:
            unnamed[period] += 1
        else:
            by_outlet.get(one.outlet, rest)[period] += 1
    rows = [("All articles", everything), *by_outlet.items()]
    others = len(outlets) - len(shown)
    if others:
        rows.append((count(others, "other outlet"), rest))
    if unnamed:
        rows.append((_UNNAMED, unnamed))
    return rows if len(rows) > 2 else rows[:1]


def _period(heading: Heading, months: int) -> Period | None:
    return Period.of(heading.published, months) if heading.published else None


def _row(name: str, counted: Counter[Period], periods: Sequence[Period]) -> str:
    top = max(counted.values(), default=1)
    cells = "".join(_cell(counted[period], top, period) for period in periods)
    shown = sum(counted[period] for period in periods)
    return (
        f'<tr><th dir="auto">{plain(shortened(name, 40))}</th>{cells}<td><b>{shown:,}</b></td></tr>'
    )


def _cell(many: int, top: int, period: Period) -> str:
    if not many:
        return '<td><span class="dl-unseen">0</span></td>'
    return (
        f'<td title="{period}: {count(many, "article")}">'
        f'<span class="dl-column" style="height:{many / top:.0%}"></span>'
        f'<span class="dl-unseen">{many:,}</span></td>'
    )


def _year(period: Period, at: int, periods: Sequence[Period]) -> str:
    """The year, where it begins, unless the next begins so near that the two would collide."""
    if at and periods[at - 1].year == period.year:
        return ""
    if period.months == 12:
        return f"<small>{period.year}</small>" if at % 4 == 0 else ""
    nearby = periods[at + 1 : at + 4]
    collides = at == 0 and any(one.year != period.year for one in nearby)
    return "" if collides else f"<small>{period.year}</small>"
