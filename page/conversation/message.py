"""The chat: each turn as a question and the part of its answer that has been verified."""

from __future__ import annotations

from dataclasses import dataclass

from page.conversation.evidence import sentence_id
from page.conversation.over_time import conflicts_html, timeline_html
from page.conversation.run_record import record_html
from page.conversation.turn import Conversation, Turn
from page.drawing.cited import marker_html, read_link
from page.drawing.markup import (
    age_of,
    count,
    day_of,
    in_quotes,
    lines_of,
    long_date,
    plain,
    shortened,
)
from page.drawing.places import Place
from rag.answer import Answer, Refusal, RefusalKind
from rag.checking.citation import Citation, Sentence, Verdict
from rag.question.latest import asks_latest

# A question may be refused for its length; its bubble shows only how it starts.
QUESTION_SHOWN = 600  # characters

# The sign and the word tell a verdict without colour.
VERDICTS: dict[Verdict, tuple[str, str, str]] = {
    "quote": ("❝", "quoted", "These are the article's own words"),
    "supported": ("✓", "supported", "The cited words carry this sentence"),
    "partly": ("◐", "partly supported", "The cited words carry only part of this sentence"),
}


@dataclass(frozen=True, slots=True)
class RefusalWords:
    """The head of a refusal card, and what would have to be there for an answer."""

    head: str
    missing: str


REFUSALS: dict[RefusalKind, RefusalWords] = {
    "no_evidence": RefusalWords(
        "The articles do not say", "A passage that states what the question asks."
    ),
    "off_corpus": RefusalWords(
        "Not in this library", "Articles on this subject. Add some with ‘dateline index’."
    ),
    "outside_dates": RefusalWords(
        "Nothing from those dates", "An article that was published by then."
    ),
    "conflicting": RefusalWords(
        "The articles disagree", "A source that settles which of the accounts holds."
    ),
    "unsafe_input": RefusalWords(
        "This question was not put to the model", "A question about the articles, in plain words."
    ),
}


def messages(conversation: Conversation) -> list[dict[str, str]]:
    """The conversation as Gradio's chat messages: two a turn, both HTML."""
    return [
        {"role": role, "content": content}
        for turn in conversation
        for role, content in (("user", question_html(turn)), ("assistant", answer_html(turn)))
    ]


def question_html(turn: Turn) -> str:
    """The question, with its as-of date, and what a follow-up was understood as."""
    words = plain(shortened(turn.question, QUESTION_SHOWN)) or "<em>(no question)</em>"
    as_of = f'<span class="dl-asof">as of {plain(turn.as_of[:40])}</span>' if turn.as_of else ""
    if turn.asked_as and turn.asked_as.strip() != turn.question.strip():
        asked = plain(shortened(turn.asked_as, QUESTION_SHOWN))
        as_of += f'<span class="dl-asof dl-asked-as">understood as: {asked}</span>'
    if turn.notice:
        as_of += f'<span class="dl-asof dl-anew">{plain(turn.notice)}</span>'
    # A heading, so that those who hear the page can go from question to question.
    return f'<h2 class="dl-question" dir="auto">{words}{as_of}</h2>'


def answer_html(turn: Turn) -> str:
    """What may be shown of the answer: verified sentences, and the status line while working."""
    parts = []
    if turn.answer and turn.answer.refusal:
        parts.append(_refused(turn, turn.answer, turn.answer.refusal))
    else:
        parts += _told(turn)
    if turn.trouble:
        parts.append(_trouble(turn.trouble))
    if turn.phase == "stopped":
        kept = "What is shown was checked." if turn.sentences else "Nothing was checked yet."
        parts.append(f'<p class="dl-stopped">Stopped. {kept}</p>')
    if turn.status:
        parts.append(f'<p class="dl-status"><span class="dl-pulse"></span>{turn.status}…</p>')
    elif turn.answer:
        parts.append(_colophon(turn.answer))
    if turn.record:
        parts.append(record_html(turn.record))
    return f'<div class="dl-answer">{"".join(parts)}</div>'


def _told(turn: Turn) -> list[str]:
    """What is answered: preface, sentences, and the figures over time that stand behind them."""
    answer = turn.answer
    short = answer.short if answer else None
    parts = _preface(turn, answer) if answer else []
    seen: set[int] = set()
    parts += [_sentence(sentence, turn, seen, short) for sentence in turn.sentences]
    if turn.dropped and not turn.is_working:
        left_out = count(turn.dropped, "sentence")
        parts.append(
            f'<p class="dl-dropped"><span class="dl-verdict">✕ left out</span> {left_out} of the '
            "draft: no article carries what was written.</p>"
        )
    if answer:
        parts.append(conflicts_html(answer.conflicts, turn.seen_from))
        parts.append(timeline_html(answer.timeline, turn.seen_from) if answer.timeline else "")
    return parts


