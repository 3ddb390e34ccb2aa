"""The promise on every road that an answer can take, and in what is shown beside its sentences.

`test_rag_promise.py` holds the draft of a plain question to it. Here the model also lies when it is
asked to write a sentence again; questions are corrected, computed, set side by side and refused;
events are watched as they come; and a conversation gives its own numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rag.answer import Answer
from rag.checking.citation import Citation
from rag.claims.facts import facts_of
from rag.events import AnswerFinished, CitationAdded, Event, HitsFound, SentenceVerified
from rag.newsroom import Newsroom
from tests.rag.desks import assert_nothing_invented, assert_promise, make_newsroom


def dated(day: str, outlet: str, title: str, text: str) -> str:
    published = f"published: {day}\n" if day else ""
    return f"---\ntitle: {title}\noutlet: {outlet}\n{published}---\n{text}\n"


FILES = {
    "one.md": dated(
        "2024-05-06", "Ashford Courier", "Fire at the Corrow mill kills 8",
        "The fire at the Corrow mill has killed 8 people, the Corrow fire service said on Monday. "
        "The flames broke out in the drying loft. Nobody knows yet who left the loft open, said "
        "the fire chief, Maud Tellin.",
    ),
    "two.md": dated(
        "2024-05-11", "Belmont Herald", "Fire service raises the toll of the mill fire",
        "The fire at the Corrow mill has killed 13 people, the Corrow fire service said on "
        'Saturday. "We have searched every floor", Maud Tellin told reporters. The mill did not '
        "have a fire bell.",
    ),
    "three.md": dated(
        "2024-05-11", "Carrick Gazette", "Union counts more victims",
        "The fire at the Corrow mill has killed 17 people, the spinners' union said on Saturday. "
        "Its secretary, Ivo Lanner, asked for an inquiry into the locked doors of the mill.",
    ),
    "four.md": dated(
        "", "Dorne Post", "The mill remembered",
        "The Corrow mill was built by two brothers. It spun wool for the navy, and [7] is what its "
        "sign still says.",
    ),
}  # fmt: skip
QUESTIONS = (
    "How many people has the fire at the Corrow mill killed?",
    "What is the latest number of people killed by the fire at the Corrow mill?",
    "How did the number of people killed by the fire at the Corrow mill change?",
    "Did the mill have a fire bell?",
    "Why did the fire at the Corrow mill kill 90 people?",
    "Who asked for an inquiry into the locked doors?",
    "What did Maud Tellin say and what did Ivo Lanner say?",
    "Summarise what is known about the fire at the Corrow mill.",
    "What happened before the fire service raised the toll?",
    "Who won the sailing cup in Port Ennis?",
)
FOLLOW_UPS = ("And by the union's count?", "Who said that?", "Why?", *QUESTIONS)
SENTENCES = (
    "The fire at the Corrow mill has killed 8 people, the Corrow fire service said on Monday.",
    "The fire at the Corrow mill has killed 13 people.",
    "The spinners' union said that the fire has killed 17 people.",
    "The fire at the Corrow mill has killed 90 people.",
    "Ivo Lanner said that they had searched every floor.",
    "The mill had a fire bell.",
    "Nobody was hurt.",
    "[1] [2] [9]", "[7]", "NO ANSWER", "Sources: [1] The Times", "<|im_end|>", "", "12 [3] 13 [1].",
)  # fmt: skip
DRAFTS = st.lists(
    st.one_of(
        st.sampled_from(SENTENCES),
        st.builds(
            "{} [{}]".format,
            st.sampled_from(SENTENCES),
            st.integers(0, 12),
        ),
        st.text(max_size=20),
    ),
    max_size=4,
).map(" ".join)
STYLES = st.sampled_from(("short", "cited"))


@dataclass
class Turncoat:
    """Newsrooms whose model says one thing, and then another each time that it is asked again."""

    newsrooms: dict[str, Newsroom] = field(default_factory=dict)
    says: list[str] = field(default_factory=list)

    def reply(self) -> str:
        return self.says.pop(0) if len(self.says) > 1 else self.says[0]


@pytest.fixture(scope="module")
def turncoat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Turncoat]:
    made = Turncoat()
    with ExitStack() as stack:
        for style in ("short", "cited"):
            folder = tmp_path_factory.mktemp(style)
            newsroom = make_newsroom(folder, lambda _: made.reply(), style=style, files=FILES)
            made.newsrooms[style] = stack.enter_context(newsroom)
        yield made


def assert_verbatim(citation: Citation, newsroom: Newsroom) -> None:
    stored = newsroom.library.article(citation.article.id)
    assert 0 <= citation.start < citation.end <= len(stored.text)
    assert citation.quote == stored.text[citation.start : citation.end]
    assert citation.quote.strip()


def span(citation: Citation) -> tuple[str, int, int]:
    return citation.article.id, citation.start, citation.end


def beside(answer: Answer) -> list[Citation]:
    """What the figures that stand beside the sentences are cited from."""
    rows = answer.timeline.rows if answer.timeline else ()
    figures = (*rows, *(one for each in answer.conflicts for one in each.figures))
    return [figure.citation for figure in figures]


def assert_beside(answer: Answer, newsroom: Newsroom) -> None:
    """What is shown beside the sentences stands on verbatim words too, and invents nothing."""
    quotes = " ".join(citation.quote for citation in answer.citations)
    if answer.refusal is not None:
        known = {hit.article.id for hit in answer.hits}
        for citation in answer.refusal.nearest:
            assert_verbatim(citation, newsroom)
            assert citation.article.id in known
        assert (answer.timeline, answer.correction, answer.working) == (None, None, None)
        assert facts_of(answer.refusal.message).figures <= facts_of(answer.question).figures
    if answer.working is not None and answer.short not in ("Yes", "No", "no change"):
        assert answer.timeline is not None or (answer.short or "?") in quotes
        told = answer.timeline.rows if answer.timeline else ()
        assert any(row.expression in answer.working or row.expression == answer.short
                   for row in told if row.expression in quotes)  # fmt: skip
    if answer.correction is not None:
        assert facts_of(answer.correction).figures <= facts_of(answer.question).figures
        assert answer.sentences
    cited = {span(citation) for citation in answer.citations}
    for conflict in answer.conflicts:
        assert len({figure.value for figure in conflict.figures}) > 1
        assert {span(figure.citation) for figure in conflict.figures} <= cited
    rows = answer.timeline.rows if answer.timeline else ()
    for figure in (*rows, *(one for each in answer.conflicts for one in each.figures)):
        assert_verbatim(figure.citation, newsroom)
        assert figure.expression in figure.citation.quote


def assert_events(events: list[Event], before: int = 0) -> Answer:
    """Evidence first; a sentence only once its citations are there; the answer is what was told."""
    *running, last = events
    assert isinstance(last, AnswerFinished)
    answer = last.answer
    added: list[Citation] = []
    told = []
    for place, event in enumerate(running):
        assert not isinstance(event, AnswerFinished)
        assert isinstance(event, HitsFound) == (place == 0)
        if isinstance(event, CitationAdded):
            added.append(event.citation)
        if isinstance(event, SentenceVerified):
            assert set(event.sentence.citations) <= set(added)
            told.append(event.sentence)
    assert [one for one in told if one.verdict != "unsupported"] == list(answer.sentences)
    assert sorted(added, key=lambda one: one.marker) == list(answer.citations)
    assert before or [one.marker for one in added] == list(range(1, len(added) + 1))
    return answer


@settings(max_examples=60, deadline=None)
@given(style=STYLES, question=st.sampled_from(QUESTIONS), draft=DRAFTS, again=DRAFTS)
@example(style="cited", question=QUESTIONS[0], draft=SENTENCES[3], again=SENTENCES[0])
@example(style="cited", question=QUESTIONS[0], draft=SENTENCES[3], again=SENTENCES[3])
@example(style="cited", question=QUESTIONS[7], draft=" ".join(SENTENCES[:7]), again=SENTENCES[5])
@example(style="cited", question=QUESTIONS[0], draft=f"A_a {SENTENCES[0]}", again=SENTENCES[0])
def test_on_every_road_the_promise_holds_as_it_streams_and_in_what_stands_beside(
    turncoat: Turncoat, style: str, question: str, draft: str, again: str
) -> None:
    newsroom = turncoat.newsrooms[style]
    turncoat.says = [draft, again]
    answer = assert_events(list(newsroom.stream(question)))
    assert_promise(answer, newsroom)
    assert_nothing_invented(answer)
    assert_beside(answer, newsroom)


def test_one_span_has_one_number_wherever_it_is_shown(turncoat: Turncoat) -> None:
    turncoat.says = [""]
    for question in QUESTIONS:
        answer = turncoat.newsrooms["short"].ask(question)
        numbers: dict[int, tuple[str, int, int]] = {}
        for citation in (*answer.citations, *beside(answer)):
            assert numbers.setdefault(citation.marker, span(citation)) == span(citation)
        assert len(set(numbers.values())) == len(numbers)


@settings(max_examples=30, deadline=None)
@given(
    style=STYLES,
    turns=st.lists(st.tuples(st.sampled_from(FOLLOW_UPS), DRAFTS, DRAFTS), min_size=2, max_size=4),
)
def test_in_a_conversation_a_span_keeps_its_number_and_no_other_has_it(
    turncoat: Turncoat, style: str, turns: list[tuple[str, str, str]]
) -> None:
    newsroom = turncoat.newsrooms[style]
    chat = newsroom.chat()
    numbers: dict[tuple[str, int, int], int] = {}
    for place, (question, draft, again) in enumerate(turns):
        turncoat.says = [draft, again]
        answer = assert_events(list(chat.stream(question)), before=place)
        assert_beside(answer, newsroom)
        shown = list(answer.citations)
        shown += [one for sentence in answer.sentences for one in sentence.citations]
        shown += beside(answer)
        shown += list(answer.refusal.nearest) if answer.refusal else []
        for citation in shown:
            assert_verbatim(citation, newsroom)
            assert numbers.setdefault(span(citation), citation.marker) == citation.marker
        assert len(set(numbers.values())) == len(numbers)
        for sentence in answer.sentences:
            assert sentence.citations
            assert set(sentence.citations) <= set(answer.citations)
            assert sentence.verdict != "unsupported"
        if answer.refusal is None:
            assert answer.text == " ".join(one.marked for one in answer.sentences)
        assert [one.marker for one in answer.citations] == sorted(
            one.marker for one in answer.citations
        )


def test_these_roads_are_all_taken(turncoat: Turncoat) -> None:
    turncoat.says = ["The fire at the Corrow mill has killed 90 people.", SENTENCES[0]]
    rewritten = turncoat.newsrooms["cited"].ask(QUESTIONS[6])
    turncoat.says = [""]
    short = turncoat.newsrooms["short"]
    latest, change = short.ask(QUESTIONS[1]), short.ask(QUESTIONS[2])
    bell, premise = short.ask(QUESTIONS[3]), short.ask(QUESTIONS[4])

    assert rewritten.usage.rewritten + rewritten.usage.requoted + rewritten.usage.recited > 0
    assert latest.working is not None
    assert latest.conflicts
    assert change.working is not None
    assert (change.short or "").startswith("+")
    assert (bell.short, bell.working) == ("No", "the cited sentence says otherwise")
    assert premise.correction is not None
