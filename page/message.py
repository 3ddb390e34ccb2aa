"""The chat: each turn as a question and the part of its answer that has been verified."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from page.evidence import card_id, mark_id, sentence_id
from page.markup import count, day_of, plain, shortened
from page.turn import Conversation, Turn
from rag.answer import Answer, RefusalKind
from rag.checking.citation import Citation, Sentence, Verdict

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
    """The question, with its as-of date."""
    words = plain(shortened(turn.question, QUESTION_SHOWN)) or "<em>(no question)</em>"
    as_of = f'<span class="dl-asof">as of {plain(turn.as_of[:40])}</span>' if turn.as_of else ""
    return f'<div class="dl-question" dir="auto">{words}{as_of}</div>'


def answer_html(turn: Turn) -> str:
    """What may be shown of the answer: verified sentences, and the status line while working."""
    parts = []
    if turn.answer and turn.answer.refusal:
        parts.append(_refusal(turn, turn.answer))
    else:
        short = turn.answer.short if turn.answer else None
        if turn.answer:
            parts += _preface(turn.answer, turn.sentences)
        seen: set[int] = set()
        parts += [_sentence(sentence, turn.number, seen, short) for sentence in turn.sentences]
    if turn.trouble:
        parts.append(_trouble(turn.trouble))
    if turn.phase == "stopped":
        kept = "What is shown was checked." if turn.sentences else "Nothing was checked yet."
        parts.append(f'<p class="dl-stopped">Stopped. {kept}</p>')
    if turn.status:
        parts.append(f'<p class="dl-status"><span class="dl-pulse"></span>{turn.status}</p>')
    elif turn.answer:
        parts.append(_colophon(turn, turn.answer))
    return f'<div class="dl-answer">{"".join(parts)}</div>'


def _preface(answer: Answer, sentences: Sequence[Sentence]) -> list[str]:
    """A false premise named, and the short answer where no sentence says it by itself."""
    parts = []
    if answer.correction:
        parts.append(f'<p class="dl-correction" dir="auto">{plain(answer.correction)}</p>')
    if answer.short and not any(_is(sentence, answer.short) for sentence in sentences):
        working = f" <small>{plain(answer.working)}</small>" if answer.working else ""
        parts.append(f'<p class="dl-short" dir="auto">{plain(answer.short)}{working}</p>')
    return parts


def _is(sentence: Sentence, short: str) -> bool:
    """True when the sentence says the short answer and nothing else."""
    return sentence.verdict != "quote" and sentence.text.strip(" .") == short.strip(" .")


def _sentence(sentence: Sentence, turn: int, seen: set[int], short: str | None) -> str:
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
    text = plain(_in_quotes(sentence.text))
    return (
        f'<blockquote class="dl-sentence dl-quote" dir="auto"><p>{text}{markers}</p>'
        f'<p class="dl-source">{source} {label}</p></blockquote>'
    )


def _in_quotes(text: str) -> str:
    """The text in quotation marks, without doubling marks that it starts or ends with."""
    return ("" if text[:1] in '“"«„' else "“") + text + ("" if text[-1:] in '”"»' else "”")


def _marker(citation: Citation, turn: int, seen: set[int]) -> str:
    """'[1]' as a link to its words on the panel; the first of its number can be led back to."""
    article = citation.article
    title = plain(
        f"{article.outlet_name}, {day_of(article)}: {_in_quotes(shortened(citation.quote, 300))}"
    )
    anchor = "" if citation.marker in seen else f' id="{sentence_id(turn, citation.marker)}"'
    seen.add(citation.marker)
    return (
        f'<a class="dl-marker"{anchor} href="#{mark_id(turn, citation.marker)}" '
        f'title="{title}">[{citation.marker}]</a>'
    )


def _refusal(turn: Turn, answer: Answer) -> str:
    assert answer.refusal is not None
    words = REFUSALS[answer.refusal.kind]
    nearest = "".join(
        f'<li><a href="#{card_id(turn.number, one.passage)}">'
        f"{plain(shortened(one.article.title, 90))}</a> "
        f"<span>{plain(one.article.outlet_name)}, {day_of(one.article)}</span>"
        f"<q>{plain(shortened(one.quote, 200))}</q></li>"
        for one in answer.refusal.nearest
    )
    found = f"<ul>{nearest}</ul>" if nearest else "<p>No passage came near the question.</p>"
    return (
        f'<div class="dl-refusal"><p class="dl-refused">No answer</p><h3>{words.head}</h3>'
        f'<p class="dl-why" dir="auto">{plain(answer.refusal.message)}</p>'
        f"<h4>What is missing</h4><p>{words.missing}</p>"
        f"<h4>Nearest evidence</h4>{found}</div>"
    )


def _trouble(trouble: str) -> str:
    lines = "<br>".join(plain(line) for line in trouble.splitlines() if line.strip())
    return f'<div class="dl-trouble"><strong>Not answered.</strong> {lines}</div>'


def _colophon(turn: Turn, answer: Answer) -> str:
    facts = [f"{count(len(answer.hits), 'passage')} read"]
    if answer.citations:
        outlets = {citation.article.id for citation in answer.citations}
        facts.append(f"{count(len(outlets), 'article')} cited")
    if not answer.sources.is_plain:
        facts.append(plain(str(answer.sources).rstrip(".")))
    if turn.dropped:
        facts.append(f"{count(turn.dropped, 'sentence')} left out, unsupported")
    seconds = answer.usage.seconds.get("total")
    if seconds is not None:
        facts.append(f"{seconds:.1f} s")
    return f'<p class="dl-colophon">{" · ".join(facts)}</p>'
