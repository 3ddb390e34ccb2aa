"""Checking a draft: what is supported, what differs in what, where the library is silent."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest

from corpus.errors import BadDate, MissingPath
from corpus.passages import header
from rag.checking.verify import Verification
from rag.drafts.checking import check_draft
from rag.drafts.report import DraftReport
from rag.drafts.verdict import VERDICTS, DraftSentence
from rag.newsroom import Newsroom
from tests.rag.desks import BRIDGE, FILES, make_newsroom

DRAFT = """# The harbour and the bridge

Mayor Ellen Reyes said that the work would cost 12.5 million pounds. The Belmont bridge will stay
closed until *October*, the county said. Engineers found 41 cracked beams in April. Who will pay?

A whale swam up the river on Sunday.
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    with make_newsroom(tmp_path_factory.mktemp("desk")) as newsroom:
        yield newsroom


@pytest.fixture(scope="module")
def report(desk: Newsroom) -> DraftReport:
    return check_draft(desk, DRAFT, form="markdown")


def sentence(report: DraftReport, beginning: str) -> DraftSentence:
    return next(one for one in report.sentences if one.text.startswith(beginning))


def test_each_sentence_has_one_verdict(report: DraftReport) -> None:
    assert [(one.verdict, one.why) for one in report.sentences] == [
        ("not a claim", "a heading"),
        ("supported", ""),
        ("supported", ""),
        ("contradicted", ""),
        ("not a claim", "a question"),
        ("silent", ""),
    ]
    assert report.differs
    assert sum(report.counts.values()) == len(report.sentences)
    assert list(report.counts) == list(VERDICTS)


def test_a_figure_that_differs_is_named_with_both_values(report: DraftReport) -> None:
    wrong = sentence(report, "Engineers")
    [difference] = wrong.differences
    assert (difference.kind, difference.said) == ("figure", "41 cracked beams")
    assert difference.found == "14 cracked beams"
    assert difference.citation in wrong.contradicting
    assert difference.citation.article.outlet == "Belmont Herald"
    assert str(difference).startswith("figure: the draft has “41 cracked beams”, [")


def test_only_the_claim_that_holds_a_difference_is_contradicted(desk: Newsroom) -> None:
    right = "The county said that the Belmont bridge will stay closed until October"
    wrong = "engineers found 41 cracked beams in April."
    [one] = check_draft(desk, f"{right}, and {wrong}").sentences
    assert [(claim.text, claim.verdict) for claim in one.claims] == [
        (right, "supported"),
        (wrong, "contradicted"),
    ]


def test_what_the_library_does_not_know_is_silent_and_has_no_citation(report: DraftReport) -> None:
    whale = sentence(report, "A whale")
    assert whale.verdict == "silent"
    assert whale.silent == (whale.text,)
    assert (whale.supporting, whale.contradicting, whale.differences) == ((), (), ())


def test_offsets_count_in_what_the_person_wrote(report: DraftReport) -> None:
    bridge = sentence(report, "The Belmont")
    assert (
        DRAFT[bridge.start : bridge.end]
        == "The Belmont bridge will stay\nclosed until *October*, the county said."
    )


def test_every_citation_is_verbatim_and_numbered_once(desk: Newsroom, report: DraftReport) -> None:
    assert [one.marker for one in report.citations] == [*range(1, len(report.citations) + 1)]
    for citation in report.citations:
        article = desk.library.article(citation.article.id)
        assert article.text[citation.start : citation.end] == citation.quote
    used = {
        span.marker for one in report.sentences for span in (*one.supporting, *one.contradicting)
    }
    assert used == {one.marker for one in report.citations}


