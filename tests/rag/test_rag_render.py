"""An answer in words, as JSON, as Markdown and as HTML."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from rag.answer import Answer, Refusal, Usage
from rag.checking.citation import Sentence
from rag.showing import render
from tests.rag.desks import make_citation, make_hit

TEXT = "Mayor Ellen Reyes said that the work\nwould cost 12.5 million.\n\nIt begins in June."
FIRST = make_citation(
    TEXT, "the work\nwould cost 12.5 million.", 1, url="https://courier.example/harbour"
)
SECOND = make_citation(TEXT, "It begins in June.", 2, published=None, outlet=None)
ANSWER = Answer(
    question="What would the work cost?",
    status="answered",
    text="It would cost 12.5 million. [1] “It begins in June.” [2]",
    short="12.5 million",
    sentences=(
        Sentence("It would cost 12.5 million.", "supported", 0.87654, (FIRST,), None, "2024-03-05"),
        Sentence("It begins in June.", "quote", 1.0, (SECOND,)),
    ),
    dropped=(Sentence("Nobody came.", "unsupported", 0.1, ()),),
    citations=(FIRST, SECOND),
    hits=(make_hit(TEXT),),
    refusal=None,
    usage=Usage({"embed": 0.01, "total": 0.5}, 120, 30, 1, 1),
    fingerprint={"generator": "scripted"},
)
MESSAGE = "The articles do not answer this: the nearest passages do not mention “2022”."
REFUSED = replace(
    ANSWER,
    status="refused",
    text=MESSAGE,
    short=None,
    sentences=(),
    citations=(),
    refusal=Refusal("off_corpus", MESSAGE, ("2022",), (FIRST,)),
)


def test_an_answer_prints_its_text_and_numbered_sources() -> None:
    assert str(ANSWER).splitlines() == [
        "It would cost 12.5 million. [1] “It begins in June.” [2]",
        "",
        "Sources",
        "  [1] Ashford Courier, 2024-03-05, “Council approves the harbour plan”",
        "      “the work would cost 12.5 million.”",
        "  [2] unknown outlet, undated, “Council approves the harbour plan”",
        "      “It begins in June.”",
    ]


def test_a_refusal_prints_its_reason_and_what_comes_nearest() -> None:
    assert str(REFUSED).splitlines() == [
        MESSAGE,
        "",
        "Nearest, though no answer",
        "  - Ashford Courier, 2024-03-05, “Council approves the harbour plan”",
        "      “the work would cost 12.5 million.”",
    ]
    assert str(replace(REFUSED, refusal=Refusal("no_evidence", MESSAGE))) == MESSAGE


def test_relative_days_are_told_beside_the_quote() -> None:
    text = "It ended on Monday."
    citation = make_citation(text, text)
    answer = replace(ANSWER, citations=(citation,))
    assert str(answer).splitlines()[-1] == f"      “{text}” (Monday = 2024-03-04)"
    assert answer.to_markdown().endswith("“It ended on Monday.” (Monday = 2024-03-04)\n")


def test_a_correction_and_a_computed_answer_come_first() -> None:
    computed = replace(ANSWER, short="Yes", working="the cited sentence says so")
    assert str(computed).startswith("Yes (the cited sentence says so).\nIt would cost")
    corrected = replace(ANSWER, correction="The cited words do not say that it rained. They say:")
    assert str(corrected).startswith("The cited words do not say that it rained. They say:\nIt")
    assert corrected.to_markdown().startswith("The cited words do not say that it rained")


def test_markdown_has_footnotes_with_outlet_date_title_and_quote() -> None:
    assert ANSWER.to_markdown() == (
        "It would cost 12.5 million.[^1] “It begins in June.”[^2]\n"
        "\n"
        "[^1]: Ashford Courier, 2024-03-05, "
        "[Council approves the harbour plan](https://courier.example/harbour): "
        "“the work would cost 12.5 million.”\n"
        "[^2]: unknown outlet, undated, “Council approves the harbour plan”: "
        "“It begins in June.”\n"
    )
    assert REFUSED.to_markdown() == (
        f"> **No answer.** {MESSAGE}\n\nNearest, though no answer:\n\n"
        "- Ashford Courier, 2024-03-05, "
        "[Council approves the harbour plan](https://courier.example/harbour): "
        "“the work would cost 12.5 million.”\n"
    )


class _Tags(HTMLParser):
    def __init__(self, fragment: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.words = ""
        self.feed(fragment)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.seen.append(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("evil", ["<script>alert(1)</script>", "<img src=x onerror='a'>", "a & b"])
def test_html_escapes_every_word_that_came_from_outside(evil: str) -> None:
    text = f"It rained {evil} there."
    citation = make_citation(text, text, title=evil, outlet=evil)
    sentence = Sentence(text, "quote", 1.0, (citation,))
    answer = replace(ANSWER, text=sentence.marked, sentences=(sentence,), citations=(citation,))
    page = _Tags(answer._repr_html_())
    assert page.seen == ["p", "ol", "li", "blockquote"]
    assert page.words.count(evil) == 4
    refused = replace(REFUSED, refusal=Refusal("off_corpus", evil))
    assert _Tags(refused._repr_html_()).seen == ["p", "ol"]


def test_the_dictionary_has_the_fields_that_were_agreed() -> None:
    value = ANSWER.to_dict()
    assert list(value) == [
        "question",
        "status",
        "text",
        "short",
        "working",
        "correction",
        "timeline",
        "conflicts",
        "sentences",
        "sources",
        "refusal",
        "hits",
        "answerability",
        "usage",
        "fingerprint",
    ]
    read = json.loads(json.dumps(value, allow_nan=False))
    assert read["sentences"][0] == {
        "text": "It would cost 12.5 million.",
        "verdict": "supported",
        "support": 0.8765,
        "speaker": None,
        "as_of": "2024-03-05",
        "citations": [
            {
                "marker": 1,
                "quote": "the work\nwould cost 12.5 million.",
                "start": FIRST.start,
                "end": FIRST.end,
                "days": [],
                "article": {
                    "id": FIRST.article.id,
                    "title": "Council approves the harbour plan",
                    "outlet": "Ashford Courier",
                    "published": "2024-03-05",
                    "dated_by": "metadata",
                    "certainty": "certain",
                    "updated": None,
                    "withdrawn": None,
                    "url": "https://courier.example/harbour",
                    "source": "articles/harbour.md",
                },
            }
        ],
    }
    assert read["sentences"][1]["citations"][0]["article"]["published"] is None
    assert read["sources"] == {
        "counted": "No source.",
        "outlets": [],
        "originals": [],
        "reports": [],
    }
    assert read["refusal"] is None
    assert read["usage"] == {
        "seconds": {"embed": 0.01, "total": 0.5},
        "prompt_tokens": 120,
        "completion_tokens": 30,
        "dropped": 1,
        "requoted": 1,
        "recited": 0,
        "rewritten": 0,
    }
    (hit,) = read["hits"]
    assert set(hit) == {"rank", "score", "passage", "start", "end", "text", "article", "also_in"}
    assert hit["text"] == TEXT
    assert read["fingerprint"] == {"generator": "scripted"}


def test_a_refusal_in_the_dictionary_says_why_and_what_is_near() -> None:
    value = json.loads(json.dumps(REFUSED.to_dict()))
    refusal = value["refusal"]
    assert (refusal["kind"], refusal["message"]) == ("off_corpus", MESSAGE)
    assert refusal["missing"] == ["2022"]
    assert [one["quote"] for one in refusal["nearest"]] == [FIRST.quote]
    assert (value["status"], value["text"], value["sentences"]) == ("refused", MESSAGE, [])


def test_the_dictionary_shares_nothing_with_the_answer() -> None:
    fingerprint = ANSWER.to_dict()["fingerprint"]
    assert isinstance(fingerprint, dict)
    fingerprint["generator"] = "another"
    assert ANSWER.fingerprint == {"generator": "scripted"}


def test_a_byline_names_outlet_day_and_title() -> None:
    assert render.byline(FIRST.article) == (
        "Ashford Courier, 2024-03-05, “Council approves the harbour plan”"
    )
