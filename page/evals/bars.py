"""Shares, intervals and differences as lines of HTML.

The SVG plots of `evals.html` are for a file of their own: Gradio's sanitiser, which goes over all
that the page shows, takes the `viewBox` from them. Boxes whose places are percentages pass it, and
fit every window.
"""

from __future__ import annotations

from evals.html.figures import interval, percent, value
from evals.statistics import Estimate
from page.drawing.markup import plain


def share_bar(name: str, found: Estimate) -> str:
    """A row: the name, a bar from 0 to 100 % with its interval, the share and n in figures."""
    if found.value is None or found.low is None or found.high is None:
        return ""
    told = f"{name}: {value(found, 'share')}, 95 % interval {interval(found, 'share')}"
    return (
        f'<li title="{plain(told)}"><span class="dl-bar-name">{plain(name)}</span>'
        f'<span class="dl-track"><span class="dl-filled" style="width:{found.value:.1%}"></span>'
        f"{_line(found.low, found.high)}</span>"
        f'<span class="dl-bar-value">{plain(percent(found.value))}</span>'
        f'<span class="dl-bar-n">n {found.n:,}</span></li>'
    )


def whisker(found: Estimate) -> str:
    """A share as a dot on its interval, from 0 to 100 %, beside the same in figures."""
    if found.value is None or found.low is None or found.high is None:
        return ""
    return (
        f'<span class="dl-whisker">{_line(found.low, found.high)}'
        f'<span class="dl-dot" style="left:{found.value:.1%}"></span></span>'
    )


def gap_line(gap: Estimate, reach: float) -> str:
    """A difference of shares as a dot on its interval, with none in the middle.

    Args:
        reach: the difference at either end, above 0.
    """
    if gap.value is None or gap.low is None or gap.high is None:
        return ""
    left, at, right = (
        min(max(0.5 + end / reach / 2, 0.0), 1.0) for end in (gap.low, gap.value, gap.high)
    )
    sure = "" if gap.low <= 0 <= gap.high else " dl-sure"
    return (
        f'<span class="dl-whisker dl-gap{sure}">{_line(left, right)}'
        f'<span class="dl-dot" style="left:{at:.1%}"></span></span>'
    )


def _line(low: float, high: float) -> str:
    # Bootstrap noise may put a limit a hair beyond the end of the scale.
    start, end = max(0.0, low), min(1.0, high)
    width = max(0.0, end - start)
    return f'<span class="dl-interval" style="left:{start:.1%};width:{width:.1%}"></span>'