@pytest.mark.parametrize(
    ("claim", "kind", "found"),
    [
        (
            "The county said on Tuesday that the bridge at Belmont will stay closed.",
            "date",
            "Monday",
        ),
        (
            "Nobody was hurt, the engineer, Tomas Brandt, told the Herald.",
            "speaker",
            "Tomas Okafor",
        ),
        ("Repairs to the Belmont bridge have begun.", "denial", "have not\nbegun"),
        ("Forty-six traders signed a letter that asks for the covered market.", "figure", "Forty"),
    ],
)
def test_each_kind_of_difference_is_told(desk: Newsroom, claim: str, kind: str, found: str) -> None:
    [checked] = check_draft(desk, claim).sentences
    assert checked.verdict == "contradicted"
    told = [one for one in checked.differences if one.kind == kind]
    assert told
    assert any(" ".join(found.split()) in " ".join(one.found.split()) for one in told)


@pytest.mark.parametrize(
    "claim",
    [
        "Engineers found more than a dozen broken windows in the town hall in May.",
        "The Belmont swimming pool will stay shut until August, the county said.",
        "Traders in Dover signed a petition against 9 new taxes.",
        "Reyes was born in 1961.",
    ],
)
def test_another_matter_is_never_called_wrong(desk: Newsroom, claim: str) -> None:
    [checked] = check_draft(desk, claim).sentences
    assert checked.verdict in ("silent", "partly")
    assert not checked.contradicting


def test_of_what_is_carried_in_part_the_words_that_are_not_found_are_named(desk: Newsroom) -> None:
    text = "Engineers found 14 cracked beams and rusty bolts in April, inspectors wrote."
    found = check_draft(desk, text)
    [checked] = found.sentences
    assert checked.verdict == "partly"
    assert {"rusty", "bolts"} <= set(checked.missing)
    assert "not found there: " in found.to_text()
    assert "Not found there: " in found.to_html()


def test_as_of_hides_what_came_later_and_what_has_no_date(desk: Newsroom) -> None:
    text = "Engineers found 41 cracked beams in April. Forty-six traders signed a letter."
    found = check_draft(desk, text, as_of="2024-05-01")
    assert [one.verdict for one in found.sentences] == ["silent", "silent"]
    assert found.as_of == "2024-05-01"
    assert "Articles up to 2024-05-01" in found.to_text()
    with pytest.raises(BadDate):
        check_draft(desk, text, as_of="May 2024")


def test_a_withdrawn_article_is_no_evidence(tmp_path: Path) -> None:
    files = {
        **FILES,
        "bridge.md": BRIDGE.replace("published:", "withdrawn: 2024-06-20\npublished:"),
    }
    with make_newsroom(tmp_path, files=files) as newsroom:
        found = check_draft(newsroom, "Engineers found 41 cracked beams in April.")
    assert found.sentences[0].verdict == "silent"


def test_a_path_is_read_as_the_file_that_it_names(desk: Newsroom, tmp_path: Path) -> None:
    (tmp_path / "draft.md").write_text(DRAFT, encoding="utf-8")
    assert check_draft(desk, tmp_path / "draft.md").draft.name == "draft.md"
    with pytest.raises(MissingPath):
        check_draft(desk, tmp_path / "gone.md")


class Says:
    """A checker that says the same of everything, and remembers what it was asked."""

    def __init__(self, verdict: str) -> None:
        self.verdict = verdict
        self.asked: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = []

    def check(
        self, sentence: str, spans: Sequence[str], context: Sequence[str] = ()
    ) -> Verification:
        self.asked.append((sentence, tuple(spans), tuple(context)))
        return Verification(self.verdict, 0.5, ())  # type: ignore[arg-type]


def test_any_checker_may_say_what_is_supported(desk: Newsroom) -> None:
    checker = Says("supported")
    found = check_draft(desk, "The whale was blue and large.", checker=checker)
    assert found.sentences[0].verdict == "supported"
    known = {header(article) for article in desk.library.articles()}
    assert checker.asked
    assert all(set(context) <= known for _, _, context in checker.asked)


def test_a_checker_cannot_pass_a_figure_that_differs(desk: Newsroom) -> None:
    text = "Engineers found 41 cracked beams in April."
    found = check_draft(desk, text, checker=Says("supported"))
    assert all("14" not in one.quote for one in found.sentences[0].supporting)


