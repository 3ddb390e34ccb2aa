"""The report as one HTML file: what it says, what it must not do, and that it stays the same."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from lxml import html as reader
from playwright.sync_api import Browser

from corpus.errors import QuestionTooLong
from evals.html import page as page_module
from evals.html.figures import interval, percent, value
from evals.html.page import command
from evals.report import Report
from evals.store import RunStore
from tests.evals.reports import FINGERPRINT, HOSTILE, answer_of, make_report


@pytest.fixture(scope="module")
def report() -> Report:
    return make_report()


@pytest.fixture(scope="module")
def written(report: Report) -> str:
    return report.to_html()


def text_of(written: str, query: str) -> list[str]:
    found = reader.fromstring(written).xpath(query)
    return [" ".join(" ".join(element.itertext()).split()) for element in found]


def test_every_metric_stands_in_the_table_with_its_estimate(report: Report, written: str) -> None:
    rows = {
        row.xpath("string(th/text())").strip(): [
            " ".join(cell.text_content().split()) for cell in row.xpath("td")
        ]
        for row in reader.fromstring(written).xpath("//tbody[@class='group']/tr[td]")
    }
    scored = 0
    for metric in report.metrics:
        found = report.estimate(metric.name)
        if found.n == 0:
            assert metric.name not in rows
            assert metric.name in text_of(written, "//p[starts-with(., 'Scored no sample')]")[0]
            continue
        scored += 1
        shown = rows[metric.name]
        assert shown[0] == value(found, metric.unit).replace("\u00a0", " ")
        assert shown[1] == interval(found, metric.unit)
        assert shown[3:5] == [str(found.n), str(len(report.records) - found.n)]
        assert shown[5].endswith(metric.better)
    assert scored == len(rows) > 20


def test_the_leading_figures_are_the_estimates(report: Report, written: str) -> None:
    found = report.estimate("answer_accuracy")
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    big = text_of(written, "//dd[@class='big']")

    assert big[0] == f"{found.value * 100:.1f} %"
    lede = text_of(written, "//p[@class='lede']")[0]
    assert f"by {found.value * 100:.0f} % of them" in lede
    assert f"by {found.low * 100:.0f} % to {found.high * 100:.0f} %" in lede
    assert "60 questions" in lede
    assert "59 could be asked" in lede


def test_what_is_hostile_is_shown_and_never_run(written: str) -> None:
    assert HOSTILE not in written
    assert html.escape(HOSTILE, quote=False) in written
    page = reader.fromstring(written)
    assert page.xpath("//script") == []
    assert not [a for e in page.iter() for a in getattr(e, "attrib", {}) if a.startswith("on")]
    assert not re.search(r"javascript:", written)


def test_nothing_is_loaded(written: str) -> None:
    page = reader.fromstring(written)

    assert page.xpath("//link | //img | //iframe | //object | //embed | //@src | //@srcset") == []
    assert not re.search(r"@import|url\((?!#)", written)
    policy = page.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"
    links = {link for link in page.xpath("//a/@href") if not link.startswith("#")}
    assert links
    assert all(link.startswith("https://news.example/") for link in links)


def test_the_same_run_gives_the_same_bytes(report: Report, written: str) -> None:
    assert make_report().to_html() == written == report.to_html()


def test_a_run_out_of_a_store_gives_the_same_bytes(
    report: Report, written: str, tmp_path: Path
) -> None:
    with RunStore.open(tmp_path / "runs.sqlite") as store:
        info = store.begin(
            kind="answers",
            suite=report.suite,
            system=report.system,
            items=len(report.records),
            fingerprint=report.fingerprint,
        )
        for record in report.records:
            store.keep(info.id, record.sample.id, record.to_bytes())
        store.finish(info.id)
    with RunStore.open(tmp_path / "runs.sqlite") as store:
        assert store.report(info.id).to_html() == written


def test_every_plot_is_xml_with_a_name_and_a_description(written: str) -> None:
    drawn = re.findall(r'<svg class="plot".*?</svg>', written, re.S)
    ids = [found for plot in drawn for found in re.findall(r'\bid="([^"]+)"', plot)]

    assert len(drawn) == 6
    assert len(ids) == len(set(ids))
    for plot in drawn:
        root = ET.fromstring(plot)
        named = (root.get("aria-labelledby") or "").split()
        words = [root.findtext(tag) for tag in ("title", "desc")]
        assert [element.get("id") for element in root[:2]] == named
        assert all(words)
        for left, right in re.findall(r"\burl\((#)([^)]+)\)", plot):
            assert (left, right in ids) == ("#", True)


def test_the_bars_are_as_long_as_the_estimates(report: Report, written: str) -> None:
    plot = next(p for p in re.findall(r"<svg.*?</svg>", written, re.S) if "answer_accuracy-t" in p)
    bars = [float(rect.get("width", "")) for rect in ET.fromstring(plot).iter("rect")]
    found = [report.estimate("answer_accuracy", kind) for kind in report.kinds]

    assert bars == pytest.approx([168 * (one.value or 0) for one in found], abs=0.06)
    for kind, one in zip(report.kinds, found, strict=True):
        label = kind.replace("_", " ")
        assert f"<title>{label}: {value(one, 'share')} [" in plot


def test_wrong_answers_come_worst_first(report: Report, written: str) -> None:
    cards = text_of(written, "//details[@class='card']/summary/span[@class='meta']")
    sure = [float(card.rsplit(" ", 1)[1]) for card in cards if card.startswith("answered")]
    quiet = [card.startswith("refused") for card in cards]

    assert len(cards) == len(report.wrong) > 10
    assert sure == sorted(sure, reverse=True)
    assert quiet == sorted(quiet)
    assert any(quiet)
    assert report.wrong[0].sample.id == "towns-03"


def test_a_card_tells_question_expectation_answer_quote_and_verdict(written: str) -> None:
    card = text_of(written, "//details[@class='card'][1]")[0]

    assert f"Who said {HOSTILE} in Dunmore?" in card
    assert "Expected 103" in card
    assert "Got The council counted 303 homes. [1]" in card
    assert "partly 0.89 The council counted 303 homes." in card
    assert f"{HOSTILE} will take until spring [1] Dunmore counts its losses (3)" in card
    assert "An outlet , 2024-03-09" in card
    assert "no accepted answer stands in it" in card


def test_what_could_not_be_asked_is_listed_and_counted(written: str) -> None:
    rows = text_of(written, "//section[h2[@id='unasked']]//tbody/tr")

    assert rows == [
        "towns-17 How many homes were flooded in Hazel Green, report 17? The question is too long."
    ]
    assert "1 could not be asked" in text_of(written, "//header/p[last()]")[0]
    assert "812 MiB" in text_of(written, "//header/p[last()]")[0]


def test_the_fingerprint_and_the_command_stand_at_the_end(written: str) -> None:
    rows = text_of(written, "//table[@class='fingerprint']//tr")

    assert [row.split()[0] for row in rows] == sorted(FINGERPRINT)
    assert 'settings passages = 8 support = 0.5 words = "ten – twenty"' in rows
    assert text_of(written, "//section[h2[@id='repeat']]/pre") == [
        "dateline-eval run towns --system canned --limit 60"
    ]


def test_the_command_names_the_stress_and_is_safe_to_paste(report: Report) -> None:
    stressed = replace(report, suite="towns+typos", fingerprint={})
    odd = replace(report, suite="my towns; rm -rf x", fingerprint={"limit": "all"})

    assert command(stressed) == "dateline-eval run towns --system canned --stress typos"
    assert command(odd) == "dateline-eval run 'my towns; rm -rf x' --system canned"


def test_text_that_xml_and_utf8_cannot_hold_is_marked() -> None:
    odd = "zero\x00 bell\x07 half \ud800 pair"
    told = replace(answer_of(3), text=odd, short=None)  # type: ignore[type-var]
    written = make_report(name=odd, n=5, changed={3: told}).to_html()

    assert "zero\ufffd bell\ufffd half \ufffd pair" in written
    assert not re.search("[\x00-\x08\ud800-\udfff]", written)
    written.encode("utf-8")


def test_sections_without_numbers_are_left_out() -> None:
    nothing = make_report(n=2, changed={0: QuestionTooLong("no"), 1: QuestionTooLong("no")})
    bare = replace(nothing, metrics=(), fingerprint={}, records=nothing.records[:1])
    for report in (nothing, bare):
        sections = reader.fromstring(report.to_html()).xpath("//h2/@id")
        assert "confidence" not in sections
        assert "speed" not in sections
        assert {"metrics", "failures", "unasked", "repeat"} <= set(sections)
    assert "Nobody took this run" in bare.to_html()
    assert "did not measure answer_accuracy" in bare.to_html()


def test_answers_without_confidence_are_told_of() -> None:
    quiet = {at: replace(answer_of(at), answerability=None) for at in (5, 6)}  # type: ignore[type-var]
    written = make_report(n=12, changed=dict(quiet)).to_html()

    assert "In neither plot: " in written


def test_a_run_without_faults_says_so(report: Report) -> None:
    right = [record for record in report.records if record.value("answer_accuracy") == 1.0]
    written = replace(report, records=tuple(right)).to_html()

    assert text_of(written, "//section[h2[@id='failures']]/p") == ["None."]
    assert "0 answers are wrong" in text_of(written, "//p[@class='lede']")[0]


def test_more_wrong_answers_than_fit_are_named(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_module, "MOST_CARDS", 2)
    written = report.to_html()

    assert len(reader.fromstring(written).xpath("//details[@class='card']")) == 2
    rest = text_of(written, "//details[summary[contains(., 'more, by id')]]/p")[0]
    assert rest.split(", ") == [record.sample.id for record in report.wrong[2:]]


def test_percentages_have_a_true_minus() -> None:
    assert percent(-0.031, 1) == "−3.1\u00a0%"


def luminance(colour: str) -> float:
    """Relative luminance of '#rrggbb' or '#rgb': WCAG 2.2."""
    digits = colour.lstrip("#")
    digits = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_letters_and_marks_stand_out_as_wcag_aa_has_it(written: str) -> None:
    styles = re.findall(r":root \{(.*?)\}", written, re.S)
    schemes = [dict(re.findall(r"--(\w+): (#\w+);", block)) for block in styles]

    assert len(schemes) == 3
    for colours in schemes:
        for ground in (colours["paper"], colours["sheet"]):
            for letters in ("ink", "soft", "accent"):
                assert contrast(colours[letters], ground) >= 4.5
        for mark in ("data", "accent", "edge"):
            assert contrast(colours[mark], colours["paper"]) >= 3
        assert contrast(colours["ink"], colours["bar"]) >= 3
        assert contrast(colours["ink"], colours["band"]) >= 4.5


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 400, 1280])
def test_the_page_fits_its_window_loads_nothing_and_runs_nothing(
    browser: Browser, written: str, tmp_path: Path, width: int, scheme: str
) -> None:
    file = tmp_path / "report.html"
    file.write_text(written, encoding="utf-8")
    asked: list[str] = []
    said: list[str] = []
    dark = scheme == "dark"
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light"
    )
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(file.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    wide = page.evaluate("document.documentElement.scrollWidth")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    context.close()

    assert wide <= width
    assert asked == [file.as_uri()]
    assert said == []
    assert paper == ("rgb(22, 22, 20)" if dark else "rgb(251, 250, 247)")
