"""The page of a checked draft: its words with a sign at each sentence, notes beside, sources below.

Every word of the draft and of the articles is escaped. No script, no font and no picture is
loaded, and a policy in the page's head forbids them. Each verdict has a sign of its own and a
line of its own kind under the words, so that it can be told without colour.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from markupsafe import Markup, escape

from rag.checking.citation import Citation
from rag.drafts.report_style import STYLE
from rag.drafts.verdict import (
    VERDICT_WORDS,
    CheckedDraft,
    DraftDifference,
    DraftSentence,
    DraftVerdict,
)
from rag.showing.render import byline

_SIGNS: Mapping[DraftVerdict, tuple[str, str]] = {
    "supported": ("✓", "good"),
    "partly": ("≈", "part"),
    "contradicted": ("≠", "bad"),
    "silent": ("○", "none"),
    "not a claim": ("", "none"),
}
"""The sign of each verdict, and the class that gives its colour."""
_NOTED: frozenset[DraftVerdict] = frozenset(("contradicted", "partly"))
_WEB = re.compile(r"https?://", re.IGNORECASE)
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def report_page(checked: CheckedDraft) -> str:
    """The whole page, to be written to one file."""
    blocks = groupby(enumerate(checked.sentences, start=1), key=lambda one: one[1].block)
    return str(
        Markup(
            "<!DOCTYPE html>\n"
            '<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            '<meta name="referrer" content="no-referrer">\n'
            "<title>Draft check: {name}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n"
            "{head}\n{body}\n{sources}\n</main>\n</body>\n</html>\n"
        ).format(
            policy=_POLICY,
            name=checked.draft.name,
            style=Markup(STYLE),
            head=_head(checked),
            body=Markup("\n").join(_block([*sentences]) for _, sentences in blocks),
            sources=_sources(checked.citations),
        )
    )


def _head(checked: CheckedDraft) -> Markup:
    key = Markup("").join(
        Markup('<li>{sign} <b>{n}</b> {verdict} <span class="soft">{words}</span></li>').format(
            sign=_sign(verdict, ""), n=n, verdict=verdict, words=VERDICT_WORDS[verdict]
        )
        for verdict, n in checked.counts.items()
        if n
    )
    seen = f", with articles up to {checked.as_of}" if checked.as_of else ""
    return Markup(
        "<header>\n<h1>{name}</h1>\n"
        '<p class="soft">Checked sentence by sentence against generation {generation} of the '
        "library{seen}. What the library is silent on may well be true.</p>\n"
        '<ul class="key">{key}</ul>\n</header>'
    ).format(name=checked.draft.name, generation=checked.generation, seen=seen, key=key)


def _block(sentences: Sequence[tuple[int, DraftSentence]]) -> Markup:
    words = Markup(" ").join(_sentence(number, one) for number, one in sentences)
    heading = all(one.why == "a heading" for _, one in sentences)
    notes = Markup("").join(
        _note(number, one) for number, one in sentences if one.verdict in _NOTED
    )
    return Markup(
        '<section class="block"><p class="{kind}">{words}</p><div class="notes">{notes}</div>'
        "</section>"
    ).format(kind="heading" if heading else "words", words=words, notes=notes)


def _sentence(number: int, sentence: DraftSentence) -> Markup:
    if sentence.why == "a heading":
        return escape(sentence.text)
    tail = _sign(sentence.verdict, f"#n{number}" if sentence.verdict in _NOTED else "", number)
    return Markup('<span class="s {kind}" id="s{number}">{words}</span>{tail}{markers}').format(
        kind=sentence.verdict.replace(" ", "-"),
        number=number,
        words=_marked(sentence.text, sentence.differences),
        tail=tail,
        markers=_markers(sentence.supporting),
    )


def _marked(text: str, differences: Sequence[DraftDifference]) -> Markup:
    """The words with those that differ framed, where they stand in the sentence as they are."""
    places = sorted(
        (text.find(one.said), one.said) for one in differences if one.said and one.said in text
    )
    words, at = Markup(""), 0
    for start, said in places:
        if start >= at:
            words += escape(text[at:start]) + Markup("<mark>{}</mark>").format(said)
            at = start + len(said)
    return words + escape(text[at:])


def _sign(verdict: DraftVerdict, target: str, number: int | None = None) -> Markup:
    sign, colour = _SIGNS[verdict]
    if not sign:
        return Markup("")
    told = Markup('<span class="unseen"> ({})</span>').format(VERDICT_WORDS[verdict])
    if target:
        return Markup('<a class="sign {}" href="{}">{}{}{}</a>').format(
            colour, target, sign, number, told
        )
    shown = told if number is not None else ""
    return Markup('<span class="sign {}">{}{}</span>').format(colour, sign, shown)


def _markers(citations: Sequence[Citation]) -> Markup:
    return Markup("").join(
        Markup('<a class="sign good" href="#c{0}">[{0}]</a>').format(one.marker)
        for one in citations
    )


def _note(number: int, sentence: DraftSentence) -> Markup:
    sign, _ = _SIGNS[sentence.verdict]
    bad = sentence.verdict == "contradicted"
    shown = sentence.contradicting if bad else sentence.supporting
    return Markup(
        '<aside class="note {kind}" id="n{number}"><h3><a href="#s{number}">{sign}{number}</a> '
        "{title}</h3>{values}{silent}{quotes}</aside>"
    ).format(
        kind="bad" if bad else "part",
        number=number,
        sign=sign,
        title=VERDICT_WORDS[sentence.verdict].capitalize(),
        values=Markup("").join(_values(sentence.differences)),
        silent=_silent(sentence),
        quotes=Markup("").join(_quote(one) for one in shown),
    )


def _values(differences: Sequence[DraftDifference]) -> Iterator[Markup]:
    for one in differences:
        yield Markup(
            '<dl><dt class="kind">{kind}</dt>'
            '<dt>Draft</dt><dd class="value">{said}</dd>'
            '<dt>Article</dt><dd><b>{found}</b> <a href="#c{marker}">[{marker}]</a></dd></dl>'
        ).format(
            kind=one.kind.capitalize(),
            said=one.said or "nobody named",
            found=one.found,
            marker=one.citation.marker,
        )


def _silent(sentence: DraftSentence) -> Markup:
    if sentence.verdict != "partly":
        return Markup("")
    lines = [f"Silent on: {claim}" for claim in sentence.silent if claim != sentence.text]
    if sentence.missing:
        lines.append(f"Not found there: {', '.join(sentence.missing)}")
    return Markup("").join(Markup("<p>{}</p>").format(line) for line in lines)


def _quote(citation: Citation) -> Markup:
    return Markup("<blockquote>“{}”<span class=from>{}</span></blockquote>").format(
        " ".join(citation.quote.split()), byline(citation.article)
    )


def _sources(citations: Sequence[Citation]) -> Markup:
    if not citations:
        return Markup("")
    items = Markup("").join(
        Markup('<li value="{0}" id="c{0}">{1}{2}</li>').format(
            one.marker, _quote(one), _address(one.article.url)
        )
        for one in citations
    )
    return Markup('<h2>Sources</h2>\n<ol class="sources">{}</ol>').format(items)


def _address(url: str | None) -> Markup:
    if url is None or not _WEB.match(url):
        return Markup("")
    return Markup('<a class="from" href="{0}" rel="noreferrer noopener">{0}</a>').format(url)
