"""A checked draft as the page shows it: verdicts at its sentences, notes under its paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from page.draft.run import Checking
from page.drawing.cited import marker_html
from page.drawing.markup import count, lines_of, plain, shortened
from rag.checking.citation import Citation
from rag.drafts.verdict import VERDICT_WORDS, DraftDifference, DraftSentence, DraftVerdict

NOTHING_CHECKED = (
    '<div class="dl-draft dl-draft-empty"><h2>What the articles say to it</h2>'
    "<p>Each sentence is held against the library: what carries it, what says otherwise, and on "
    "what the library is silent. Silence is no verdict: it may well be true. No language model "
    "takes part, and the text stays on this machine.</p></div>"
)

SIGNS: dict[DraftVerdict, tuple[str, str]] = {
    "contradicted": ("≠", "contradicted"),
    "partly": ("◐", "partly supported"),
    "silent": ("○", "library is silent"),
    "supported": ("✓", "supported"),
    "not a claim": ("", ""),
}
"""The sign and the word of each verdict, in the order in which the key names them."""
_CLASSES: dict[DraftVerdict, str] = {"not a claim": "no-claim"}


def draft_html(checking: Checking) -> str:
    """The key, then the draft block by block as far as it was checked."""
    report, seen_from = checking.report, checking.seen_from
    blocks = groupby(enumerate(report.sentences, 1), key=lambda one: one[1].block)
    body = "".join(_block(list(sentences), seen_from) for _, sentences in blocks)
    return (
        f'<div class="dl-draft"><h2>{plain(shortened(report.draft.name, 80))}</h2>'
        f'{_key(checking)}<div class="dl-draft-text">{body}</div></div>'
    )


def trouble_html(trouble: str) -> str:
    """Why the draft was not checked, and the next step."""
    return (
        '<div class="dl-draft"><div class="dl-trouble" role="alert">'
        f"<strong>Not checked.</strong> {lines_of(trouble)}</div></div>"
    )


def status_html(checking: Checking) -> str:
    """'Checking 5 of 12 sentences', or how it ended."""
    done = len(checking.report.sentences)
    bar = f'<div class="dl-bar"><div style="width:{done / max(1, checking.of):.1%}"></div></div>'
    if checking.is_stopped:
        words = f"Stopped after {done:,} of {count(checking.of, 'sentence')}."
        return f'<div class="dl-draft-status">{bar}<p role="alert">{words}</p></div>'
    if not checking.is_done:
        words = f"Checking {done + 1:,} of {count(checking.of, 'sentence')}…"
        return f'<div class="dl-draft-status">{bar}<p>{words}</p></div>'
    differing = checking.report.counts["contradicted"]
    end = "Nothing in the library says otherwise."
    if differing:
        end = f"The library says otherwise on {count(differing, 'sentence')}."
    return (
        f'<div class="dl-draft-status">{bar}<p role="alert">'
        f"{count(checking.of, 'sentence')} checked. {end}</p></div>"
    )


def _key(checking: Checking) -> str:
    report = checking.report
    items = "".join(
        f'<li class="dl-v-{_class(verdict)}">{_label(verdict)} <b>{report.counts[verdict]}</b></li>'
        for verdict in SIGNS
        if report.counts[verdict] and verdict != "not a claim"
    )
    seen = f", with articles up to {plain(report.as_of)}" if report.as_of else ""
    against = (
        f'<p class="dl-against">Against generation {report.generation} of the library{seen}</p>'
    )
    return f'{against}<ul class="dl-key">{items}</ul>'


def _label(verdict: DraftVerdict) -> str:
    sign, word = SIGNS[verdict]
    return f'<span class="dl-verdict" title="{VERDICT_WORDS[verdict]}">{sign} {word}</span>'


def _block(sentences: Sequence[tuple[int, DraftSentence]], seen_from: date) -> str:
    words = " ".join(_sentence(number, one, seen_from) for number, one in sentences)
    notes = "".join(_note(number, one, seen_from) for number, one in sentences if _has_note(one))
    if all(one.why == "a heading" for _, one in sentences):
        return f'<h3 class="dl-draft-heading" dir="auto">{words}</h3>'
    return f'<div class="dl-draft-block"><p dir="auto">{words}</p>{notes}</div>'


def _has_note(sentence: DraftSentence) -> bool:
    return sentence.verdict in ("contradicted", "partly")


def _sentence(number: int, sentence: DraftSentence, seen_from: date) -> str:
    if sentence.verdict == "not a claim":
        return f'<span class="dl-no-claim">{plain(sentence.text)}</span>'
    shown = sentence.supporting if sentence.verdict != "contradicted" else sentence.contradicting
    markers = "".join(marker_html(one, seen_from) for one in shown)
    label = _label(sentence.verdict)
    if _has_note(sentence):
        label = f'<a class="dl-to-note" href="#dl-n{number}" id="dl-s{number}">{label}</a>'
    return (
        f'<span class="dl-s dl-v-{_class(sentence.verdict)}">'
        f"{_marked(sentence.text, sentence.differences)}</span>{markers} {label}"
    )


def _class(verdict: DraftVerdict) -> str:
    return _CLASSES.get(verdict, verdict)


def _marked(text: str, differences: Sequence[DraftDifference]) -> str:
    """The words with those that differ framed, where they stand in the sentence as they are."""
    places = sorted(
        (text.find(one.said), one.said) for one in differences if one.said and one.said in text
    )
    parts, at = [], 0
    for start, said in places:
        if start >= at:
            parts += [plain(text[at:start]), f"<mark>{plain(said)}</mark>"]
            at = start + len(said)
    return "".join([*parts, plain(text[at:])])


def _note(number: int, sentence: DraftSentence, seen_from: date) -> str:
    bad = sentence.verdict == "contradicted"
    values = "".join(_value(one, seen_from) for one in sentence.differences)
    quotes = "".join(
        _quote(one, seen_from) for one in (sentence.contradicting if bad else sentence.supporting)
    )
    return (
        f'<div class="dl-draft-note dl-v-{_class(sentence.verdict)}" id="dl-n{number}">'
        f"<h4>{SIGNS[sentence.verdict][0]} {VERDICT_WORDS[sentence.verdict].capitalize()} "
        f'<a class="dl-back" href="#dl-s{number}">to the sentence</a></h4>'
        f"{values}{_silent(sentence)}{quotes}</div>"
    )


def _value(one: DraftDifference, seen_from: date) -> str:
    said = plain(one.said) if one.said else "<em>nobody named</em>"
    return (
        f'<dl class="dl-values"><dt>{plain(one.kind.capitalize())}</dt><dd></dd>'
        f"<dt>Draft</dt><dd>{said}</dd>"
        f"<dt>Article</dt><dd><b>{plain(one.found)}</b>{marker_html(one.citation, seen_from)}</dd>"
        "</dl>"
    )


def _silent(sentence: DraftSentence) -> str:
    if sentence.verdict != "partly":
        return ""
    lines = [f"Silent on: {claim}" for claim in sentence.silent if claim != sentence.text]
    if sentence.missing:
        lines.append(f"Not found there: {', '.join(sentence.missing)}")
    return "".join(f"<p>{plain(line)}</p>" for line in lines)


def _quote(citation: Citation, seen_from: date) -> str:
    article = citation.article
    return (
        f'<blockquote dir="auto"><q>{plain(shortened(citation.quote, 400))}</q>'
        f"{marker_html(citation, seen_from)}"
        f"<cite>{plain(f'{article.outlet_name}, {article.date_label}')}</cite></blockquote>"
    )
