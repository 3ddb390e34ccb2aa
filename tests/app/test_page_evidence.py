from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Passage
from page.conversation.evidence import Card, cards, marked, panel_html
from page.conversation.message import answer_html, messages, question_html
from page.conversation.turn import Turn, asked, with_last
from page.drawing.places import Place
from rag.answer import RefusalKind
from rag.checking.citation import Citation
from rag.events import AnswerFinished, HitsFound
from tests.app.newsrooms import TRUCE, answered, article, cite, hits, refused

ANSWER = answered("What happened?")
DONE = Turn(1, "What happened?").after(AnswerFinished(ANSWER))
ATTACKS = (
    "<script>document.title='run'</script>",
    '"><img src=x onerror="document.title=\'run\'">',
    "'><svg/onload=alert(1)>",
    "\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1))",
    "</article></div><iframe srcdoc='<script>alert(1)</script>'>",
)


OWN_TAGS = {
    *("div", "article", "details", "summary", "blockquote", "cite", "p", "span", "a", "mark", "q"),
    *("h2", "h3", "h4", "time", "ul", "ol", "li", "strong", "em", "b", "br", "small", "kbd"),
    *("section", "table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd"),
}
OWN_ATTRIBUTES = {"class", "id", "href", "title", "tabindex", "dir", "datetime", "role", "style"}