def _preface(turn: Turn, answer: Answer) -> list[str]:
    """A false premise named, the short answer where no sentence says it, the day of the newest."""
    parts = []
    if answer.correction:
        parts.append(f'<p class="dl-correction" dir="auto">{plain(answer.correction)}</p>')
    if answer.short and not any(_is(sentence, answer.short) for sentence in turn.sentences):
        working = f" <small>{plain(answer.working)}</small>" if answer.working else ""
        parts.append(f'<p class="dl-short" dir="auto">{plain(answer.short)}{working}</p>')
    if asks_latest(turn.asked_as or turn.question):
        parts.append(_newest(turn))
    return parts


def _newest(turn: Turn) -> str:
    """'As of 17 September 2024, 14 days old': the newest day that the answer stands on."""
    dated = [one.article for one in turn.citations if one.article.published]
    if not dated:
        return '<p class="dl-newest">No dated article states it.</p>'
    newest = max(dated, key=lambda article: article.date_label)
    assert newest.published is not None
    age = age_of(newest, turn.seen_from)
    facts = [f"As of {long_date(newest.published)}", newest.outlet_name, age]
    return f'<p class="dl-newest">{plain(" · ".join(filter(None, facts)))}</p>'


def _is(sentence: Sentence, short: str) -> bool:
    """True when the sentence says the short answer and nothing else."""
    return sentence.verdict != "quote" and sentence.text.strip(" .") == short.strip(" .")


def _sentence(sentence: Sentence, turn: Turn, seen: set[int], short: str | None) -> str:
    sign, word, meaning = VERDICTS[sentence.verdict]
    markers = "".join(_marker(citation, turn, seen) for citation in sentence.citations)
    label = f'<span class="dl-verdict" title="{meaning}">{sign} {word}</span>'
    if sentence.verdict != "quote":
        kind = f"dl-sentence dl-{sentence.verdict}"
        if short and _is(sentence, short):
            kind += " dl-short"
        return f'<p class="{kind}" dir="auto">{plain(sentence.text)}{markers} {label}</p>'
    source = ""
    if sentence.citations:
        article = sentence.citations[0].article
        who = f"{sentence.speaker}, in " if sentence.speaker else ""
        days = "".join(f" ({day})" for day in sentence.citations[0].days)
        source = f"<cite>{plain(f'{who}{article.outlet_name}, {day_of(article)}{days}')}</cite>"
    text = plain(in_quotes(sentence.text))
    return (
        f'<blockquote class="dl-sentence dl-quote" dir="auto"><p>{text}{markers}</p>'
        f'<p class="dl-source">{source} {label}</p></blockquote>'
    )


def _marker(citation: Citation, turn: Turn, seen: set[int]) -> str:
    """The marker with its note; the first of its number can be led back to from the panel."""
    anchor = "" if citation.marker in seen else sentence_id(turn.number, citation.marker)
    seen.add(citation.marker)
    return marker_html(citation, turn.seen_from, anchor)


def _refused(turn: Turn, answer: Answer, refusal: Refusal) -> str:
    words = REFUSALS[refusal.kind]
    nearest = "".join(_near(one, turn) for one in refusal.nearest)
    found = f"<ul>{nearest}</ul>" if nearest else "<p>No passage came near the question.</p>"
    terms = "".join(f"<li>{plain(shortened(word, 80))}</li>" for word in refusal.missing)
    named = f'<ul class="dl-missing">{terms}</ul>' if terms else ""
    correction = (
        f'<p class="dl-correction" dir="auto">{plain(answer.correction)}</p>'
        if answer.correction
        else ""
    )
    return (
        f'<div class="dl-refusal"><p class="dl-refused">No answer</p><h3>{words.head}</h3>'
        f'<p class="dl-why" dir="auto">{plain(refusal.message)}</p>{correction}'
        f"<h4>What is missing</h4><p>{words.missing}</p>{named}"
        f"<h4>Nearest evidence, though no answer</h4>{found}</div>"
    )


def _near(one: Citation, turn: Turn) -> str:
    """One of the nearest sentences, with a link to it in its article."""
    facts = [one.article.outlet_name, day_of(one.article), age_of(one.article, turn.seen_from)]
    return (
        f"<li>{read_link(Place.of(one), shortened(one.article.title, 90))} "
        f"<span>{plain(' · '.join(filter(None, facts)))}</span>"
        f'<q dir="auto">{plain(shortened(one.quote, 240))}</q></li>'
    )


def _trouble(trouble: str) -> str:
    return f'<div class="dl-trouble"><strong>Not answered.</strong> {lines_of(trouble)}</div>'


def _colophon(answer: Answer) -> str:
    facts = [f"{count(len(answer.hits), 'passage')} read"]
    if answer.citations:
        outlets = {citation.article.id for citation in answer.citations}
        facts.append(f"{count(len(outlets), 'article')} cited")
    if not answer.sources.is_plain:
        facts.append(plain(str(answer.sources).rstrip(".")))
    seconds = answer.usage.seconds.get("total")
    if seconds is not None:
        facts.append(f"{seconds:.1f} s")
    return f'<p class="dl-colophon">{" · ".join(facts)}</p>'