def test_the_report_in_words_tells_what_differs_first(report: DraftReport) -> None:
    text = report.to_text()
    assert text == str(report)
    assert text.startswith("pasted text: 6 sentences: 2 supported, 1 contradicted, 1 silent, 2 not")
    assert text.index("DIFFERS") < text.index("SILENT") < text.index("SUPPORTED")
    assert "Belmont Herald, 2024-06-18, “Bridge at Belmont stays closed”" in text


def test_the_report_as_json_holds_all_of_it(report: DraftReport) -> None:
    found = json.loads(json.dumps(report.to_dict()))
    assert found["differs"] is True
    assert found["counts"]["contradicted"] == 1
    assert [one["verdict"] for one in found["sentences"]] == [
        one.verdict for one in report.sentences
    ]
    wrong = next(one for one in found["sentences"] if one["verdict"] == "contradicted")
    markers = {one["marker"]: one for one in found["citations"]}
    assert markers[wrong["contradicting"][0]]["article"]["outlet"] == "Belmont Herald"
    assert found["text"][wrong["start"] : wrong["end"]] == wrong["text"]


class Page(HTMLParser):
    """What a page loads, the ids that it has, and where its links go."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        self.loads += [str(given[name]) for name in ("src", "srcset", "data") if name in given]
        self.loads += [str(given["href"])] if tag == "link" else []
        self.ids += [str(given["id"])] if "id" in given else []
        self.links += [str(given["href"])] if tag == "a" else []


def test_the_page_needs_nothing_else_and_its_links_lead_somewhere(report: DraftReport) -> None:
    text = report.to_html()
    page = Page(text)
    assert "script" not in page.tags
    assert not page.loads
    assert not re.search(r"url\(|@import|\son\w+=", text)
    assert len(page.ids) == len(set(page.ids))
    inside = [link for link in page.links if link.startswith("#")]
    assert inside
    assert {link[1:] for link in inside} <= set(page.ids)
    assert "prefers-color-scheme: dark" in text


def test_each_verdict_on_the_page_is_told_without_colour(report: DraftReport) -> None:
    text = report.to_html()
    for sign in ("✓", "≠", "○"):
        assert sign in text
    assert "(the library says otherwise)" in text
    assert "<mark>41 cracked beams</mark>" in text


def test_nothing_of_a_draft_or_an_article_is_markup_on_the_page(tmp_path: Path) -> None:
    files = {
        "a.md": "---\ntitle: '<img src=x onerror=alert(1)>'\noutlet: '<b>Post</b>'\n---\n"
        "Fourteen beams were cracked, <script>alert(1)</script> the county said.\n"
    }
    draft = (
        'Fifteen beams were cracked, the county said. <script>alert(2)</script> was "here" & so.'
    )
    with make_newsroom(tmp_path, files=files) as newsroom:
        page = Page(check_draft(newsroom, draft).to_html())
    assert not {"script", "img"} & set(page.tags)
    assert not page.loads


@pytest.mark.parametrize(
    "scheme", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"]
)
def test_only_addresses_of_the_web_are_links(tmp_path: Path, scheme: str) -> None:
    article = BRIDGE.replace("published:", f"url: '{scheme}'\npublished:")
    with make_newsroom(tmp_path, files={"bridge.md": article}) as newsroom:
        page = Page(check_draft(newsroom, "Engineers found 41 cracked beams in April.").to_html())
    assert all(link.startswith(("#", "https://", "http://")) for link in page.links)


def test_a_headline_alone_carries_no_quote(tmp_path: Path) -> None:
    about = "---\ntitle: {}\noutlet: Northwire\ndate: 2025-05-06\n---\n{}\n"
    built = "The Alva Star was built in 1989 and was bought by Lanmark Lines in 2016."
    said = "The ferry Alva Star sank off Brenport."
    told = f"On Monday {said[:1].lower()}{said[1:]}"
    for name, words, carries in (("head", built, False), ("body", told, True)):
        files = {"one.md": about.format("Ferry sinks off Brenport, 14 dead", words)}
        with make_newsroom(tmp_path / name, files=files) as newsroom:
            (found,) = check_draft(newsroom, said).sentences
            assert (found.verdict == "supported") == carries
