"""Who stands behind an answer: copies of one report are one source."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import cast

import pytest

from corpus.article import Article
from corpus.errors import NotInLibrary
from embeddings.intake.groups import ArticleGroup, grouped
from embeddings.library import Library
from embeddings.protocol import LibraryLike
from embeddings.store.window import DateWindow
from rag.answer import Answer
from rag.finding.sources import Sources, count_sources, listed, other_outlets
from rag.newsroom import Newsroom
from tests.rag.desks import HARBOUR_QUESTION, make_article, make_newsroom
from tests.rag.test_rag_render import ANSWER

WIRE = make_article("Wire.", outlet="Harbour Wire", published=date(2024, 3, 4))
COURIER = make_article("Courier.", outlet="Ashford Courier", published=date(2024, 3, 5))
HERALD = make_article("Herald.", outlet="Belmont Herald", published=date(2024, 3, 6))
GAZETTE = make_article("Gazette.", outlet="Carrick Gazette", published=date(2024, 3, 5))
NAMELESS = make_article("Nameless.", outlet=None, published=date(2024, 3, 5))


@dataclass
class Shelf:
    """A stand-in for a library that knows groups and nothing else."""

    groups: Sequence[Sequence[Article]]
    asked: list[str] = field(default_factory=list)

    def group(self, article_id: str) -> ArticleGroup:
        self.asked.append(article_id)
        for members in self.groups:
            if any(one.id == article_id for one in members):
                return grouped(members[-1].id, members)
        raise NotInLibrary("there is none")


def count(
    cited: Sequence[Article], *groups: Sequence[Article], window: DateWindow | None = None
) -> Sources:
    return count_sources(cast(LibraryLike, Shelf(groups)), cited, window)


def test_copies_of_a_cited_article_are_one_report_of_several_outlets() -> None:
    sources = count([COURIER], [HERALD, WIRE, COURIER])
    assert str(sources) == (
        "3 outlets, 1 report: Harbour Wire, also in Ashford Courier and Belmont Herald."
    )
    (report,) = sources.reports
    assert report.original == "Harbour Wire"
    assert report.articles == (WIRE, COURIER, HERALD)
    assert report.cited == (COURIER.id,)
    assert report.why.startswith("the earliest")
    assert sources.shared == (report,)
    assert sources.originals == ("Harbour Wire",)


def test_a_report_may_be_that_of_an_agency_which_the_library_does_not_hold() -> None:
    text = "ASHFORD (Reuters) - The council met."
    copies = [replace(one, text=text) for one in (COURIER, HERALD, GAZETTE)]
    assert str(count(copies[:1], copies)) == (
        "3 outlets, 1 report: Reuters, in Ashford Courier, Carrick Gazette and Belmont Herald."
    )
    alone = count(copies[:1], copies[:1])
    assert str(alone) == "1 outlet, 1 report: Reuters, in Ashford Courier."
    assert not alone.is_plain


def test_two_reports_of_one_agency_are_one_source() -> None:
    text = "ASHFORD (Reuters) - The council met."
    one, other = replace(COURIER, text=text), replace(HERALD, text=text)
    sources = count([one, other], [one], [other])
    assert str(sources).startswith("2 outlets, 2 reports from 1 source: ")
    assert sources.originals == ("Reuters",)


def test_an_agency_is_one_outlet_whatever_it_is_called() -> None:
    afp = replace(WIRE, outlet="Agence France-Presse")
    again = replace(COURIER, outlet="AFP")
    assert count([afp], [afp, again]).outlets == ("AFP",)
    assert str(count([afp], [afp])) == "1 outlet, 1 report."


def test_two_cited_copies_are_one_report() -> None:
    sources = count([HERALD, COURIER, HERALD], [WIRE, COURIER, HERALD])
    assert len(sources.reports) == 1
    assert sources.reports[0].cited == (HERALD.id, COURIER.id)


def test_different_reports_are_counted_apart() -> None:
    sources = count([HERALD, GAZETTE], [WIRE, HERALD], [GAZETTE])
    assert str(sources) == (
        "3 outlets, 2 independent reports: Harbour Wire, also in Belmont Herald."
    )
    assert sources.outlets == ("Harbour Wire", "Belmont Herald", "Carrick Gazette")


def test_copies_of_what_is_not_cited_are_not_counted() -> None:
    shelf = Shelf([[WIRE, HERALD], [GAZETTE]])
    sources = count_sources(cast(LibraryLike, shelf), [GAZETTE])
    assert shelf.asked == [GAZETTE.id]
    assert str(sources) == "1 outlet, 1 report."
    assert sources.is_plain


def test_two_articles_of_one_outlet_are_two_reports_of_one_outlet() -> None:
    second = replace(GAZETTE, id="b" * 16)
    sources = count([GAZETTE, second], [GAZETTE], [second])
    assert str(sources) == "1 outlet, 2 reports from 1 source."
    assert not sources.is_plain


def test_what_nobody_signed_is_no_outlet() -> None:
    assert str(count([NAMELESS], [NAMELESS])) == "no named outlet, 1 report."
    assert count([NAMELESS], [WIRE, NAMELESS]).outlets == ("Harbour Wire",)


def test_a_copy_that_came_after_the_readers_day_is_not_seen() -> None:
    group = [WIRE, COURIER, HERALD, replace(GAZETTE, published=None)]
    window = DateWindow(since=date(2024, 3, 5), until=date(2024, 3, 5))
    assert count([COURIER], group, window=window).outlets == ("Harbour Wire", "Ashford Courier")
    credits_it = replace(HERALD, text="ASHFORD (Reuters) - The council met.")
    late = count([COURIER], [credits_it, COURIER], window=DateWindow(until=date(2024, 3, 5)))
    assert late.originals == late.outlets == ("Ashford Courier",)
    assert count([COURIER], [credits_it, COURIER]).originals == ("Reuters",)


def test_a_withdrawn_copy_is_told_and_its_outlet_not_counted() -> None:
    back = replace(WIRE, withdrawn=date(2024, 3, 9))
    sources = count([COURIER], [back, COURIER, HERALD])
    assert "Harbour Wire" not in sources.outlets
    assert str(sources).endswith("Harbour Wire withdrew its article on 2024-03-09.")
    assert str(sources).startswith("2 outlets, 1 report: ")
    assert not sources.is_plain


def test_an_article_that_was_deleted_meanwhile_stands_alone() -> None:
    sources = count([COURIER])
    assert sources.reports[0].articles == (COURIER,)
    assert sources.is_plain


def test_no_citation_has_no_source() -> None:
    assert str(count([])) == "No source."
    assert count([]) == Sources()


def test_of_many_outlets_a_few_are_named() -> None:
    copies = [replace(COURIER, id=f"{n:016}", outlet=f"Outlet {n}") for n in range(30)]
    assert "also in" in str(count([WIRE], [WIRE, *copies]))
    assert str(count([WIRE], [WIRE, *copies])).endswith(" and 25 more.")
    assert listed(["A"]) == "A"
    assert listed(["A", "B"]) == "A and B"
    assert listed(["A", "B", "C"]) == "A, B and C"
    assert listed(list("ABCDEFG")) == "A, B, C, D, E and 2 more"
    assert listed([]) == ""


def test_the_other_outlets_of_a_hit() -> None:
    shelf = cast(LibraryLike, Shelf([[WIRE, COURIER]]))
    assert other_outlets(shelf, COURIER) == ("Harbour Wire",)
    assert other_outlets(shelf, WIRE) == ("Ashford Courier",)
    assert other_outlets(shelf, GAZETTE) == ()


@pytest.fixture
def counted() -> Answer:
    return replace(ANSWER, sources=count([COURIER], [WIRE, COURIER]))


def test_an_answer_says_what_its_sources_amount_to(counted: Answer) -> None:
    words = "2 outlets, 1 report: Harbour Wire, also in Ashford Courier."
    assert str(counted).splitlines()[-2:] == ["", words]
    assert f"\n\n{words}\n\n[^1]: " in counted.to_markdown()
    assert f"<p>{words}</p>" in counted._repr_html_()
    value = json.loads(json.dumps(counted.to_dict()))["sources"]
    assert value["counted"] == words
    assert value["outlets"] == ["Harbour Wire", "Ashford Courier"]
    (report,) = value["reports"]
    assert report["original"] == "Harbour Wire"
    assert report["why"].startswith("the earliest")
    assert (report["cited"], report["copies"]) == ([COURIER.id], [WIRE.id, COURIER.id])


def test_one_article_alone_is_not_worth_a_line() -> None:
    plain = replace(ANSWER, sources=count([COURIER], [COURIER]))
    assert str(plain) == str(ANSWER)
    assert plain.to_markdown() == ANSWER.to_markdown()
    assert plain._repr_html_() == ANSWER._repr_html_()


@pytest.mark.parametrize("style", ["short", "cited"])
def test_answers_and_hits_of_a_newsroom_know_the_copies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, style: str
) -> None:
    def group(library: Library, article_id: str) -> ArticleGroup:
        return grouped("a" * 16, [WIRE, library.article(article_id)])

    monkeypatch.setattr(Library, "group", group)
    with make_newsroom(
        tmp_path, ["The work would cost 12.5 million pounds [1]."], style=style
    ) as it:
        answer = it.ask(HARBOUR_QUESTION)
        assert answer.sources.outlets[:2] == ("Harbour Wire", "Ashford Courier")
        assert {hit.also_in for hit in answer.hits} == {("Harbour Wire",)}
        assert answer.sources.reports[0].cited == (answer.citations[0].article.id,)
        assert it.search(HARBOUR_QUESTION, 1)[0].also_in == ("Harbour Wire",)
        assert refused_counts_nothing(it)


def refused_counts_nothing(newsroom: Newsroom) -> bool:
    refused = newsroom.ask("Who won the 2022 World Cup?")
    return refused.status != "refused" or refused.sources == Sources()
