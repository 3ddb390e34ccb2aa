"""What an article says stands in Markdown as it is, and does nothing there."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from rag.checking.citation import Sentence
from rag.showing.markdown import escaped, link
from tests.rag.desks import make_citation
from tests.rag.test_rag_render import ANSWER

READER = MarkdownIt("gfm-like", {"linkify": False})
EVIL = [
    "*bold* _thin_ **both** __both__",
    "`code` and ``more``",
    "[read on](https://evil.example)",
    "![](https://evil.example/?q=secret)",
    "<img src=https://evil.example onerror=alert(1)>",
    "<script>alert(1)</script> &lt;b&gt; &#60;i&#62;",
    "<https://evil.example>",
    "# a heading",
    "1. a list",
    "12) a list",
    "- a list",
    "+ a list",
    "> a quote",
    "===",
    "a\n===\nb",
    "a\n\n    code\n\n# heading",
    "| a | b |\n|---|---|\n| c | d |",
    "~~gone~~ [^1] [^1]: a note",
    "back\\slash \\*",
    "$5 million and $6 million",
]


class _Read(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.targets: list[str | None] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.targets += [value for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("text", EVIL)
def test_what_is_escaped_is_shown_as_it_is(text: str) -> None:
    read = _Read(READER.render(escaped(text)))
    assert read.tags == ["p"]
    assert read.words.strip() == " ".join(text.split())


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1))
def test_so_is_any_text(text: str) -> None:
    words = " ".join(text.split())
    if words:
        read = _Read(READER.render(escaped(text)))
        assert (read.tags, read.words.strip()) == (["p"], words)


@pytest.mark.parametrize("text", EVIL)
def test_a_headline_can_not_leave_its_link(text: str) -> None:
    read = _Read(READER.render(link(text, "https://a.example/1")))
    assert read.tags == ["p", "a"]
    assert read.targets == ["https://a.example/1"]
    assert read.words.strip() == " ".join(text.split())


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/x(1)?q=a b",
        "https://a.example/) [x](https://evil.example",
        "https://a.example/\n\n# heading",
        "https://a.example/<b>",
        "https://a.example/?a=1&copy;=2",
    ],
)
def test_a_url_leads_to_itself_only(url: str) -> None:
    read = _Read(READER.render(link("Title", url)))
    assert (read.tags, read.words.strip()) == (["p", "a"], "Title")
    assert len(read.targets) == 1
    assert (read.targets[0] or "").startswith("https://a.example/")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "a.example", "", None]
)
def test_what_is_no_web_address_is_no_link(url: str | None) -> None:
    assert link("Title", url) == "“Title”"


@pytest.mark.parametrize("text", EVIL)
def test_an_answer_in_markdown_obeys_nothing_that_an_article_says(text: str) -> None:
    body = f"{text} It rained."
    citation = make_citation(body, body, title=text, outlet=text, url="https://a.example/1")
    sentence = Sentence(body, "quote", 1.0, (citation,))
    answer = replace(ANSWER, sentences=(sentence,), citations=(citation,))
    main, _, note = answer.to_markdown().partition("\n\n[^1]: ")
    for part, tags in ((main.removesuffix("[^1]"), ["p"]), (note, ["p", "a"])):
        read = _Read(READER.render(part))
        assert read.tags == tags
        assert " ".join(text.split()) in " ".join(read.words.split())
