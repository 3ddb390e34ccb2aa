"""How long a reader waits: from Enter to the first evidence, and to the first word, as painted.

    python -m tests.app.timing --questions 20

It serves the sample library with the default models, asks in a real browser, and prints the median,
the 95th percentile and the worst of both. The clock is the browser's own: it starts at the key, and
stops at the frame after the one that has the first card of evidence, or the first checked words.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import click
from playwright.sync_api import Browser, Page, expect, sync_playwright

from evals.suites import load_suite
from rag.sample_library import open_sample
from rag.settings import Settings
from tests.app.conftest import WIDE, served
from tests.conftest import CHROMIUM, FLAGS

_CLOCK = """
(() => {
  const seen = {
    evidence: "#dl-panel .dl-card",
    word: "#dl-chat .dl-answer :is(.dl-sentence, .dl-short, .dl-refusal)",
  };
  window.waited = {};
  document.addEventListener("keydown", event => {
    if (event.key === "Enter") window.waited = { enter: performance.now() };
  }, true);
  new MutationObserver(() => {
    const waited = window.waited;
    if (waited.enter === undefined) return;
    for (const [name, selector] of Object.entries(seen)) {
      if (waited[name] !== undefined || !document.querySelector(selector)) continue;
      waited[name] = null;
      const painted = () => { waited[name] = performance.now(); };
      requestAnimationFrame(() => requestAnimationFrame(painted));
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
"""


@dataclass(frozen=True, slots=True)
class Wait:
    """Seconds from Enter, for one question."""

    question: str
    evidence: float
    word: float


def waits(page: Page, questions: Sequence[str]) -> list[Wait]:
    """Ask each question by itself, in a conversation of its own.

    Args:
        page: the page as it was opened, with nothing asked yet.
    """
    page.evaluate(_CLOCK)
    found = []
    box = page.locator("#dl-question textarea")
    for question in questions:
        expect(box).to_be_editable()
        box.fill(question)
        box.press("Enter")
        expect(page.locator(".dl-colophon")).to_have_count(1, timeout=60_000)
        at: dict[str, float | None] = {}
        # The policy of the page lets no string be run as script, so it cannot wait by itself.
        while not (at.get("evidence") and at.get("word")):
            page.wait_for_timeout(50)
            at = page.evaluate("window.waited")
        evidence, word, enter = (at[name] or 0.0 for name in ("evidence", "word", "enter"))
        found.append(Wait(question, (evidence - enter) / 1000, (word - enter) / 1000))
        page.locator("#dl-clear").click()
        expect(page.locator(".dl-colophon")).to_have_count(0)
        expect(page.locator("#dl-panel .dl-card")).to_have_count(0)
    return found


def told(name: str, seconds: Sequence[float]) -> str:
    """'first evidence: median 0.12 s, 95 % 0.20 s, worst 0.31 s, n 20'."""
    ordered = sorted(seconds)
    most = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return (
        f"{name}: median {statistics.median(ordered):.3f} s, 95 % {most:.3f} s, "
        f"worst {ordered[-1]:.3f} s, n {len(ordered)}"
    )


def sample_questions(many: int) -> list[str]:
    """The first questions of the suite on the sample articles that need none before them."""
    samples = load_suite("sample").samples
    return [one.question for one in samples if not one.before][:many]


@click.command()
@click.option("--questions", default=20, show_default=True, help="How many are asked.")
def main(questions: int) -> None:
    """Time the page with the default models."""
    with open_sample(settings=Settings()) as newsroom, sync_playwright() as playwright:
        # What a reader's first question would wait for is loaded before: that is a start, no wait.
        newsroom.ask("What did Al Ansari say?")
        browser: Browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with served(newsroom) as address:
            page: Any = browser.new_page(viewport=WIDE)
            page.goto(address)
            page.wait_for_selector("#dl-question textarea")
            found = waits(page, sample_questions(questions))
        browser.close()
    for one in found:
        click.echo(f"{one.evidence:.3f}  {one.word:.3f}  {one.question}")
    click.echo(told("first evidence", [one.evidence for one in found]))
    click.echo(told("first word", [one.word for one in found]))


if __name__ == "__main__":
    main()
