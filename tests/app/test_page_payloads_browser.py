"""Words of others in a real browser: no script of theirs runs, and nothing of theirs is fetched.

They come in by every way there is: articles, the model's own words, questions, drafts, file names,
and the names of outlets and authors. Whatever the sanitizers let through would be stopped by the
policy; both are looked at: nothing ran, nothing came, and no element names the other server.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import cycle
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Locator, Page, expect

import rag
from corpus.article import Article, identify
from embeddings.embedders.hashing import HashEmbedder
from rag.answer import Answer
from rag.checking.citation import Sentence, Verdict
from rag.newsroom import Newsroom
from rag.settings import Settings
from rag.writing.generators.scripted import ScriptedGenerator
from tests.app.newsrooms import StandIn, answered, cite, hits, refused
from tests.app.payloads import FORMS, Elsewhere, elsewhere

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]

WATCH = "() => { window.marks = []; window.ran = number => { window.marks.push(number); }; }"
POLICY = "Content Security Policy"

NAMED = """evil => [...document.querySelectorAll('*')].flatMap(element =>
    [...element.attributes]
        .filter(one => !['name', 'value', 'title', 'aria-label', 'placeholder'].includes(one.name))
        .filter(one => one.value.includes(evil) || /^\\s*javascript:/i.test(one.value)
            || (one.name.startsWith('on') && one.value.includes('ran(')))
        .map(one => `${element.tagName} ${one.name}=${one.value}`))"""
"""Attributes that would fetch from the other server, or run what stands in them."""


@pytest.fixture
def evil() -> Iterator[Elsewhere]:
    with elsewhere() as place:
        yield place


class Witness:
    """What the visited page did that it should not have."""

    def __init__(self, page: Page, evil: Elsewhere, outside: list[str]) -> None:
        self.page, self.evil, self.outside = page, evil, outside
        self.dialogs: list[str] = []
        self.blocked: list[str] = []
        page.on("dialog", self._shown)
        page.on("console", lambda said: self._note(said.text))
        page.evaluate(WATCH)

    def _shown(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def _note(self, said: str) -> None:
        if POLICY in said:
            self.blocked.append(said)

    def swears(self) -> None:
        """Nothing ran, nothing was fetched, and it was not for the policy alone to stop it."""
        self.page.mouse.move(300, 300)
        self.page.mouse.move(500, 420)
        self.page.wait_for_timeout(300)
        assert self.page.evaluate("window.marks") == []
        assert self.dialogs == []
        assert self.outside == []
        assert self.evil.came == []
        assert self.page.evaluate(NAMED, self.evil.url) == []
        assert self.blocked == []


def article_of(payload: str, number: int) -> Article:
    """An article that carries a payload wherever an article carries words."""
    text = (
        f"The harbour of Solane counted {number + 1} ships on Monday. {payload} "
        f"The pilot said {payload} to the harbour office."
    )
    return Article(
        identify(f"payload {number}"), f"{payload} in harbour", f"Outlet {payload}",
        date(2024, 3, 1), "metadata", text, f"{payload}.txt",
    )  # fmt: skip


def hostile(articles: Sequence[Article], payloads: Sequence[str]) -> Answer:
    """An answer in which a model and its checks let every payload through."""
    answer, found = answered("What was said?"), hits(articles)
    citations = [cite(hit, hit.article.text, marker) for marker, hit in enumerate(found, 1)]
    verdicts: tuple[Verdict, ...] = ("supported", "partly", "quote")
    sentences = tuple(
        Sentence(f"A model wrote {payload} here.", verdict, 0.9, (citation,), speaker=payload)
        for payload, citation, verdict in zip(payloads, citations, cycle(verdicts), strict=False)
    )
    return replace(
        answer,
        text=" ".join(sentence.marked for sentence in sentences),
        short=payloads[3],
        working=payloads[4],
        correction=payloads[5],
        sentences=sentences,
        dropped=(Sentence(payloads[6], "unsupported", 0.1, ()),),
        citations=tuple(citations),
        hits=found,
    )


def ask(page: Page, question: str) -> None:
    box = page.locator("#dl-question textarea")
    expect(box).to_be_editable()
    box.fill(question)
    box.press("Enter")


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def test_there_are_enough_forms_and_no_two_alike() -> None:
    assert len(set(FORMS)) == len(FORMS) >= 60


def test_words_of_articles_and_models_do_nothing(
    visit: Visit, evil: Elsewhere, outside: list[str]
) -> None:
    payloads = evil.payloads()
    articles = [article_of(payload, number) for number, payload in enumerate(payloads)]
    room = StandIn(lambda _: hostile(articles, payloads), draft=payloads[0], articles=articles)
    page = visit(room)
    witness = Witness(page, evil, outside)
    ask(page, "What was said?")
    expect(page.locator(".dl-sentence")).to_have_count(len(payloads), timeout=60_000)
    expect(page.locator("#dl-chat")).to_contain_text("A model wrote <script>ran(0)</script> here.")
    witness.swears()
    for at in (0, 3, 30, 60):
        marker = page.locator("a.dl-marker").nth(at)
        marker.focus()
        marker.click()
        expect(page.locator("#dl-reader")).to_contain_text("The harbour of Solane counted")
        witness.swears()
        page.keyboard.press("Escape")


def test_words_of_a_refusal_do_nothing(visit: Visit, evil: Elsewhere, outside: list[str]) -> None:
    payloads = evil.payloads()
    answer = refused("What?")
    assert answer.refusal is not None
    refusal = replace(answer.refusal, message=" ".join(payloads), missing=payloads)
    page = visit(StandIn(lambda _: replace(answer, text=refusal.message, refusal=refusal)))
    witness = Witness(page, evil, outside)
    ask(page, "What was said?")
    expect(page.locator(".dl-refusal")).to_contain_text("<script>ran(0)</script>")
    witness.swears()


def test_questions_do_nothing(visit: Visit, evil: Elsewhere, outside: list[str]) -> None:
    page = visit(StandIn(answered))
    witness = Witness(page, evil, outside)
    payloads = [payload.replace("\x00", "") for payload in evil.payloads()]
    for count, at in enumerate(range(0, len(payloads), 11), 1):
        ask(page, " what of ".join(payloads[at : at + 11]))
        expect(page.locator(".dl-question")).to_have_count(count)
        expect(page.locator(".dl-colophon")).to_have_count(count)
    expect(page.locator("#dl-chat")).to_contain_text("<script>ran(0)</script>")
    witness.swears()


@pytest.fixture
def newsroom(tmp_path: Path, evil: Elsewhere) -> Iterator[Newsroom]:
    """A real library of one article for each form, and a model that writes all of them."""
    file = tmp_path / "payloads.jsonl"
    with file.open("w") as lines:
        for number, payload in enumerate(evil.payloads()):
            one = article_of(payload, number)
            record = {
                "title": one.title, "outlet": one.outlet, "published": "2024-03-01",
                "text": one.text, "url": f"javascript:ran({number})", "author": payload,
            }  # fmt: skip
            lines.write(json.dumps(record) + "\n")
    with rag.open(
        tmp_path / "harbour",
        add=[file],
        embedder=HashEmbedder(256),
        generator=ScriptedGenerator(list(evil.payloads())),
        settings=Settings(style="cited"),
        progress=False,
    ) as made:
        yield made


def test_a_real_library_of_them_does_nothing(
    visit: Visit, newsroom: Newsroom, evil: Elsewhere, outside: list[str]
) -> None:
    page = visit(newsroom)
    witness = Witness(page, evil, outside)
    for question in ("How many ships did the harbour count?", "What did the pilot say on Monday?"):
        ask(page, question)
        expect(page.locator("#dl-question textarea")).to_be_editable(timeout=30_000)
        expect(page.locator(".dl-status")).to_have_count(0, timeout=30_000)
        witness.swears()
    tab(page, "Library")
    found = page.locator("#dl-found")
    expect(found.locator("li").first).to_be_visible()
    witness.swears()
    _open_all(page, found, witness)
    tab(page, "Check")
    page.locator("#dl-draft-box textarea").fill("\n\n".join(evil.payloads()[:40]))
    page.get_by_role("button", name="Check", exact=True).click()
    # What Markdown leaves of the form that hides one tag in another is a tag again.
    shown = "<script>ran(2)</script>"
    expect(page.locator("#dl-draft-report")).to_contain_text(shown, timeout=60_000)
    expect(page.locator("#dl-check-stop")).to_be_disabled(timeout=60_000)
    witness.swears()


def _open_all(page: Page, found: Locator, witness: Witness) -> None:
    """Page through the list, reading one article of each page."""
    while True:
        found.locator("li a").nth(2).click()
        expect(page.locator(".dl-reader")).to_contain_text("The harbour of Solane counted")
        witness.swears()
        page.keyboard.press("Escape")
        expect(page.locator(".dl-reader")).to_have_count(0)
        further = page.locator("#dl-page-on")
        if not further.is_visible() or further.is_disabled():
            return
        head = found.locator("h2").inner_text()
        further.click()
        expect(found.locator("h2")).not_to_have_text(head)


def test_file_names_do_nothing(
    visit: Visit, newsroom: Newsroom, evil: Elsewhere, outside: list[str], tmp_path: Path
) -> None:
    page = visit(newsroom)
    witness = Witness(page, evil, outside)
    tab(page, "Library")
    page.get_by_role("button", name="Put articles in").click()
    files = []
    for number, payload in enumerate(evil.payloads()):
        # What a file's name cannot hold: a slash, a NUL, more than 255 bytes.
        name = re.sub(r"[/\0\n]", "", payload)[:60]
        files.append(tmp_path / f"{name}{number}{'.bin' if number % 2 else '.txt'}")
        files[-1].write_bytes(b"\0\1" if number % 2 else f"Ship {number} came in. ".encode() * 4)
    page.locator("#dl-files input[type=file]").set_input_files(files)
    expect(page.locator("#dl-files")).to_contain_text(".txt")
    witness.swears()
    page.get_by_role("button", name="Put in", exact=True).click()
    report = page.locator("#dl-upload-report")
    expect(report.locator("li").first).to_be_visible(timeout=30_000)
    witness.swears()