class Markup(HTMLParser):
    """The tags, attributes and links that a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "?" for name, value in attrs if name in ("href", "src")]


def words_marked(rendered: str) -> str:
    return html.unescape("".join(re.findall(r"<mark[^>]*>(.*?)</mark>", rendered)))


def words(rendered: str) -> str:
    """All text but the numbers of the marks."""
    without_numbers = re.sub(r'<a class="dl-number".*?</a>', "", rendered)
    return html.unescape(re.sub(r"<[^>]+>", "", without_numbers))


@given(st.data())
def test_exactly_the_cited_characters_are_marked(data: st.DataObject) -> None:
    source = article("Truce", "The Gulf Record", date(2023, 12, 4), TRUCE)
    passage = Passage(f"{source.id}:0", source.id, 0, 0, len(TRUCE))
    bounds = st.tuples(st.integers(0, len(TRUCE)), st.integers(0, len(TRUCE)))
    spans = data.draw(st.lists(bounds.map(sorted).filter(lambda b: b[0] < b[1]), max_size=4))
    citations = tuple(Citation(n, source, passage, a, b) for n, (a, b) in enumerate(spans, 1))
    rendered = marked(Card(passage, source, 1, citations), turn=1)
    cited = {at for a, b in spans for at in range(a, b)}
    assert words(rendered) == TRUCE
    assert words_marked(rendered) == "".join(TRUCE[at] for at in sorted(cited))
    for citation in citations:
        assert rendered.count(f'id="e1-{citation.marker}"') == 1
        assert rendered.count(f">{citation.marker}</a>") == 1


def test_every_marker_in_the_conversation_leads_to_its_words_in_the_article() -> None:
    conversation = (DONE, replace(DONE, number=2))
    chat = "".join(message["content"] for message in messages(conversation))
    places = {
        Place.read(link) for link in re.findall(r'class="dl-marker"[^>]*href="#([^"]+)"', chat)
    }
    assert places == {Place.of(citation) for citation in ANSWER.citations}
    ids = re.findall(r'id="([^"]+)"', panel_html(conversation) + chat)
    assert len(ids) == len(set(ids))


def test_every_number_on_the_panel_leads_back_to_the_answer() -> None:
    backs = set(re.findall(r'class="dl-number" href="#([^"]+)"', panel_html((DONE,))))
    assert backs == {"a1-1", "a1-2", "a1-3"}
    assert backs <= set(re.findall(r'id="([^"]+)"', answer_html(DONE)))


def test_cited_cards_come_first_in_the_order_of_their_markers() -> None:
    cited, also = cards(ANSWER.hits, ANSWER.citations)
    assert [card.citations[0].marker for card in cited] == [1, 2]
    assert [card.rank for card in cited] == [2, 1]
    assert [card.rank for card in also] == [3]
    assert "Also read" in panel_html((DONE,))


def test_before_any_citation_the_hits_stand_open_in_their_order() -> None:
    rendered = panel_html((Turn(1, "What?").after(HitsFound(ANSWER.hits)),))
    assert "Also read" not in rendered
    assert [int(rank) for rank in re.findall(r"rank (\d)", rendered)] == [1, 2, 3]


def test_a_citation_outside_the_hits_still_has_a_card() -> None:
    outside = article("Elsewhere", "Wire Service", None, "Something else was said that day.")
    citation = cite(hits([outside])[0], "Something else", 1)
    cited, also = cards(ANSWER.hits, [citation])
    assert [(card.article.title, card.rank) for card in cited] == [("Elsewhere", None)]
    assert len(also) == len(ANSWER.hits)


def test_words_cited_past_the_passage_are_shown_whole() -> None:
    source = article("Truce", "The Gulf Record", date(2023, 12, 4), TRUCE)
    passage = Passage(f"{source.id}:0", source.id, 0, 0, 20)
    rendered = marked(Card(passage, source, 1, (Citation(1, source, passage, 5, 60),)), turn=1)
    assert words_marked(rendered) == TRUCE[5:60]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_others_wrote_becomes_markup(attack: str) -> None:
    text = f"{attack} It was said in Doha. {attack}"
    hostile = article(attack, attack, date(2024, 3, 26), text)
    hit = hits([hostile])[0]
    sentence = replace(
        ANSWER.sentences[0], text=attack, speaker=attack, citations=(cite(hit, attack, 1),)
    )
    answer = replace(
        ANSWER,
        short=attack,
        sentences=(sentence, replace(sentence, verdict="quote")),
        citations=sentence.citations,
        hits=(hit,),
    )
    refusal = refused(attack)
    assert refusal.refusal is not None
    refusal = replace(refusal, refusal=replace(refusal.refusal, message=attack), hits=(hit,))
    conversation = (
        Turn(1, attack, attack).after(AnswerFinished(answer)),
        Turn(2, attack).after(AnswerFinished(refusal)),
        Turn(3, attack).failed(attack),
    )
    page = panel_html(conversation) + "".join(m["content"] for m in messages(conversation))
    found = Markup()
    found.feed(page)
    assert found.tags <= OWN_TAGS
    assert found.attributes <= OWN_ATTRIBUTES
    assert {link[0] for link in found.links} == {"#"}
    assert "\n" not in page


def test_a_verdict_is_told_by_sign_and_word() -> None:
    shown = answer_html(DONE)
    assert "✓ supported" in shown
    assert "❝ quoted" in shown
    assert "◐ partly supported" in shown
    assert "“Lines of communication remain open between all parties,”" in html.unescape(shown)


def test_a_marker_names_its_source_with_its_age_and_its_words() -> None:
    seen = replace(DONE, as_of="2024-04-05")
    first = answer_html(seen).split('class="dl-ref"')[1].split("</span></span>")[0]
    told = words(first)
    for part in (
        "[1] Wire Service, 26 March 2024",
        "10 days old",
        "No team has left the Doha talks",
        "No team has pulled out of the negotiations",
    ):
        assert part in told, part


def test_a_short_answer_that_is_itself_a_sentence_is_said_once() -> None:
    assert ANSWER.sentences[0].text.endswith(".")
    same = replace(ANSWER, short=ANSWER.sentences[0].text.rstrip("."))
    shown = answer_html(Turn(1, "What happened?").after(AnswerFinished(same)))
    assert shown.count(ANSWER.sentences[0].text) == 1
    assert shown.count("dl-short") == 1


def test_the_short_answer_stands_above_the_sentences() -> None:
    shown = answer_html(DONE)
    assert shown.index("dl-short") < shown.index("dl-sentence")


@pytest.mark.parametrize(
    "kind", ["no_evidence", "off_corpus", "outside_dates", "conflicting", "unsafe_input"]
)
def test_a_refusal_says_why_what_is_missing_and_what_is_nearest(kind: RefusalKind) -> None:
    answer = refused("Who won?")
    assert answer.refusal is not None
    near = answer.refusal.nearest
    answer = replace(answer, refusal=replace(answer.refusal, kind=kind))
    turn = Turn(1, "Who won?").after(AnswerFinished(answer))
    shown = html.unescape(answer_html(turn))
    assert answer.refusal is not None
    assert answer.refusal.message in shown
    assert "What is missing" in shown
    assert near
    for one in near:
        assert one.article.title in shown
        assert " ".join(one.quote.split())[:60] in shown
    assert [Place.read(link) for link in re.findall(r'href="#([^"]+)"', shown)] == [
        Place.of(one) for one in near
    ]
    assert all(word in shown for word in answer.refusal.missing)


def test_an_empty_and_a_huge_question_have_a_bubble() -> None:
    assert "(no question)" in question_html(Turn(1, "  "))
    assert len(question_html(Turn(1, "word " * 200_000))) < 1_000


def test_trouble_is_told_in_the_words_of_the_error() -> None:
    conversation = asked((), "What?")
    failed = with_last(conversation, conversation[0].failed("A date is wrong (soon).\n  Next: x"))
    assert "A date is wrong (soon).<br> Next: x" in answer_html(failed[0])
