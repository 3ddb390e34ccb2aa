"""The page of judges against people: the numbers of the reports, and nothing from outside."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from embeddings.embedders.hashing import HashEmbedder
from evals.html.figures import interval, value
from evals.support.claim import Claim, ClaimSet
from evals.support.judging import JUDGES
from evals.support.measure import measure
from evals.support.page import MEASURES, support_page
from evals.support.report import SupportReport

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def reports() -> list[SupportReport]:
    claims = []
    for at, month in enumerate(("January", "March", "May", "July")):
        document = f"The harbour of Velmora froze over in {month}. Nine boats were stuck."
        for true, said in ((True, month), (False, "December")):
            text = f"The harbour of Velmora froze over in {said}."
            kind = "month" if at else HOSTILE
            claims.append(Claim(f"{at}{true}", text, document, true, kind, pair=str(at)))
    held = ClaimSet("velmora:made", tuple(claims))
    return [measure(held, JUDGES[name](HashEmbedder(256))) for name in ("dateline", "word-overlap")]


def test_every_number_is_the_reports(reports: list[SupportReport]) -> None:
    page = support_page(reports)
    for report in reports:
        for name in MEASURES:
            found = report.whole.numbers[name]
            assert value(found, "share") in page
            assert interval(found, "share") in page
    assert "8 of 8 claims on 4 documents, 4 of them supported" in page


def test_it_is_hostile_proof_loads_nothing_and_is_the_same_each_time(
    reports: list[SupportReport],
) -> None:
    page = support_page(reports)
    assert HOSTILE not in page
    assert "&lt;script&gt;" in page
    assert not re.search(r"<(?:script|link|img|iframe)\b|\bsrc=|url\(", page)
    assert page == support_page(reports)


def test_the_plot_is_xml_and_tells_what_it_shows(reports: list[SupportReport]) -> None:
    page = support_page(reports)
    found = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(found) == 1
    words = " ".join(ElementTree.fromstring(found[0]).itertext())
    assert "supported, said people" in words
    assert "support score" in words


def test_each_set_has_a_section(reports: list[SupportReport]) -> None:
    other = SupportReport("other:set", "dateline", 8, reports[0].judged, {})
    page = support_page([*reports, other])
    assert re.findall(r'<h2 id="set-\d">([^<]+)</h2>', page) == ["velmora:made", "other:set"]
