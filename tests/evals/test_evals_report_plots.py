"""The pieces of a plot, held against numbers worked out by hand."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from evals.curves import reliability, risk_coverage
from evals.html.curve_plots import MOST_POINTS, at_coverages, reliability_plot, risk_plot, wilson
from evals.html.figures import amount, gain, gain_interval, p_value, percent, signed, value
from evals.html.plots import Bar as KindBar
from evals.html.plots import Gap, forest_plot, kind_bars, whisker
from evals.html.svg import Drawing, Scale, ticks
from evals.html.text import shortened, webpage
from evals.html.time_plots import MOST_BARS, stage_plot, time_plot
from evals.stages import Stage
from evals.statistics import NOTHING, Estimate


def of_class(drawing: str, css: str) -> list[dict[str, str]]:
    return [
        dict(element.attrib)
        for element in ET.fromstring(drawing).iter()
        if element.get("class") == css
    ]


@pytest.mark.parametrize(
    ("low", "high", "wanted", "expected"),
    [
        (0.0, 1.0, 5, [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (0.0, 7.2, 4, [0.0, 2.0, 4.0, 6.0]),
        (-3.1, 3.1, 5, [-2.0, 0.0, 2.0]),
        (0.0, 0.004, 4, [0.0, 0.001, 0.002, 0.003, 0.004]),
        (0.0, 420.0, 5, [0.0, 100.0, 200.0, 300.0, 400.0]),
    ],
)
def test_ticks_are_round(low: float, high: float, wanted: int, expected: list[float]) -> None:
    assert ticks(low, high, wanted) == expected


def test_a_scale_keeps_to_its_ends() -> None:
    scale = Scale(0.0, 2.0, 10.0, 110.0)

    assert [scale(at) for at in (-1.0, 0.0, 0.5, 2.0, 9.0)] == [10.0, 10.0, 35.0, 110.0, 110.0]


def test_wilsons_interval_is_the_one_in_the_textbooks() -> None:
    # z = 1.96: centre (p + z²/2n)/(1 + z²/n) and half width for 8 of 10 give 0.490 to 0.943.
    assert wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert wilson(0, 1)[0] == 0.0


def test_the_risk_curve_goes_through_its_points() -> None:
    points = risk_coverage([0.9, 0.8, 0.7, 0.6], [True, False, True, True], asked=5)
    drawing = risk_plot(points, 5, "k")
    (curve,) = of_class(drawing, "curve")
    places = [tuple(map(float, at.split())) for at in curve["d"][1:].split("L")]

    # Coverage 1/5 … 4/5 over 304 units from 44; risk 0, 1/2, 1/3, 1/4 of a scale that ends at 1.
    assert [x for x, _ in places] == pytest.approx(
        [44 + 304 * c / 5 for c in (1, 2, 3, 4)], abs=0.1
    )
    assert [y for _, y in places] == pytest.approx(
        [206 - 178 * r for r in (0, 1 / 2, 1 / 3, 1 / 4)], abs=0.1
    )
    assert "as run: 25\u00a0% wrong" in drawing
    assert [point.risk for _, point in at_coverages(points)] == pytest.approx(
        [0, 1 / 2, 1 / 3, 1 / 4]
    )


def test_a_long_curve_is_thinned_but_keeps_its_ends() -> None:
    n = 5000
    points = risk_coverage([1 - at / n for at in range(n)], [at % 7 > 0 for at in range(n)])
    drawn = of_class(risk_plot(points, n, "k"), "point")

    assert len(drawn) == MOST_POINTS
    assert drawn[-1]["cx"] == "348"


def test_each_bar_of_the_reliability_plot_tells_its_n() -> None:
    bars = reliability([0.05, 0.55, 0.56, 0.57, 0.95], [False, True, True, False, True])
    drawing = reliability_plot(bars, 0.1, "k")
    heights = [float(bar["height"]) for bar in of_class(drawing, "bar")]

    # No bar where nothing is right, 2/3 and all of 170 units.
    assert heights == pytest.approx([170 * 2 / 3, 170], abs=0.1)
    counts = [t.text for t in ET.fromstring(drawing).iter("text") if t.get("y") == "38"]
    assert counts == ["n", "1", "3", "1"]
    assert "(mean 0.56): 67\u00a0% right [21\u00a0% to 94\u00a0%], n 3" in drawing


def test_stages_stand_end_to_end() -> None:
    stages = [Stage("read", 1.0, 1.5, 9), Stage("decode", 3.0, 4.0, 8)]
    bars = of_class(stage_plot(stages, "k"), "bar")

    assert [(float(b["x"]), float(b["width"])) for b in bars] == [(76, 56), (132, 168)]


def test_the_histogram_holds_every_answer_once() -> None:
    seconds = [0.1 * at for at in range(1, 101)]
    drawing = time_plot(seconds, "k")
    counts = [int(n) for n in re.findall(r"<title>[^<]* s: (\d+)</title>", drawing)]

    assert sum(counts) == 100
    assert len(counts) <= MOST_BARS
    assert "median 5.05 s" in drawing
    assert "95th percentile 9.50 s" in drawing
    assert time_plot([0.0], "k")


def test_a_forest_plot_fills_only_what_leaves_out_zero() -> None:
    gaps = [
        Gap("sure", Estimate(0.10, 0.05, 0.15, 40)),
        Gap("unsure", Estimate(-0.02, -0.08, 0.04, 40)),
        Gap("nothing", NOTHING),
    ]
    drawing = forest_plot(gaps, "new", "old", "k")
    (sure,) = of_class(drawing, "mark")
    (unsure,) = of_class(drawing, "mark open")

    zero = (132 + 318) / 2
    assert float(unsure["x"]) + 4 < zero < float(sure["x"]) + 4
    assert float(sure["x"]) + 4 == pytest.approx(zero + 93 * 0.10 / (0.15 * 1.05), abs=0.1)
    assert "sure: +10.0 points [+5.0 to +15.0], n 40" in drawing
    assert "nothing" not in drawing


def test_hostile_names_stay_text() -> None:
    hostile = "</text><script>alert(1)</script>"
    bars = [KindBar(hostile, Estimate(0.5, 0.2, 0.8, 3))]

    for drawing in (
        kind_bars(bars, "k", "right"),
        forest_plot([Gap(hostile, Estimate(0.1, 0.0, 0.2, 3))], hostile, hostile, "k"),
        stage_plot([Stage(hostile, 1.0, 1.0, 1)], "k"),
    ):
        assert "<script" not in drawing
        assert not list(ET.fromstring(drawing).iter("script"))


def test_a_whisker_of_nothing_is_nothing() -> None:
    assert whisker(NOTHING) == ""
    assert 'cx="50.0"' in whisker(Estimate(0.5, 0.25, 0.75, 8))


def test_a_drawing_ends_its_tips() -> None:
    drawing = Drawing("k", "A title", "What it shows", 10)
    with drawing.tip("inside"):
        drawing.box(1, 1, 0, 5, "bar")
        drawing.dot((1, 1), 2, "point")
    drawing.line((0, 0), (1, 1), "grid")
    root = ET.fromstring(drawing.markup())

    assert [child.tag for child in root] == ["title", "desc", "g", "line"]
    assert [child.tag for child in root[2]] == ["title", "circle"]


@pytest.mark.parametrize(
    ("number", "said"),
    [(0.0, "0.00"), (0.0123, "0.012"), (4.534, "4.53"), (45.34, "45.3"), (1204.4, "1,204"),
     (-2.5, "−2.50")],
)  # fmt: skip
def test_amounts_have_three_figures(number: float, said: str) -> None:
    assert amount(number) == said


def test_numbers_in_words() -> None:
    share = Estimate(-0.031, -0.08, 0.02, 9)

    assert value(Estimate(0.5, 0.4, 0.6, 9), "share") == "50.0\u00a0%"
    assert value(NOTHING, "share") == "–"
    assert gain(share, "share") == "−3.1\u00a0points"
    assert gain_interval(share, "share") == "−8.0 to +2.0"
    assert signed(0.0, "seconds") == "+0.00"
    assert percent(1.0) == "100\u00a0%"
    assert [p_value(p) for p in (0.0004, 0.031, 1.0)] == ["< 0.001", "0.031", "1.000"]


def test_only_web_addresses_may_be_followed() -> None:
    assert webpage("https://a.example/b") == "https://a.example/b"
    assert [webpage(url) for url in ("javascript:alert(1)", "data:text/html,x", "", None)] == [
        None
    ] * 4


def test_long_text_is_cut_with_a_mark() -> None:
    assert shortened("one  two\nthree", 20) == "one two three"
    assert shortened("one two three", 9) == "one two…"
