"""A conversation taken along: Markdown, HTML, JSON, CSL-JSON and BibTeX."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, datetime
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from corpus.article import Article, Passage, identify
from rag.answer import Answer, Refusal, Usage
from rag.checking.citation import Citation, Sentence
from rag.commands.ask import FORM_NAMES
from rag.showing.bibtex import bibtex, in_latex
from rag.showing.csl import citation_key, csl_json
from rag.showing.exporting import FORMS
from rag.showing.transcript import Exchange, Transcript

FERRY = "The ferry to Ostrel will run again from 3 May. Nobody was hurt when it ran aground."
HOSTILE = '<img src="http://evil.example/x.png"> ![x](http://evil.example/y.png) $a_b$ {x} [1]'


def made(title: str, outlet: str | None, day: date | None, url: str | None = None) -> Article:
    return Article(identify(title), title, outlet, day, "metadata", FERRY, "x.txt", url=url)


PLAIN = made("The ferry runs again", "The Ostrel Post", date(2025, 4, 28), "https://post.example/a")
BARE = made(HOSTILE, None, None, "javascript:alert(1)")


def cite(article: Article, words: str, marker: int) -> Citation:
    start = article.text.index(words)
    passage = Passage(f"{article.id}:0", article.id, 0, 0, len(article.text))
    return Citation(marker, article, passage, start, start + len(words))


def answer(
    *citations: Citation, short: str | None = None, refusal: Refusal | None = None
) -> Answer:
    sentences = tuple(Sentence(one.quote, "quote", 1.0, (one,)) for one in citations)
    return Answer(
        "When does the ferry run?", "refused" if refusal else "quoted", "", short, sentences, (),
        citations, (), refusal, Usage(), {"generator": "scripted"},
    )  # fmt: skip


FIRST = cite(PLAIN, "The ferry to Ostrel will run again from 3 May.", 1)
SECOND = cite(BARE, "Nobody was hurt when it ran aground.", 2)
REFUSAL = Refusal("no_evidence", "The articles do not say who paid.", (), (FIRST,))
TOLD = Transcript(
    "The ferry",
    "harbour",
    date(2025, 5, 1),
    (
        Exchange("When does the ferry run?", answer(FIRST, short="3 May"), "2025-05-01"),
        Exchange("and who was hurt?", answer(SECOND, FIRST), "", "Who was hurt?", "wrong", "Hm."),
        Exchange("Who paid?", answer(refusal=REFUSAL)),
    ),
    datetime(2025, 5, 1, 9, 30),
)


def test_markdown_has_every_footnote_once_and_every_mark_its_footnote() -> None:
    text = FORMS["markdown"].write(TOLD)
    notes = re.findall(r"^\[\^(\d+)\]: ", text, re.MULTILINE)
    assert notes == ["1", "2"]
    body = text[: text.index("[^1]: ")]
    assert set(re.findall(r"\[\^(\d+)\]", body)) == {"1", "2"}
    assert "**3 May**" in body
    assert "Understood as: Who was hurt?" in body
    assert "> **No answer.** The articles do not say who paid." in body
    assert "Judged wrong by the reader: Hm." in body
    assert text.index("## 1\\. When") < text.index("## 2\\. and") < text.index("## 3\\. Who paid")


def test_markdown_of_hostile_words_loads_nothing() -> None:
    told = replace(TOLD, title=HOSTILE, exchanges=(Exchange(HOSTILE, answer(SECOND)),))
    page = MarkdownIt("commonmark").render(FORMS["markdown"].write(told))
    assert "<img" not in page
    assert "javascript:" not in re.sub(r">[^<]*<", "><", page)
    assert "<h1>" in page


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_page_is_whole_and_loads_nothing() -> None:
    told = replace(TOLD, title=HOSTILE)
    text = FORMS["html"].write(told)
    parser = _Tags()
    parser.feed(text)
    tags = [tag for tag, _ in parser.tags]
    assert not {"script", "img", "link", "iframe", "form", "object"} & set(tags)
    links = [attrs["href"] for tag, attrs in parser.tags if tag == "a"]
    ids = {attrs["id"] for _, attrs in parser.tags if "id" in attrs}
    assert "https://post.example/a" in links
    for link in links:
        assert link == "https://post.example/a" or (link and link[1:] in ids)
    assert "default-src 'none'" in text
    assert tags.count("section") == 4
    assert "❝ quoted" in text


def test_json_has_each_answer_whole_and_is_json_proper() -> None:
    text = FORMS["json"].write(TOLD)
    value = json.loads(text, parse_constant=pytest.fail)
    assert (value["form"], value["version"]) == ("dateline-conversation", 1)
    assert [one["question"] for one in value["exchanges"]] == [
        "When does the ferry run?", "and who was hurt?", "Who paid?",
    ]  # fmt: skip
    assert value["exchanges"][0]["answer"] == TOLD.exchanges[0].answer.to_dict()
    assert value["exchanges"][1]["asked_as"] == "Who was hurt?"
    assert [item["id"] for item in value["sources"]] == [citation_key(PLAIN), citation_key(BARE)]


def test_csl_has_what_is_known_and_leaves_out_what_is_not() -> None:
    first, second = csl_json(TOLD.citations)
    assert first == {
        "id": f"ostrel-post-2025-04-28-{PLAIN.id[:6]}",
        "type": "article-newspaper",
        "title": "The ferry runs again",
        "container-title": "The Ostrel Post",
        "issued": {"date-parts": [[2025, 4, 28]]},
        "URL": "https://post.example/a",
        "language": "en",
        "note": "Cited as [1].",
    }
    assert not {"issued", "container-title", "URL"} & set(second)
    (again,) = csl_json([FIRST, replace(FIRST, marker=7)])
    assert again["note"] == "Cited as [1], [7]."


def test_a_withdrawn_article_says_so() -> None:
    gone = replace(PLAIN, withdrawn=date(2025, 5, 2))
    (item,) = csl_json([cite(gone, "3 May", 1)])
    assert item["note"] == "Cited as [1]. Withdrawn by the outlet on 2025-05-02."


def test_bibtex_has_the_day_for_old_and_new_styles() -> None:
    entry = bibtex([FIRST])
    assert entry.startswith(f"@article{{ostrel-post-2025-04-28-{PLAIN.id[:6]},\n")
    for line in (
        "  title = {{The ferry runs again}},",
        "  journal = {The Ostrel Post},",
        "  date = {2025-04-28},",
        "  year = {2025},",
        "  month = apr,",
        "  url = {https://post.example/a},",
        "  note = {Cited as [1].},",
    ):
        assert line in entry.splitlines()


@given(st.text(max_size=60), st.text(max_size=30))
def test_bibtex_keeps_its_braces_whatever_the_title(title: str, outlet: str) -> None:
    article = replace(PLAIN, title=title, outlet=outlet or None, url="https://x.example/{a}\\%20b")
    entry = bibtex([cite(article, "3 May", 1)])
    depth = 0
    for mark in entry:
        depth += {"{": 1, "}": -1}.get(mark, 0)
        assert depth >= 0
    assert depth == 0
    assert entry.count("\n@") == 0
    assert not re.search(r"(?<!\\)[&%$#_^~]", in_latex(title))


def test_the_command_knows_every_form() -> None:
    assert tuple(FORMS) == FORM_NAMES


def test_json_and_a_form_exclude_each_other() -> None:
    from rag.cli import main

    outcome = CliRunner().invoke(main, ["ask", "why?", "--json", "--format", "csl"])
    assert outcome.exit_code == 2
    assert "exclude each other" in outcome.output
